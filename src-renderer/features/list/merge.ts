import type { ConversationRow } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';

export type Sort = 'newest' | 'oldest';

/**
 * Puts a freshly fetched beginning over rows already loaded. Rows behind the beginning are kept as they are, so that
 * someone scrolled far down does not lose their place.
 * @returns the rows, and whether any of the old ones were kept (then their own cursor is still the one to go on from)
 */
export function replaceBeginning(
  old: readonly ConversationRow[],
  fresh: readonly ConversationRow[],
  more: boolean,
  sort: Sort,
): { rows: readonly ConversationRow[]; keptTail: boolean } {
  const last = fresh.at(-1);
  if (!more || !last) return { rows: fresh, keptTail: false };
  const names = new Set(fresh.map((row) => row.id));
  const at = old.findIndex((row) => row.id === last.id);
  const behind = at >= 0 ? old.slice(at + 1) : old.filter((row) => isBehind(row, last, sort));
  const tail = behind.filter((row) => !names.has(row.id));
  return { rows: tail.length ? [...fresh, ...tail] : fresh, keptTail: tail.length > 0 };
}
const isBehind = (row: ConversationRow, last: ConversationRow, sort: Sort): boolean =>
  !row.pinned && (sort === 'newest' ? row.lastAt < last.lastAt : row.lastAt > last.lastAt);

/** A change that is shown before the hub has confirmed it; `null` takes the row off the list. */
export interface Patch {
  readonly ids: ReadonlySet<ConversationId>;
  readonly change: (row: ConversationRow) => ConversationRow | null;
}
export function applyPatches(rows: readonly ConversationRow[], patches: readonly Patch[]): readonly ConversationRow[] {
  if (patches.length === 0) return rows;
  return rows.flatMap((row) => {
    let shown: ConversationRow | null = row;
    for (const patch of patches) if (shown && patch.ids.has(row.id)) shown = patch.change(shown);
    return shown ? [shown] : [];
  });
}
