import type { ConversationPage, ConversationRow } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';

/** A stretch of a list as it was fetched, with the cursors to go on from either end. */
export type Page = ConversationPage;
/** Rows kept in memory, about; what lies further away is let go and fetched again. */
export const mostRows = 1200;

export const rowsOf = (pages: readonly Page[]): readonly ConversationRow[] => pages.flatMap((page) => page.rows);

/** Without rows that stand in another page already: one may have moved between two fetches. */
export function without(page: Page, pages: readonly Page[]): Page {
  const known = new Set(rowsOf(pages).map((row) => row.id));
  return { ...page, rows: page.rows.filter((row) => !known.has(row.id)) };
}

/** Lets go of pages at the end that is not looked at. @returns the rest, and how many rows went at the beginning */
export function trimmed(pages: readonly Page[], end: 'beginning' | 'end'): { pages: readonly Page[]; lost: number } {
  const kept = [...pages];
  let size = rowsOf(kept).length;
  let lost = 0;
  while (size > mostRows && kept.length > 1) {
    const cut = end === 'end' ? kept.length - 1 : kept.findIndex((page, at) => at > 0 && page.previous !== undefined);
    if (cut < 1 || (end === 'end' && kept[cut - 1]?.next === undefined)) break;
    const gone = end === 'end' ? kept.splice(cut) : kept.splice(0, cut);
    const rows = rowsOf(gone).length;
    size -= rows;
    if (end === 'beginning') lost += rows;
  }
  return { pages: kept, lost };
}

/**
 * Puts a freshly fetched beginning over pages already there. What lies behind it is kept as it is, so that someone
 * scrolled far down does not lose their place.
 */
export function withBeginning(
  pages: readonly Page[],
  fresh: Page,
  isBehind: (row: ConversationRow, last: ConversationRow) => boolean,
): readonly Page[] {
  const last = fresh.rows.at(-1);
  if (fresh.next === undefined || !last) return [fresh];
  const names = new Set(fresh.rows.map((row) => row.id));
  const all = rowsOf(pages);
  const at = all.findIndex((row) => row.id === last.id);
  const behind = new Set((at >= 0 ? all.slice(at + 1) : all.filter((row) => isBehind(row, last))).map((row) => row.id));
  const tail = pages.flatMap((page): Page[] => {
    const rows = page.rows.filter((row) => behind.has(row.id) && !names.has(row.id));
    if (rows.length === 0) return [];
    if (rows.length === page.rows.length) return [page];
    // What came before these rows is no longer known by a cursor.
    const { previous: _lost, ...rest } = page;
    return [{ ...rest, rows }];
  });
  return [fresh, ...tail];
}

/** Rows in place of their older selves; those that are `gone` leave. */
export const withRows = (
  pages: readonly Page[],
  fresh: ReadonlyMap<ConversationId, ConversationRow>,
  gone: ReadonlySet<ConversationId>,
): readonly Page[] =>
  pages.map((page) => ({
    ...page,
    rows: page.rows.flatMap((row) => (gone.has(row.id) ? [] : [fresh.get(row.id) ?? row])),
  }));
