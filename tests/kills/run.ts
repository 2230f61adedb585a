import { parseArgs } from 'node:util';
import { networks } from './networks/index.ts';
import { trial } from './trial.ts';

/**
 * npm run kills -- slack 200: kills the hub so often on a simulated network and compares. `--seed` repeats the same
 * choices; several networks are several accounts of one hub, and without any it is all of them. Ctrl-C ends the killing, and
 * compares.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: String(Date.now() % 100_000) } },
});
const named = positionals.filter((word) => word in networks);
const numbers = positionals.filter((word) => /^\d+$/.test(word)).map(Number);
const seed = Number(values.seed);
if (named.length + numbers.length < positionals.length || numbers.length > 1 || !Number.isSafeInteger(seed)) {
  console.error(`npm run kills -- [NETWORK]... [KILLS] [--seed NUMBER]\nnetworks: ${Object.keys(networks).join(', ')}`);
  process.exit(2);
}
const kills = numbers[0] ?? 200;
/** Differences told of each network. */
const shown = 50;
const messages = 200;

const chosen = Object.fromEntries(
  Object.entries(networks).filter(([name]) => named.length === 0 || named.includes(name)),
);
const enough = new AbortController();
process.once('SIGINT', () => enough.abort());
const began = Date.now();
const outcomes = await trial(chosen, {
  kills,
  seed,
  messages,
  enough: enough.signal,
  say: (line) => console.error(line),
});
console.log(`seed ${seed}, ${Math.round((Date.now() - began) / 1000)} s`);
for (const [name, outcome] of outcomes) {
  const all = Object.entries(outcome);
  console.log(
    `${name}: ${all.map(([what, found]) => `${what} ${typeof found === 'number' ? found : found.length}`).join(', ')}`,
  );
  const wrong = all.flatMap(([what, found]) =>
    typeof found === 'number' ? [] : found.map((one: string) => `  ${what}: ${one}`),
  );
  if (wrong.length > 0) process.exitCode = 1;
  for (const line of wrong.slice(0, shown)) console.log(line);
}
