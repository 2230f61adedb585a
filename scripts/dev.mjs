// npm run dev: Carillon from source, with hot reload; in a window, or in a browser where none can be opened. Vite serves
// the page.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { build } from './lib/build.mjs';
import { hubEnvironment, windowOrReason } from './lib/electron.mjs';
import { handOver } from './lib/hand-over.mjs';
import { install } from './lib/install.mjs';
import { freePort, servePage } from './lib/page-server.mjs';
import { Ending, inProject, productNode, root, say } from './lib/project.mjs';

/** In Electron: the window and the hub as they were built just now, the page as it is edited. */
const inWindow = async (electron) => {
  await build();
  const page = await servePage();
  const env = { ...process.env, ...hubEnvironment(electron.version), CARILLON_DEV_PAGE: page.url };
  delete env.ELECTRON_RUN_AS_NODE;
  say(`The window reloads as you edit src-renderer; start anew for the rest.`);
  const { code } = await handOver(electron.path, [root, ...process.argv.slice(2)], { env });
  await page.close();
  return code;
};

/** In a browser: the host runs from source too and starts anew with each change of it. */
const inBrowser = async () => {
  const port = await freePort();
  const host = inProject('src-main', 'hosts', 'node', 'index.ts');
  const args = [
    '--watch',
    '--watch-preserve-output',
    host,
    ...process.argv.slice(2),
    '--headless',
    '--port',
    String(port),
  ];
  const child = spawn(productNode(), args, { stdio: ['inherit', 'pipe', 'inherit'] });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const ended = once(child, 'exit');
  let token = '';
  const first = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      ({ token } = JSON.parse(line));
      resolve();
    });
  });
  await Promise.race([first, ended]);
  if (token === '') throw new Ending('The host did not start.');
  const page = await servePage({ host: { url: `http://127.0.0.1:${port}`, token: () => token } });
  say(`Carillon from source: ${page.url}`);
  const [code] = await ended;
  await page.close();
  return code ?? 0;
};

const main = async () => {
  await install();
  const can = await windowOrReason();
  if ('electron' in can) return inWindow(can.electron);
  say(`No window: ${can.why}.`);
  return inBrowser();
};

process.exitCode = await main().catch((error) => {
  say(`carillon: ${error.message}`);
  return error instanceof Ending ? error.code : 1;
});
