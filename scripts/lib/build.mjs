import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Ending, inProject, productNode, root, run, say } from './project.mjs';

const sources = ['src-shared', 'src-main', 'src-preload', 'src-renderer', 'adapters', 'resources'];
const files = ['electron.vite.config.ts', 'package-lock.json', 'tsconfig.json'];
/** Never part of a build. */
const ignored = /(\.test\.tsx?|\.md)$|(^|[/\\])(fixtures|testing|conformance|template)([/\\]|$)/;

const walk = (folder) =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (ignored.test(relative(root, path))) return [];
        return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : [];
      });

/** A hash over everything the build is made of. */
const sourceHash = () => {
  const hash = createHash('sha256');
  for (const path of [
    ...files.map((file) => inProject(file)),
    ...sources.flatMap((name) => walk(inProject(name))),
  ].sort()) {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
};

const mark = inProject('out', '.built');
const isBuilt = (hash) => existsSync(mark) && readFileSync(mark, 'utf8') === hash;

const lock = inProject('.cache', 'build.lock');
const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};
/** Two starts at once must not build into one folder: the second waits for the first. */
const withLock = async (work) => {
  mkdirSync(inProject('.cache'), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!alive(Number(existsSync(lock) ? readFileSync(lock, 'utf8') : 0) || 0)) rmSync(lock, { force: true });
    else await delay(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
};

/** Builds all three parts into `out`, when and only when a source changed. Throws `Ending` with what the builder said. */
export const build = async ({ force = false } = {}) => {
  if (!force && isBuilt(sourceHash())) return;
  await withLock(async () => {
    const hash = sourceHash();
    if (!force && isBuilt(hash)) return;
    say('Building Carillon ...');
    rmSync(mark, { force: true });
    const builder = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    const { code, output } = await run(productNode(), [builder, 'build', '--logLevel', 'warn'], { quiet: true });
    if (code !== 0) {
      say(output.trim());
      throw new Ending('The build failed.');
    }
    writeFileSync(mark, hash);
  });
};
