import { z } from 'zod';
import type { SessionContext } from '../../../src-shared/channel.ts';
import { asCursor } from '../../../src-shared/model/index.ts';

/**
 * Some servers end the connection over a message they cannot read themselves. Fetched again and again, it would keep all
 * others from coming in. So a batch whose fetch lost the connection twice is fetched message by message, and a message
 * that alone lost it three times is passed over from then on. Kept in checkpoints, since every attempt is a new session.
 */
export interface Trouble {
  /** Fetches these UIDs by `fetch`, in pieces where need be. `lost` tells whether a failure was the connection's. */
  guard<T>(
    folder: { readonly path: string; readonly uidValidity: bigint },
    uids: readonly number[],
    fetch: (uids: readonly number[]) => Promise<readonly T[]>,
    lost: () => boolean,
  ): Promise<readonly T[]>;
}

const Note = z.object({
  uidValidity: z.string(),
  /** Under suspicion since a fetch of them lost the connection, and how often. */
  suspects: z.array(z.number()),
  losses: z.number().int(),
  /** The one fetched alone at the moment, and how often that was begun. */
  alone: z.number().optional(),
  tries: z.number().int(),
  /** Never to be fetched again. */
  skipped: z.array(z.number()),
});
type Note = z.infer<typeof Note>;
const inBatch = 2;
const aloneTries = 3;

export function trackTrouble(context: SessionContext): Trouble {
  const notes = new Map<string, Note>();
  const scopeOf = (path: string): string => `trouble:${path}`;
  const load = async (path: string, uidValidity: bigint): Promise<Note> => {
    let note = notes.get(path);
    if (!note) {
      const cursor = await context.checkpoint(scopeOf(path));
      note = cursor === undefined ? undefined : Note.safeParse(JSON.parse(cursor)).data;
    }
    if (note?.uidValidity !== String(uidValidity))
      note = { uidValidity: String(uidValidity), suspects: [], losses: 0, tries: 0, skipped: [] };
    notes.set(path, note);
    return note;
  };
  const save = async (path: string, note: Note): Promise<void> => {
    const clean = note.suspects.length === 0 && note.skipped.length === 0;
    const cursor = clean ? undefined : asCursor(JSON.stringify(note));
    await context.emit({ events: [], origin: 'history', checkpoint: { scope: scopeOf(path), cursor } });
    notes.set(path, note);
  };

  return {
    async guard<T>(
      { path, uidValidity }: { readonly path: string; readonly uidValidity: bigint },
      uids: readonly number[],
      fetch: (uids: readonly number[]) => Promise<readonly T[]>,
      lost: () => boolean,
    ): Promise<readonly T[]> {
      let note = await load(path, uidValidity);
      const skipped = new Set(note.skipped);
      const suspects = new Set(note.losses >= inBatch ? note.suspects : []);
      const wanted = uids.filter((uid) => !skipped.has(uid));
      const together = wanted.filter((uid) => !suspects.has(uid));
      const results: T[] = [];
      try {
        results.push(...(await fetch(together)));
      } catch (error) {
        if (lost()) {
          const same = together.some((uid) => note.suspects.includes(uid));
          await save(path, { ...note, suspects: together, losses: same ? note.losses + 1 : 1 }).catch(() => {
            // The session is over: then it was no loss but an ending.
          });
        }
        throw error;
      }
      for (const uid of wanted.filter((one) => suspects.has(one))) {
        const tries = note.alone === uid ? note.tries + 1 : 1;
        if (tries > aloneTries) {
          context.log.warn('a message the server cannot hand out is passed over', { folder: path, uid });
          note = { ...note, suspects: note.suspects.filter((one) => one !== uid), skipped: [...note.skipped, uid] };
          await save(path, note);
          continue;
        }
        note = { ...note, alone: uid, tries };
        await save(path, note);
        results.push(...(await fetch([uid])));
        note = { ...note, suspects: note.suspects.filter((one) => one !== uid) };
      }
      if (note.suspects.some((uid) => wanted.includes(uid)) || (suspects.size > 0 && note.suspects.length === 0))
        await save(path, {
          ...note,
          suspects: note.suspects.filter((uid) => !wanted.includes(uid)),
          losses: 0,
          tries: 0,
        });
      return results;
    },
  };
}
