// npm test: provides what the tests need, then builds, checks and tests everything. Ends with "N passed, N failed".
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter } from 'node:path';
import { build } from './lib/build.mjs';
import { findElectron, hubEnvironment } from './lib/electron.mjs';
import { install } from './lib/install.mjs';
import { Ending, inProject, productNode, root, say } from './lib/project.mjs';
import { provideElectron, provideTools } from './lib/tools.mjs';

const strict = process.env.CI === 'true' || process.env.CI === '1';
const reports = inProject('artefacts', 'reports');

const environment = () => ({
  ...process.env,
  PATH: `${inProject('node_modules', '.bin')}${delimiter}${process.env.PATH}`,
  ...hubEnvironment(findElectron()?.version),
});
const program = (command, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: environment(), stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
const passes = async (command, args) => {
  const code = await program(command, args);
  if (code !== 0) throw new Ending(`ended with code ${code}`);
};
const nodeScript = (...parts) => inProject('node_modules', ...parts);

let passed = 0;
let failed = 0;
/** Runs one project of the tests and counts what it reports. */
const project = (name) => async () => {
  const report = `${reports}/${name}.json`;
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = [nodeScript('vitest', 'vitest.mjs'), 'run', '--project', name, ...reporters];
  const node = productNode();
  // The Electron tests open real windows: where there is no display they get one of their own.
  const needsDisplay = name === 'electron' && process.platform === 'linux' && !process.env.DISPLAY;
  const code = needsDisplay
    ? await program('xvfb-run', ['-a', '-s', '-screen 0 1440x900x24', node, ...vitest])
    : await program(node, vitest);
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  passed += counts?.numPassedTests ?? 0;
  failed += counts?.numFailedTests ?? 0;
  if (code !== 0) {
    if (!counts?.numFailedTests) failed += 1;
    throw new Ending(`${counts?.numFailedTests ?? 'some'} failed`);
  }
};

const projects = ['unit', 'corpora', 'integration', 'e2e', 'electron'];
const steps = [
  ['packages', install],
  ['tools', () => provideTools({ strict })],
  ['electron runtime', () => provideElectron({ strict })],
  ['build', () => build()],
  ['types', () => passes(productNode(), [nodeScript('typescript', 'bin', 'tsc'), '-p', '.'])],
  ['format and lint', () => passes(nodeScript('.bin', 'biome'), ['check', '.'])],
  [
    'layers',
    () =>
      passes(nodeScript('.bin', 'depcruise'), [
        ...['--config', '.dependency-cruiser.cjs'],
        ...['src-shared', 'src-main', 'src-renderer', 'src-preload', 'adapters'],
      ]),
  ],
  ...projects.map((name) => [`${name} tests`, project(name)]),
];

mkdirSync(reports, { recursive: true });
const lines = [];
let broken = false;
for (const [name, step] of steps) {
  if (broken) {
    lines.push(`        -  ${name}`);
    continue;
  }
  const began = Date.now();
  say(`\n── ${name}`);
  let outcome = 'ok';
  try {
    await step();
  } catch (error) {
    broken = true;
    outcome = error instanceof Ending ? error.message : String(error?.stack ?? error);
    if (!name.endsWith(' tests')) failed += 1;
  }
  lines.push(`${((Date.now() - began) / 1000).toFixed(1).padStart(8)}s  ${name}: ${outcome}`);
}
process.stdout.write(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed\n`);
process.exitCode = broken ? 1 : 0;
