import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, clipboard, dialog, protocol, session } from 'electron';
import { begin } from '../begin.ts';
import { reason } from '../errors.ts';
import { LateDoor } from '../late-door.ts';
import { joinLogFile, levelFrom } from '../log.ts';
import { networksBeside, noNetworks } from '../networks.ts';
import { prepareProfile } from '../profile.ts';
import { rendererFolder } from '../renderer-folder.ts';
import { readShellArguments, type ShellArguments } from './arguments.ts';
import { devPage } from './dev-page.ts';
import { guardContents, guardSession } from './guard.ts';
import { HubKeeper } from './hub-keeper.ts';
import { showNotifications } from './notifications.ts';
import { Opener, type Opening } from './opener.ts';
import { privileges, type Question, servePages } from './page-protocol.ts';
import { Printing } from './printing.ts';
import { relay } from './relay.ts';
import { Shell } from './shell.ts';
import { offerSpelling } from './spelling.ts';
import { Windows } from './windows.ts';

process.umask(0o077);
protocol.registerSchemesAsPrivileged([privileges]);

// macOS hands over what was opened as events, the first of them before Electron is ready.
const early: Opening[] = [];
let openLater = (opening: Opening): void => void early.push(opening);
app.on('open-url', (event, url) => {
  event.preventDefault();
  openLater({ is: 'link', url });
});
app.on('open-file', (event, path) => {
  event.preventDefault();
  openLater({ is: 'archive', path });
});

const given = readShellArguments(process.argv, process.cwd());
const networks = given.networks ? networksBeside(process.env) : undefined;
if (given.networks && !networks) {
  // Before Electron is ready this goes to stderr on Linux, and into a box elsewhere.
  dialog.showErrorBox('Carillon', noNetworks);
  process.exit(2);
}
const temporary = given.profile === undefined ? mkdtempSync(join(tmpdir(), 'carillon-demo-')) : undefined;
const files = await prepareProfile(given.profile ?? temporary ?? '');
// Chromium's own files stay with the profile; one window a profile follows from one lock a folder.
app.setPath('userData', join(files.folder, 'window'));

if (!app.requestSingleInstanceLock({ argv: process.argv, cwd: process.cwd() })) {
  app.exit(0);
} else {
  guardContents(app);
  // Not awaited: Electron is ready only once this module has run to its end.
  app.whenReady().then(() => run(given), app.quit);
}

function run(given: ShellArguments): void {
  const { log, close: closeLog } = joinLogFile(files.log, levelFrom(process.env.CARILLON_LOG, 'info'));
  const hub = new LateDoor();
  let question: Question | undefined;
  let begun = false;
  let ending = false;

  const windows = new Windows(files.folder, (window) => {
    const { webContents } = window;
    offerSpelling(webContents, () => shell.words);
    webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) opener.leaves(webContents);
    });
    // With a place in the tray, closing the main window puts it away: its page is what the tray's menu asks.
    window.on('close', (event) => {
      if (ending || !shell.staysWithoutWindow || !windows.isMain(window)) return;
      event.preventDefault();
      window.hide();
    });
  });
  const opener = new Opener(() => windows.main());
  const paper = session.fromPartition('paper');
  const shell = new Shell({
    ...{ app, hub, windows, opener, log },
    profile: files.folder,
    session: session.defaultSession,
    printing: new Printing(paper),
  });
  const openAll = ({ links, imports }: Pick<ShellArguments, 'links' | 'imports'>): void => {
    for (const path of imports) opener.open({ is: 'archive', path });
    for (const url of links) opener.open({ is: 'link', url });
  };
  // Electron would show a dialog that holds up everything, the end too.
  process.on('uncaughtException', (error) => log.error('an error nobody caught', { error: reason(error) }));

  const keeper = new HubKeeper(
    hub,
    { profile: files.folder, demo: given.demo },
    {
      ask(what, wrong) {
        const answer = (passphrase: string | undefined): void => {
          question = undefined;
          keeper.answer(passphrase);
        };
        question = { what, wrong, answer };
        windows.reload();
      },
      failed(_code, message) {
        dialog.showErrorBox('Carillon cannot open this profile', message);
        app.quit();
      },
      up() {
        if (!begun) {
          begun = true;
          const say = (line: string) => log.warn(line);
          begin(hub, { demo: given.demo, networks, imports: [], uploads: files.uploads }, say).catch((error: unknown) =>
            say(reason(error)),
          );
        }
      },
    },
    log,
  );

  for (const one of [session.defaultSession, paper]) {
    guardSession(one);
    servePages(one.protocol, {
      hub,
      renderer: rendererFolder(),
      uploads: files.uploads,
      question: () => question,
      development: devPage(app.isPackaged),
    });
  }
  relay(hub, shell.calls(), () => windows.all());
  showNotifications(hub, {
    looking: () => windows.focused(),
    open(notice) {
      windows.show();
      opener.open({ is: 'conversation', ...notice });
    },
    noticeText: () => shell.noticeText,
    words: () => shell.words,
    failed(notice, text) {
      log.warn('an answer in a notification could not be sent');
      clipboard.writeText(text);
      windows.show();
      opener.open({ is: 'conversation', ...notice });
    },
  });
  shell.start();
  keeper.start();
  windows.show();
  openAll(given);
  for (const one of early.splice(0)) opener.open(one);

  app.on('second-instance', (_event, argv, from) => {
    const more = readShellArguments(argv, from);
    windows.show();
    openAll(more);
  });
  openLater = (opening) => {
    windows.show();
    opener.open(opening);
  };
  app.on('activate', () => windows.show());
  app.on('window-all-closed', () => app.quit());

  let ended = false;
  app.on('before-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    if (ending) return;
    ending = true;
    shell.stop();
    keeper
      .stop()
      .then(closeLog)
      .finally(() => {
        ended = true;
        if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
        // Everything is saved and the hub is gone: nothing a window does may hold up the end now.
        app.exit(0);
      });
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
}
