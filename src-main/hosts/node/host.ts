import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { begin } from '../begin.ts';
import { removeHostFile, writeHostFile } from '../host-file.ts';
import { LateDoor } from '../late-door.ts';
import { levelFrom, openLogFile } from '../log.ts';
import { type OpenHub, openProfile } from '../open.ts';
import { prepareProfile } from '../profile.ts';
import { environmentPrompt, firstOf, terminalPrompt } from '../prompts.ts';
import { rendererFolder } from '../renderer-folder.ts';
import type { PassphrasePrompt } from '../secrets/index.ts';
import { openBrowser } from './open-browser.ts';
import type { NodeHostOptions } from './options.ts';
import { serveAgain } from './port.ts';
import { type CarillonServer, serve } from './server.ts';

export interface NodeHost {
  stop(): Promise<void>;
}

/**
 * Serves a profile on the loopback interface until stopped, and says on stdout where.
 * @param fatal is told when a profile that was locked at first cannot be opened after all.
 */
export const startNodeHost = async (options: NodeHostOptions, fatal: (error: unknown) => void): Promise<NodeHost> => {
  const temporary = options.profile === undefined ? await mkdtemp(join(tmpdir(), 'carillon-demo-')) : undefined;
  const files = await prepareProfile(options.profile ?? temporary ?? '');
  let announced = false;
  // Where the end is cut short, what says that it runs goes all the same, and so does what was only for a trial.
  process.once('exit', () => {
    if (announced) goes(files.host);
    if (temporary !== undefined) goes(temporary);
  });
  const { log, close: closeLog } = openLogFile(files.log, levelFrom(process.env.CARILLON_LOG, 'info'));
  const { demo, networks, imports } = options;
  const hub = new LateDoor();
  let opened: OpenHub | undefined;
  const opening = openProfile({
    profile: files.folder,
    host: 'node',
    what: 'the Node host',
    demo,
    online: true,
    log,
    prompt: firstOf(environmentPrompt(), terminalPrompt(false), pagePrompt(hub)),
  }).then(async (open) => {
    opened = open;
    await begin(open.door, { demo, networks, imports, uploads: files.uploads }, (line) => {
      process.stderr.write(`carillon: ${line}\n`);
    });
    hub.open(open.door);
  });
  try {
    // Ready, or waiting for somebody at the page: either way there is an answer to give from now on.
    await Promise.race([opening, hub.settled()]);
    const serveOn = (port: number): Promise<CarillonServer> =>
      serve({ hub, renderer: rendererFolder(), uploads: files.uploads, port, log });
    const server = await (options.port === 0 ? serveAgain(files.port, serveOn) : serveOn(options.port));
    const address = { url: server.url, token: server.token, pid: process.pid };
    announced = true;
    await writeHostFile(files.host, address);
    announce(options.headless, address);
    opening.catch(fatal);
    return {
      async stop() {
        await removeHostFile(files.host, process.pid);
        announced = false;
        await server.close();
        await opened?.close();
        await closeLog();
        if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await opened?.close();
    await closeLog();
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    throw error;
  }
};

/** Removes what may be gone already. Nothing is left to be done about what cannot be removed at the very end. */
const goes = (path: string): void => {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A thread that still writes there has put something back.
  }
};

/** The page of a locked profile asks. A new profile is not asked about: the host starts without questions. */
const pagePrompt = (hub: LateDoor): PassphrasePrompt => ({
  unlock: (wrong) => hub.askPassphrase(wrong),
  create: async () => undefined,
});

const announce = (headless: boolean, address: { url: string; token: string; pid: number }): void => {
  if (headless) {
    process.stdout.write(`${JSON.stringify(address)}\n`);
    return;
  }
  const url = `${address.url}/?token=${address.token}`;
  const opened = openBrowser(url);
  process.stdout.write(`${opened ? 'Carillon opens in your browser' : 'Open Carillon in a browser'}: ${url}\n`);
};
