/**
 * npm run simulate: starts the simulated networks (tests/simulators) on the loopback interface and prints one JSON line
 * for each: its name, its address, and what to type to log in. The last line is a door to all of them: GET tells what
 * each was sent, POST has somebody write on each. Ctrl-C ends them. `npm run simulate -- google` starts one; with
 * `--lively` somebody writes every minute.
 */
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const folder = new URL('../tests/simulators/', import.meta.url);
const everyMs = 60_000;
const wanted = process.argv.slice(2).filter((word) => word !== '--lively');
const lively = process.argv.includes('--lively');
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
const stop = async () => {
  await Promise.all(running.map(({ one }) => one.stop()));
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
// The program they were started for is gone.
process.once('disconnect', stop);

for (const name of names) {
  const { simulator: only, simulators = [only] } = await import(new URL(`${name}/index.ts`, folder).href);
  for (const simulator of simulators) {
    const one = await simulator.start({ port: 0, until: Date.now() });
    running.push({ name: simulator.name, one });
    process.stdout.write(`${JSON.stringify({ name: simulator.name, address: one.address, login: one.login })}\n`);
  }
}

const stir = () => Promise.all(running.map(({ one }) => one.stir()));
const door = createServer(async (request, response) => {
  if (request.method === 'POST') await stir();
  const told = running.map(({ name, one }) => ({ name, sent: one.sent?.() ?? [] }));
  response.setHeader('content-type', 'application/json').end(`${JSON.stringify(told, undefined, 2)}\n`);
});
await once(door.listen(0, '127.0.0.1'), 'listening');
if (lively) setInterval(() => void stir(), everyMs);
const address = `http://127.0.0.1:${door.address().port}/`;
process.stdout.write(`${JSON.stringify({ door: address })}\n`);
process.send?.({ door: address, networks: running.map(({ name, one }) => ({ name, login: one.login })) });
