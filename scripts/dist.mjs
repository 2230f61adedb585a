// npm run dist: installers for this system (AppImage and deb, dmg, or nsis) in dist/. Arguments go to electron-builder.
import { build } from './lib/build.mjs';
import { handOver } from './lib/hand-over.mjs';
import { install } from './lib/install.mjs';
import { Ending, inProject, productNode, say } from './lib/project.mjs';

/** Where a finished program would look for updates; unset, it does not look. */
const feed = process.env.CARILLON_UPDATE_FEED;

const main = async () => {
  await install();
  await build();
  const builder = inProject('node_modules', 'electron-builder', 'cli.js');
  const publish = feed ? ['-c.publish.provider=generic', `-c.publish.url=${feed}`] : [];
  const args = [builder, '--publish', 'never', ...publish, ...process.argv.slice(2)];
  return (await handOver(productNode(), args)).code;
};

process.exitCode = await main().catch((error) => {
  say(`carillon: ${error.message}`);
  return error instanceof Ending ? error.code : 1;
});
