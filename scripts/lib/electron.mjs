import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject, productNode, run, say } from './project.mjs';

const packageFolder = inProject('node_modules', 'electron');
const executable =
  {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  }[process.platform] ?? 'electron';

/** Longest a download may take, ms, and how long a failed one is not tried again. */
const downloadMs = 240_000;
const retryAfterMs = 24 * 3_600_000;
const failedMark = inProject('.cache', 'electron-download-failed');

const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined);

/** @returns {{path: string, version: string | undefined} | undefined} */
export const findElectron = (env = process.env) => {
  for (const dist of [env.ELECTRON_OVERRIDE_DIST_PATH, join(packageFolder, 'dist')]) {
    if (dist && existsSync(join(dist, executable))) {
      return { path: join(dist, executable), version: readText(join(dist, 'version'))?.replace(/^v/, '') };
    }
  }
  return undefined;
};

/** The package's own download, once, within bounds. False where it does not come. */
const download = async () => {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const before = readText(failedMark);
  if (before === version && Date.now() - statSync(failedMark).mtimeMs < retryAfterMs) return false;
  say(`Fetching Electron ${version} (once) ...`);
  const { code } = await run(productNode(), [join(packageFolder, 'install.js')], {
    quiet: true,
    timeoutMs: downloadMs,
  });
  if (code === 0 && findElectron() !== undefined) return true;
  mkdirSync(inProject('.cache'), { recursive: true });
  writeFileSync(failedMark, version);
  return false;
};

/**
 * Whether a window can be opened here, and if not, why.
 * @returns {Promise<{electron: {path: string, version: string | undefined}} | {why: string}>}
 */
export const windowOrReason = async (env = process.env) => {
  if (process.getuid?.() === 0) return { why: 'Electron does not run as root' };
  if (process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return { why: 'there is no display' };
  const electron = findElectron(env) ?? ((await download()) ? findElectron(env) : undefined);
  return electron === undefined ? { why: 'Electron is not here and could not be fetched' } : { electron };
};

/** The SQLite addon needs the Node-API of Node 22: in an older Electron the hub runs in Node beside it. */
export const hubEnvironment = (version, env = process.env) => {
  const major = Number(version?.split('.')[0] ?? Number.NaN);
  return major < 36 && !env.CARILLON_HUB_NODE ? { CARILLON_HUB_NODE: productNode() } : {};
};
