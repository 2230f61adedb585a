// npm start: installs, builds and opens Carillon. Runs on Node 20.19 before anything is installed.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { hubEnvironment, windowOrReason } from './lib/electron.mjs';
import { handOver } from './lib/hand-over.mjs';
import { install } from './lib/install.mjs';
import { startNetworks } from './lib/networks.mjs';
import { Ending, inProject, productNode, root, say } from './lib/project.mjs';

const usage = `Usage: npm start -- [options]

  --demo           look around in a made-up world; nothing is contacted
  --demo=networks  look around in simulated networks, with the adapters real ones get, in a throw-away profile
  --profile DIR    keep everything in this folder
  --import FILE    import an archive (mbox, eml, Maildir) once started; may be given several times
  --headless       no window: serve on 127.0.0.1 and print one JSON line {"url","token","pid"}
  --port N         the port to serve on (default: any free one)
  --help           this
`;

const networksDemo = '--demo=networks';

/** A window that ends badly within this time never opened, ms. */
const openedMs = 10_000;

const readArguments = () => {
  const args = process.argv.slice(2);
  const networks = args.includes(networksDemo);
  const { values } = parseArgs({
    args: args.map((arg) => (arg === networksDemo ? '--demo' : arg)),
    strict: true,
    options: {
      demo: { type: 'boolean', default: false },
      profile: { type: 'string' },
      headless: { type: 'boolean', default: false },
      port: { type: 'string' },
      import: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.port !== undefined && !(/^\d+$/.test(values.port) && Number(values.port) <= 65_535)) {
    throw new TypeError(`--port takes a number up to 65535, not "${values.port}".`);
  }
  if (networks && values.profile !== undefined)
    throw new TypeError(`${networksDemo} has a profile of its own, which is thrown away: leave --profile out.`);
  return { ...values, networks };
};

const passedOn = (values) => [
  ...(values.demo ? [values.networks ? networksDemo : '--demo'] : []),
  ...(values.profile === undefined ? [] : ['--profile', resolve(values.profile)]),
  ...values.import.flatMap((path) => ['--import', resolve(path)]),
];

const openWindow = async (values, electron) => {
  const env = { ...process.env, ...hubEnvironment(electron.version) };
  delete env.ELECTRON_RUN_AS_NODE;
  const { code, ranMs } = await handOver(electron.path, [root, ...passedOn(values)], { env });
  return code === 0 || ranMs > openedMs ? { code } : { why: `Electron ended with code ${code}` };
};

const serve = async (values) => {
  // src-main/hosts/nursery.ts says why.
  const args = ['--max-semi-space-size=8', inProject('out', 'main', 'node-host.js'), ...passedOn(values)];
  if (values.headless) args.push('--headless');
  if (values.port !== undefined) args.push('--port', values.port);
  return (await handOver(productNode(), args, { channel: true })).code;
};

const start = async (values) => {
  await install();
  await build();
  if (!values.networks) return open(values);
  const networks = await startNetworks();
  try {
    process.env.CARILLON_NETWORKS = JSON.stringify(networks.logins);
    return await open(values);
  } finally {
    await networks.stop();
  }
};

const open = async (values) => {
  if (!values.headless) {
    const can = values.port === undefined ? await windowOrReason() : { why: 'a port was asked for' };
    const outcome = 'electron' in can ? await openWindow(values, can.electron) : can;
    if ('code' in outcome) return outcome.code;
    say(`No window: ${outcome.why}. Carillon is served to your browser instead.`);
  }
  return serve(values);
};

const main = async () => {
  let values;
  try {
    values = readArguments();
  } catch (error) {
    process.stderr.write(`${error.message.split('. ')[0]}\n\n${usage}`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Ending(`Node 20.19 or later is needed; this is ${process.versions.node}.`);
  return start(values);
};

process.exitCode = await main().catch((error) => {
  say(`carillon: ${error.message}`);
  return error instanceof Ending ? error.code : 1;
});
