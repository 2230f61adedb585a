import type { MessageView } from '../../../src-shared/ipc/index.ts';

/**
 * One run of messages from two that touch or overlap, both oldest first, the second one fresher. Within the fresh one's
 * span only what it holds remains.
 * @param whole the fresh run begins with the first message there is, or ends with the last one
 */
export function mergeMessages(
  old: readonly MessageView[],
  fresh: readonly MessageView[],
  whole: { readonly first?: boolean; readonly last?: boolean } = {},
): readonly MessageView[] {
  const first = fresh[0];
  const last = fresh.at(-1);
  const oldFirst = old[0];
  if (!first || !last) return old;
  if (!oldFirst) return fresh;
  const names = new Set(fresh.map((message) => message.id));
  const start = old.findIndex((message) => names.has(message.id));
  if (start < 0) return last.at <= oldFirst.at ? [...fresh, ...old] : [...old, ...fresh];
  const end = old.findLastIndex((message) => names.has(message.id));
  return [...(whole.first ? [] : old.slice(0, start)), ...fresh, ...(whole.last ? [] : old.slice(end + 1))];
}
