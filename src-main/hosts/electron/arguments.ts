import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { networksDemo } from '../networks.ts';
import { defaultProfile } from '../profile.ts';

export interface ShellArguments {
  /** Undefined for a trial without a folder of its own. */
  readonly profile: string | undefined;
  readonly demo: boolean;
  /** The demo is to be of the simulated networks. */
  readonly networks: boolean;
  readonly imports: readonly string[];
  /** `mailto:` and `carillon:` addresses the system asked us to open. */
  readonly links: readonly string[];
}

const archives = /\.(mbox|eml)$/i;

/**
 * Reads a command line among Chromium's own switches. What is not ours is passed over: the system starts us with more
 * than a person would type.
 * @param from relative paths are seen from here (a second start has its own working folder).
 */
export const readShellArguments = (argv: readonly string[], from: string): ShellArguments => {
  let profile: string | undefined;
  let demo = false;
  let networks = false;
  const imports: string[] = [];
  const links: string[] = [];
  const words = argv.slice(1);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const [name = '', attached] = word.split(/=(.*)/s);
    const value = () => attached ?? words[++index];
    if (name === '--profile') profile = value();
    else if (name === '--import') imports.push(...[value()].filter((path) => path !== undefined));
    else if (name === '--demo') {
      demo = true;
      networks = word === networksDemo;
    } else if (/^(mailto|carillon):/i.test(word)) links.push(word);
    else if (!word.startsWith('-') && archives.test(word) && existsSync(resolve(from, word))) imports.push(word);
  }
  return {
    // What is logged in to simulated networks is of no use once they are gone: no folder is kept for it.
    profile: profile !== undefined && !networks ? resolve(from, profile) : demo ? undefined : defaultProfile(),
    demo,
    networks,
    imports: imports.map((path) => resolve(from, path)),
    links,
  };
};
