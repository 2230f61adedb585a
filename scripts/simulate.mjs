/**
 * npm run simulate: starts the simulated networks (tests/simulators) on the loopback interface and prints one JSON line
 * for each: its name, its address, and what to type to log in. Ctrl-C ends them. `npm run simulate -- google` starts one.
 */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../tests/simulators/', import.meta.url);
const wanted = process.argv.slice(2);
const names = readdirSync(fileURLToPath(folder)).filter(
  (name) =>
    !name.startsWith('_') &&
    (wanted.length === 0 || wanted.includes(name)) &&
    existsSync(new URL(`${name}/index.ts`, folder)),
);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no simulated network called ${unknown.join(', ')}.\n`);
  process.exit(1);
}

const running = [];
for (const name of names) {
  const { simulator } = await import(new URL(`${name}/index.ts`, folder).href);
  if (!simulator) continue;
  const one = await simulator.start({ port: 0, until: Date.now() });
  running.push(one);
  process.stdout.write(`${JSON.stringify({ name: simulator.name, address: one.address, login: one.login })}\n`);
}
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, async () => {
    await Promise.all(running.map((one) => one.stop()));
    process.exit(0);
  });
