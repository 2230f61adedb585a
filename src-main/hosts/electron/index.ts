import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog, protocol, session } from 'electron';
import { begin } from '../begin.ts';
import { reason } from '../errors.ts';
import { LateDoor } from '../late-door.ts';
import { levelFrom, openLogFile } from '../log.ts';
import { prepareProfile } from '../profile.ts';
import { rendererFolder } from '../renderer-folder.ts';
import { readShellArguments, type ShellArguments } from './arguments.ts';
import { guardContents, guardSession } from './guard.ts';
import { HubKeeper } from './hub-keeper.ts';
import { setMenu } from './menu.ts';
import { showNotifications } from './notifications.ts';
import { origin, privileges, type Question, servePages } from './page-protocol.ts';
import { relay } from './relay.ts';
import { openWindow } from './window.ts';

process.umask(0o077);
protocol.registerSchemesAsPrivileged([privileges]);

const given = readShellArguments(process.argv, process.cwd());
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
  const { log, close: closeLog } = openLogFile(`${files.log}.window`, levelFrom(process.env.CARILLON_LOG, 'info'));
  const hub = new LateDoor();
  let question: Question | undefined;
  let window: BrowserWindow | undefined;
  let links = [...given.links];
  let begun = false;

  const show = (): void => {
    if (window === undefined || window.isDestroyed()) window = openWindow(join(files.folder, 'window.json'));
    if (window.isMinimized()) window.restore();
    window.focus();
  };
  const toPage = (): void => {
    if (window && !window.isDestroyed()) window.loadURL(`${origin}/index.html`).catch(() => undefined);
  };
  const openLinks = (more: readonly string[]): void => {
    links.push(...more);
    if (hub.state !== 'open') return;
    for (const url of links) hub.publish('open', { is: 'link', url });
    links = [];
  };

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
        toPage();
      },
      failed(_code, message) {
        dialog.showErrorBox('Carillon cannot open this profile', message);
        app.quit();
      },
      up() {
        if (!begun) {
          begun = true;
          const say = (line: string) => log.warn(line);
          const { demo, imports } = given;
          begin(hub, { demo, imports, uploads: files.uploads }, say).catch((error: unknown) => say(reason(error)));
        }
        openLinks([]);
      },
    },
    log,
  );

  guardSession(session.defaultSession);
  servePages(session.defaultSession.protocol, {
    hub,
    renderer: rendererFolder(),
    uploads: files.uploads,
    question: () => question,
  });
  relay(hub, () => (window === undefined ? [] : [window]));
  showNotifications(hub, () => window?.isFocused() ?? false, show);
  setMenu(!app.isPackaged);
  keeper.start();
  show();

  app.on('second-instance', (_event, argv, from) => {
    const more = readShellArguments(argv, from);
    show();
    openLinks(more.links);
    for (const path of more.imports) hub.call('import.start', { path }, { window: 'host' });
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    show();
    openLinks([url]);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    hub.call('import.start', { path }, { window: 'host' });
  });
  app.on('activate', show);
  app.on('window-all-closed', () => app.quit());

  let ended = false;
  app.on('before-quit', (event) => {
    if (ended) return;
    event.preventDefault();
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
