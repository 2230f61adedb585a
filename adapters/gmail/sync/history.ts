import type { Lookup } from '../../../src-shared/channel.ts';
import type { ChannelEvent, MessageKey } from '../../../src-shared/model/index.ts';
import { messageKey } from '../ids.ts';
import { archiveKey, flagOf, isFixed, labelKeysOf } from '../labels.ts';
import type { HistoryRecord } from '../wire.ts';

/** What a stretch of history comes to: each message once, with the last that was said of it. */
export interface Folded {
  /** New messages that were not deleted again, oldest first. */
  readonly added: readonly { readonly id: string; readonly threadId: string }[];
  readonly deleted: readonly string[];
  /** By message, by label, on or off. */
  readonly labels: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
}

/** Folds records, which come in the order they happened; pure. */
export function fold(records: readonly HistoryRecord[]): Folded {
  const added = new Map<string, { id: string; threadId: string }>();
  const deleted = new Set<string>();
  const labels = new Map<string, Map<string, boolean>>();
  const change = (id: string, labelIds: readonly string[] | undefined, on: boolean): void => {
    const of = labels.get(id) ?? new Map<string, boolean>();
    for (const label of labelIds ?? []) of.set(label, on);
    labels.set(id, of);
  };
  for (const record of records) {
    for (const { message } of record.messagesAdded ?? []) added.set(message.id, message);
    for (const { message, labelIds } of record.labelsAdded ?? []) change(message.id, labelIds, true);
    for (const { message, labelIds } of record.labelsRemoved ?? []) change(message.id, labelIds, false);
    for (const { message } of record.messagesDeleted ?? []) {
      deleted.add(message.id);
      added.delete(message.id);
      labels.delete(message.id);
    }
  }
  return { added: [...added.values()], deleted: [...deleted], labels };
}

/** Which of the messages lie among sent mail or drafts, and go on doing so when they leave another place. */
export async function resting(
  lookup: Pick<Lookup, 'placements'>,
  labels: Folded['labels'],
): Promise<ReadonlySet<MessageKey>> {
  const left = [...labels].filter(([, changes]) => archivedBy(changes) === true).map(([id]) => messageKey(id));
  const placed = left.length === 0 ? [] : await lookup.placements(left);
  return new Set([...placed].flatMap(([key, all]) => (all.some(({ label }) => isFixed(label)) ? [key] : [])));
}

/**
 * Changes of labels as events. `at`: when the question was asked, Unix ms, so that what the person does meanwhile is
 * not overruled by an older answer. Of a message that is not here yet they wait in ingest until it is.
 */
export function changeEvents(
  labels: Folded['labels'],
  at: number,
  rest: ReadonlySet<MessageKey>,
): readonly ChannelEvent[] {
  return [...labels].flatMap(([id, changes]) => {
    const target = messageKey(id);
    const events: ChannelEvent[] = [];
    for (const [label, on] of changes) {
      const flags = flagOf(label, on);
      if (flags) events.push({ type: 'flags', target, flags, at });
      for (const key of labelKeysOf([label]))
        if (key !== archiveKey) events.push({ type: 'placed', target, label: key, ref: id, on, at });
    }
    const archived = archivedBy(changes);
    const on = archived === true && !rest.has(target);
    if (archived !== undefined) events.push({ type: 'placed', target, label: archiveKey, ref: id, on, at });
    return events;
  });
}

/**
 * Whether the changes put a message into the archive, where it lies in no other place, or take it out; undefined when they
 * leave that as it was.
 */
function archivedBy(changes: ReadonlyMap<string, boolean>): boolean | undefined {
  const away = ['INBOX', 'TRASH', 'SPAM'].flatMap((label) => {
    const on = changes.get(label);
    return on === undefined ? [] : [on];
  });
  return away.length === 0 ? undefined : !away.includes(true);
}
