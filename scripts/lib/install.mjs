import { readFileSync } from 'node:fs';
import { Ending, inProject, npm, say } from './project.mjs';

const read = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Whether node_modules holds exactly what the lockfile asks for, by npm's own record of what it installed. */
const isInstalled = (
  wanted = read(inProject('package-lock.json')),
  present = read(inProject('node_modules', '.package-lock.json')),
) => {
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted.packages).every(([path, { version, optional, link }]) => {
    if (path === '' || link) return true;
    const found = present.packages[path];
    // Packages for other platforms are left out by npm.
    return found === undefined ? optional === true : found.version === version;
  });
};

/**
 * Installs what the lockfile says, when and only when something is missing. Throws `Ending` with what npm said.
 * Not `npm ci`: it refuses a lockfile without the builds of tools for every other system, which a registry need not
 * carry. The lockfile is neither changed nor left: that exactly its versions came is checked afterwards.
 */
export const install = async () => {
  if (isInstalled()) return;
  say('Installing the pinned packages (once) ...');
  let result;
  try {
    result = await npm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
      quiet: true,
      timeoutMs: 900_000,
    });
  } catch (error) {
    throw new Ending(`npm could not be started (${error.message}). Install npm and start again.`);
  }
  if (result.code === 0 && isInstalled()) return;
  const said = result.output.trim().split('\n').slice(-12).join('\n');
  const network = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|network|ENETUNREACH/.test(said);
  const why = result.timedOut
    ? 'npm took longer than 15 minutes'
    : network
      ? 'the package registry could not be reached'
      : 'npm ended with an error';
  if (said) say(said);
  throw new Ending(`The packages could not be installed: ${why}. Check the network and start again.`);
};
