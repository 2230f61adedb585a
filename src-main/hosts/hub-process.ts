import { HostError, reason } from './errors.ts';
import { readHubArguments } from './hub-arguments.ts';
import { hubSide } from './link/hub-side.ts';
import type { FromHub, Line, ToHub } from './link/messages.ts';
import { levelFrom, openLogFile } from './log.ts';
import { type OpenHub, openProfile } from './open.ts';
import { prepareProfile } from './profile.ts';
import { environmentPrompt, firstOf } from './prompts.ts';

/** The hub in a process of its own: Electron's utility process, or a Node child with the same messages. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: ToHub }) => void): void;
  postMessage(message: FromHub): void;
}
const parentPort = (process as { parentPort?: ParentPort }).parentPort;
const line: Line<FromHub, ToHub> =
  parentPort === undefined
    ? { send: (message) => process.send?.(message), receive: (listener) => process.on('message', listener) }
    : {
        send: (message) => parentPort.postMessage(message),
        receive: (listener) => parentPort.on('message', ({ data }) => listener(data)),
      };

/** Longest an orderly end may take, ms. */
const patienceMs = 1_800;

process.umask(0o077);
const { profile, demo } = readHubArguments(process.argv.slice(2));
const files = await prepareProfile(profile);
const { log } = openLogFile(files.log, levelFrom(process.env.CARILLON_LOG, 'info'));

let opened: OpenHub | undefined;
const stop = (): void => {
  setTimeout(() => process.exit(0), patienceMs).unref();
  Promise.resolve(opened?.close()).then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
const side = hubSide(line, stop);
// The shell is gone without a word: nobody is left to work for.
process.on('disconnect', stop);
process.on('SIGTERM', stop);

try {
  opened = await openProfile({
    profile,
    host: 'electron',
    what: 'the Carillon window',
    demo,
    online: true,
    log,
    prompt: firstOf(environmentPrompt(), side.prompt),
  });
  side.open(opened.door);
} catch (error) {
  log.error('the hub could not start', { error });
  line.send({ is: 'failed', code: error instanceof HostError ? error.code : 'internal', message: reason(error) });
}
