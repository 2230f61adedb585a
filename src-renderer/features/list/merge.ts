import type { ConversationRow } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';

/** A change that is shown before the hub has confirmed it; `null` takes the row off the list. */
export interface Patch {
  readonly ids: Pick<ReadonlySet<ConversationId>, 'has'>;
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
