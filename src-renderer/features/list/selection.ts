import type { ConversationRow } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';

/** Which rows are chosen. */
export interface Chosen {
  readonly selected: ReadonlySet<ConversationId>;
  /** Everything the list would show, loaded or not, less `except`. */
  readonly allMatching: boolean;
  readonly except: ReadonlySet<ConversationId>;
  /** Where a range begins. */
  readonly anchor: ConversationId | null;
}
export const nothing: Chosen = { selected: new Set(), allMatching: false, except: new Set(), anchor: null };

export const isSelected = ({ selected, allMatching, except }: Chosen, id: ConversationId): boolean =>
  allMatching ? !except.has(id) : selected.has(id);

export const sizeOf = ({ selected, allMatching, except }: Chosen, total: number): number =>
  allMatching ? Math.max(0, total - except.size) : selected.size;

export function toggled(chosen: Chosen, id: ConversationId): Chosen {
  const on = !isSelected(chosen, id);
  const selected = new Set(chosen.selected);
  const except = new Set(chosen.except);
  if (on) selected.add(id);
  else selected.delete(id);
  if (chosen.allMatching) {
    if (on) except.delete(id);
    else except.add(id);
  }
  return { ...chosen, selected, except, anchor: id };
}

/** From the anchor to a row: what the range had before, and no longer has, is let go. */
export function extended(
  chosen: Chosen,
  rows: readonly ConversationRow[],
  from: ConversationId,
  to: ConversationId,
): Chosen {
  const anchor = chosen.anchor ?? from;
  const selected = new Set(chosen.selected);
  for (const id of between(rows, anchor, from)) selected.delete(id);
  for (const id of between(rows, anchor, to)) selected.add(id);
  return { ...chosen, selected, anchor };
}

function between(rows: readonly ConversationRow[], a: ConversationId, b: ConversationId): readonly ConversationId[] {
  const at = [a, b].map((id) => rows.findIndex((row) => row.id === id));
  if (at.includes(-1)) return [b];
  return rows.slice(Math.min(...at), Math.max(...at) + 1).map((row) => row.id);
}
