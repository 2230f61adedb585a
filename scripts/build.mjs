// npm run build: builds all three parts into out/, whether or not anything changed.
import { build } from './lib/build.mjs';
import { Ending, say } from './lib/project.mjs';

process.exitCode = await build({ force: true }).then(
  () => 0,
  (error) => {
    say(`carillon: ${error.message}`);
    return error instanceof Ending ? error.code : 1;
  },
);
