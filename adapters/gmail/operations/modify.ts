import { ChannelError, type Done, type OperationOptions, type Target } from '../../../src-shared/channel.ts';
import { asLabelKey, type ChannelEvent, type Flags, type LabelKey } from '../../../src-shared/model/index.ts';
import { idOf, labelKey } from '../ids.ts';
import { changeForFlags, changeForMove, type LabelChange } from '../labels.ts';
import { changeEvents, resting } from '../sync/history.ts';
import { Label, LabelList } from '../wire.ts';
import type { Working } from '../working.ts';

/** Ids one batch may name (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/batchModify). */
const batchSize = 1000;
/** From here on one batch (50 units) is cheaper than single calls (5 units each). */
const batchFrom = 10;

/**
 * Says how labels shall be, so doing it twice does no harm and it may be repeated whatever became of the first try.
 * What is no longer in the mailbox is passed over, unless it was all that was asked for.
 */
async function modify(
  { google, context }: Working,
  ids: readonly string[],
  change: LabelChange,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (change.add.length + change.remove.length === 0) return ids;
  const call = { signal, repeatable: true };
  const labels = { addLabelIds: [...change.add], removeLabelIds: [...change.remove] };
  if (ids.length >= batchFrom) {
    for (let start = 0; start < ids.length; start += batchSize)
      await google.tell(call, () =>
        google.users.messages.batchModify({
          userId: 'me',
          requestBody: { ids: ids.slice(start, start + batchSize), ...labels },
        }),
      );
    return ids;
  }
  const done: string[] = [];
  for (const id of ids) {
    try {
      await google.tell(call, () => google.users.messages.modify({ userId: 'me', id, requestBody: labels }));
      done.push(id);
    } catch (error) {
      if (!(error instanceof ChannelError) || error.code !== 'not-found') throw error;
      context.log.info('a message to change is no longer there', { id });
    }
  }
  if (done.length === 0 && ids.length > 0)
    throw new ChannelError('gone', 'refused', 'The message is no longer in the mailbox.');
  return done;
}

async function change(
  working: Working,
  targets: readonly Target[],
  wanted: LabelChange,
  signal: AbortSignal,
): Promise<Done> {
  const ids = targets.map(({ message }) => idOf(message));
  const done = await modify(working, ids, wanted, signal);
  const changes = new Map([
    ...wanted.remove.map((label) => [label, false] as const),
    ...wanted.add.map((label) => [label, true] as const),
  ]);
  working.lookAround();
  const labels = new Map(done.map((id) => [id, changes]));
  const at = working.context.clock.now();
  return { events: changeEvents(labels, at, await resting(working.context.lookup, labels)) };
}

export async function setFlags(
  working: Working,
  targets: readonly Target[],
  flags: Flags,
  { signal }: OperationOptions,
): Promise<Done> {
  return await change(working, targets, changeForFlags(flags), signal);
}

export async function applyLabels(
  working: Working,
  targets: readonly Target[],
  { add, remove }: { readonly add: readonly LabelKey[]; readonly remove: readonly LabelKey[] },
  { signal }: OperationOptions,
): Promise<Done> {
  return await change(working, targets, changeForMove(add, remove), signal);
}

/** A label of that name; the one there is when another try, or another device, has made it already. */
export async function createLabel(
  { google, lookAround }: Working,
  name: string,
  { signal }: OperationOptions,
): Promise<LabelKey> {
  try {
    const made = await google.call(Label, { signal, repeatable: false }, () =>
      google.users.labels.create({
        userId: 'me',
        requestBody: { name, labelListVisibility: 'labelShow', messageListVisibility: 'show' },
      }),
    );
    lookAround();
    return labelKey(made.id);
  } catch (error) {
    if (!(error instanceof ChannelError) || error.code !== 'conflict') throw error;
    const { labels = [] } = await google.call(LabelList, { signal }, () => google.users.labels.list({ userId: 'me' }));
    const there = labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
    if (!there) throw error;
    return asLabelKey(there.id);
  }
}

/** Deletes for good, in whatever place the messages lie. */
export async function removeMessages(
  working: Working,
  targets: readonly Target[],
  scope: 'me' | 'everyone',
  { signal }: OperationOptions,
): Promise<Done> {
  if (scope !== 'me') throw new ChannelError('scope', 'refused', 'A mail that was sent cannot be taken back.');
  const { google, context } = working;
  const ids = targets.map(({ message }) => idOf(message));
  for (let start = 0; start < ids.length; start += batchSize)
    await google.tell({ signal, repeatable: true }, () =>
      google.users.messages.batchDelete({ userId: 'me', requestBody: { ids: ids.slice(start, start + batchSize) } }),
    );
  const at = context.clock.now();
  const events = targets.map(({ message }): ChannelEvent => ({ type: 'removed', target: message, at }));
  working.lookAround();
  return { events };
}
