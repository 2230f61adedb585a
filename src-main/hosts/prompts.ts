import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { PassphrasePrompt } from './secrets/index.ts';

/** Asks several in turn: the first that answers is taken. */
export const firstOf = (...prompts: readonly PassphrasePrompt[]): PassphrasePrompt => ({
  async unlock(wrong) {
    for (const prompt of prompts) {
      const answer = await prompt.unlock(wrong);
      if (answer !== undefined) return answer;
    }
    return undefined;
  },
  async create() {
    for (const prompt of prompts) {
      const answer = await prompt.create();
      if (answer !== undefined) return answer;
    }
    return undefined;
  },
});

/** `CARILLON_PASSPHRASE`: given once; when it is wrong, asking again would bring the same. */
export const environmentPrompt = (environment: NodeJS.ProcessEnv = process.env): PassphrasePrompt => ({
  unlock: async (wrong) => (wrong ? undefined : environment.CARILLON_PASSPHRASE || undefined),
  create: async () => environment.CARILLON_PASSPHRASE || undefined,
});

/**
 * The terminal, where a person sits at one. What is typed is not shown.
 * @param mayCreate asks for a first passphrase too; a host that must start without questions does not.
 */
export const terminalPrompt = (mayCreate: boolean): PassphrasePrompt => {
  const there = process.stdin.isTTY && process.stderr.isTTY;
  return {
    unlock: async (wrong) =>
      there ? askHidden(wrong ? 'That is not the passphrase. Try again: ' : 'Passphrase of this profile: ') : undefined,
    async create() {
      if (!there || !mayCreate) return undefined;
      for (;;) {
        const first = await askHidden(
          'No keychain was found. Choose a passphrase for this profile (empty: none, keys lie in an open file): ',
        );
        if (first === undefined || first === '') return undefined;
        if ((await askHidden('Once more: ')) === first) return first;
        process.stderr.write('The two differ.\n');
      }
    },
  };
};

/** A line typed without being shown, from the terminal; undefined at its end (Ctrl-D). */
export const askHidden = async (question: string): Promise<string | undefined> => {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(question);
  try {
    return await new Promise((resolve) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(undefined));
      // Ctrl-C at a question ends the program like anywhere else.
      lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
};
