import { reason } from '../errors.ts';
import { startNodeHost } from './host.ts';
import { readOptions } from './options.ts';

/** Longest a stop may take, ms; whatever still runs then is cut off. */
const patienceMs = 1_800;

process.umask(0o077);
process.title = 'carillon';

const fail = (error: unknown, code: number): never => {
  process.stderr.write(`carillon: ${reason(error)}\n`);
  process.exit(code);
};

const options = (() => {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    return fail(error, 2);
  }
})();
const starting = startNodeHost(options, (error) => fail(error, 1));

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(0), patienceMs).unref();
  await (await starting).stop();
  process.exit(0);
};
const stopOrSay = (): void => {
  stop().catch((error: unknown) => fail(error, 1));
};
process.on('SIGTERM', stopOrSay);
process.on('SIGINT', stopOrSay);
process.on('SIGHUP', stopOrSay);
// The program that started this one is gone: so is its reason to run.
process.on('disconnect', stopOrSay);

starting.catch((error: unknown) => fail(error, 1));
