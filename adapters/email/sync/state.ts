import { z } from 'zod';
import type { SessionContext } from '../../../src-shared/channel.ts';
import { asCursor, type Cursor } from '../../../src-shared/model/index.ts';
import { folderScope } from '../ids.ts';

/**
 * How far a folder is known, as committed. 64-bit numbers of the protocol are kept as text.
 * Messages below `uidNext` as it was when the folder was first seen belong to backfill, all later ones to catch-up.
 */
export const FolderState = z.object({
  uidValidity: z.string(),
  /** Every UID below was either seen by catch-up or is left to backfill. */
  uidNext: z.number().int().positive(),
  /** RFC 7162 mod-sequence up to which flags and removals were seen; absent where the server keeps none. */
  modseq: z.string().optional(),
  /** Messages in the folder then: fewer than this plus the new ones means some were removed. */
  count: z.number().int().nonnegative(),
});
export type FolderState = z.infer<typeof FolderState>;

export const toCursor = (state: FolderState): Cursor => asCursor(JSON.stringify(state));
/** Undefined for a folder never seen, and for a cursor this version cannot read: it is then met anew, which is safe. */
function fromCursor(cursor: Cursor | undefined): FolderState | undefined {
  if (cursor === undefined) return undefined;
  try {
    return FolderState.safeParse(JSON.parse(cursor)).data;
  } catch {
    return undefined;
  }
}

/** The folders' states, read once and then kept in step with what is committed. */
export interface States {
  get(path: string): Promise<FolderState | undefined>;
  /** To be called only after the batch that carried the state was committed. */
  committed(path: string, state: FolderState): void;
  /** The folder is gone and its checkpoint cleared. */
  forget(path: string): void;
}
export function folderStates(context: SessionContext): States {
  const known = new Map<string, FolderState | undefined>();
  return {
    async get(path) {
      if (!known.has(path)) known.set(path, fromCursor(await context.checkpoint(folderScope(path))));
      return known.get(path);
    },
    committed: (path, state) => void known.set(path, state),
    forget: (path) => void known.set(path, undefined),
  };
}
