import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ShellPatch } from '../../../src-shared/ipc/index.ts';
import { noticeTexts, type ShellPreferences } from '../../../src-shared/ipc/index.ts';

const Stored = z.object({
  hotKey: z.string().nullable().catch(null),
  launchAtLogin: z.boolean().catch(false),
  background: z.boolean().catch(false),
  noticeText: z.enum(noticeTexts).catch('all'),
  spellCheck: z.boolean().catch(false),
  updateFeed: z.string().nullable().catch(null),
});

const read = (file: string): ShellPreferences => {
  try {
    return Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return Stored.parse({});
  }
};

/** Has the system do as was chosen. Throws with words for the person when it will not. */
export type Apply = (now: ShellPreferences, before: ShellPreferences) => void | Promise<void>;

/** How the program behaves on this computer, in a file beside the window's own. */
export class Preferences {
  readonly #file: string;
  readonly #apply: Apply;
  #now: ShellPreferences;

  constructor(file: string, apply: Apply) {
    this.#file = file;
    this.#apply = apply;
    this.#now = read(file);
  }
  get now(): ShellPreferences {
    return this.#now;
  }
  /** Whole or not at all: what the system refuses is not stored. */
  async change(patch: ShellPatch): Promise<ShellPreferences> {
    const before = this.#now;
    const next = Stored.parse({ ...before, ...patch });
    await this.#apply(next, before);
    const draft = `${this.#file}.new`;
    await writeFile(draft, JSON.stringify(next), { mode: 0o600 });
    await rename(draft, this.#file);
    this.#now = next;
    return next;
  }
}
