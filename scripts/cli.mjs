// npm run cli -- <command>: the command line, built first when a source changed.
import { build } from './lib/build.mjs';
import { handOver } from './lib/hand-over.mjs';
import { install } from './lib/install.mjs';
import { Ending, inProject, productNode, say } from './lib/project.mjs';

const main = async () => {
  await install();
  await build();
  const { code } = await handOver(productNode(), [inProject('out', 'main', 'cli.js'), ...process.argv.slice(2)]);
  return code;
};

process.exitCode = await main().catch((error) => {
  say(`carillon: ${error.message}`);
  return error instanceof Ending ? error.code : 1;
});
