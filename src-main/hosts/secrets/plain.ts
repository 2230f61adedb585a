import type { SecretStore } from '../../ports/index.ts';
import { type Plain, writeKeeping } from './file.ts';

const warnings = {
  file:
    'No keychain was found, so the keys of this profile lie in a file that only your user account can read. ' +
    'Anyone who can read your files can read your messages. Set a passphrase with: npm run cli -- secrets protect',
  'throw-away': 'This is a trial profile: its key lies in an open file. Do not add real accounts to it.',
} as const;

/** Secrets in an owner-only file: where nobody can be asked for a passphrase, and for trial profiles. */
export const plainSecrets = (file: string, kind: 'file' | 'throw-away', initial: Plain): SecretStore => {
  const secrets = new Map(Object.entries(initial));
  const save = serial(() => writeKeeping(file, { version: 1, kind, secrets: Object.fromEntries(secrets) }));
  return {
    kind,
    warning: warnings[kind],
    get: async (name) => secrets.get(name),
    async set(name, value) {
      secrets.set(name, value);
      await save();
    },
    async delete(name) {
      if (secrets.delete(name)) await save();
    },
  };
};

/** Runs one at a time, in order; a failed run fails its own caller alone. */
export const serial = (work: () => Promise<void>): (() => Promise<void>) => {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const run = last.then(work, work);
    last = run.catch(() => undefined);
    return run;
  };
};
