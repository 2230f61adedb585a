// npm run dist: installers for this system (AppImage and deb, dmg, or nsis) in dist/. Arguments go to electron-builder:
// with --dir it makes the folder an installer would install, and fetches nothing where an Electron is at hand.
import { cpSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { build } from './lib/build.mjs';
import { findElectron } from './lib/electron.mjs';
import { handOver } from './lib/hand-over.mjs';
import { install } from './lib/install.mjs';
import { Ending, inProject, productNode, say } from './lib/project.mjs';

/** Where a finished program would look for updates; unset, it does not look. */
const feed = process.env.CARILLON_UPDATE_FEED;

/** The Electron `ELECTRON_OVERRIDE_DIST_PATH` names, without the app it would show on its own; else the builder fetches one. */
const electronAtHand = () => {
  if (!process.env.ELECTRON_OVERRIDE_DIST_PATH) return [];
  const { path, version } = findElectron() ?? {};
  if (path === undefined || version === undefined)
    throw new Ending('There is no Electron at ELECTRON_OVERRIDE_DIST_PATH.');
  const staged = inProject('.cache', 'electron-dist');
  rmSync(staged, { recursive: true, force: true });
  cpSync(dirname(path), staged, { recursive: true, filter: (file) => basename(file) !== 'default_app.asar' });
  return [`-c.electronDist=${staged}`, `-c.electronVersion=${version}`];
};

const main = async () => {
  await install();
  await build();
  const builder = inProject('node_modules', 'electron-builder', 'cli.js');
  const publish = feed ? ['-c.publish.provider=generic', `-c.publish.url=${feed}`] : [];
  const args = [builder, '--publish', 'never', ...publish, ...electronAtHand(), ...process.argv.slice(2)];
  return (await handOver(productNode(), args)).code;
};

process.exitCode = await main().catch((error) => {
  say(`carillon: ${error.message}`);
  return error instanceof Ending ? error.code : 1;
});
