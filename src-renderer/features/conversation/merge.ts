import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { shared } from '../../state/shared.ts';

/**
 * One run of messages from two that touch or overlap, both oldest first, the second one fresher. Within the fresh one's
 * span only what it holds remains. Messages that did not change stay the same objects.
 * @param whole the fresh run begins with the first message there is, or ends with the last one
 */
export function mergeMessages(
  old: readonly MessageView[],
  fresh: readonly MessageView[],
  whole: { readonly first?: boolean; readonly last?: boolean } = {},
): readonly MessageView[] {
  const now = steady(old, fresh);
  const first = now[0];
  const last = now.at(-1);
  const oldFirst = old[0];
  if (!first || !last) return old;
  if (!oldFirst) return now;
  const names = new Set(now.map((message) => message.id));
  const start = old.findIndex((message) => names.has(message.id));
  if (start < 0) return last.at <= oldFirst.at ? [...now, ...old] : [...old, ...now];
  const end = old.findLastIndex((message) => names.has(message.id));
  return [...(whole.first ? [] : old.slice(0, start)), ...now, ...(whole.last ? [] : old.slice(end + 1))];
}

/** Messages fetched anew, those that did not change being the same objects as before. */
export function steady(old: readonly MessageView[], fresh: readonly MessageView[]): readonly MessageView[] {
  const known = new Map(old.map((message) => [message.id, message]));
  return fresh.map((message) => shared(known.get(message.id) ?? message, message));
}
