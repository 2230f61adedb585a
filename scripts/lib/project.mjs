// What the scripts share. Plain JavaScript for Node 20.19 without a single package: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const inProject = (...parts) => join(root, ...parts);
const windows = process.platform === 'win32';

/** Says something to the person without touching stdout, which belongs to programs. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** An ending with a reason the person can act on. */
export class Ending extends Error {
  /** @param {string} message @param {number} code exit code */
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

/** The Node the product runs on: the pinned one of node_modules, else this one where it is new enough. */
export const productNode = () => {
  const pinned = inProject('node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Ending('Node 24 is missing from node_modules. Run: npm install --no-save');
};

/**
 * Runs a program to its end with its output on stderr.
 * @returns {Promise<{code: number, output: string, timedOut: boolean}>} `output` holds both streams when `quiet`.
 */
export const run = (command, args, { quiet = false, timeoutMs, env = process.env, cwd = root, shell = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
    });
    let output = '';
    let timedOut = false;
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? (signal ? 128 : 1), output, timedOut });
    });
  });

/** npm as it was started, or the one on PATH. */
export const npm = (args, options = {}) => {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js')
    ? run(process.execPath, [script, ...args], options)
    : run('npm', args, { shell: windows, ...options });
};
