import { ChannelError } from '../../../src-shared/channel.ts';
import type { ChannelEvent, Flags, LabelKey, MessageKey } from '../../../src-shared/model/index.ts';
import type { CallOptions } from '../../_kit/http/index.ts';
import { messageKey } from '../ids.ts';
import { archiveKey, flagsOf, labelEvents, labelKeysOf } from '../labels.ts';
import { LabelList, MessageList } from '../wire.ts';
import type { Working } from '../working.ts';

const pageSize = 500;
const chunk = 500;

/**
 * After Gmail has forgotten the history since our checkpoint: compares what lies under each label with what is here, by
 * ids alone (5 units for 500), and fetches no message. New ones come with the history, which the caller starts anew.
 * Answers the events that bring this side up to date, in chunks.
 */
export async function* resync(working: Working, signal: AbortSignal): AsyncGenerator<readonly ChannelEvent[]> {
  const { google, context } = working;
  const call: CallOptions = { signal, background: true };
  const at = context.clock.now();
  const { labels = [] } = await google.call(LabelList, call, () => google.users.labels.list({ userId: 'me' }));
  yield labelEvents(labels, at);
  // What is here is noted before the lists are asked for: what comes in between is in neither and stays as it is.
  const here = new Set<string>();
  for (const label of new Set([archiveKey, ...labels.flatMap(({ id }) => labelKeysOf([id, 'INBOX']))]))
    for (const ref of await context.lookup.refs(label)) here.add(ref);
  const there = new Map<string, string[]>();
  for (const id of await idsUnder(working, undefined, call)) there.set(id, []);
  for (const { id: label } of labels)
    if (label !== 'CHAT') for (const id of await idsUnder(working, label, call)) there.get(id)?.push(label);
  for (const id of here)
    if (!there.has(id) && !(await exists(working, id, call))) yield [{ type: 'removed', target: messageKey(id), at }];

  const ids = [...there.keys()];
  for (let start = 0; start < ids.length; start += chunk) {
    const keys = ids.slice(start, start + chunk).map(messageKey);
    const known = [...(await context.lookup.known(keys))];
    const [placed, flags] = await Promise.all([context.lookup.placements(known), context.lookup.flags(known)]);
    yield known.flatMap((key) =>
      differences(key, there.get(key) ?? [], placed.get(key) ?? [], flags.get(key) ?? {}, at),
    );
  }
}

function differences(
  target: MessageKey,
  labelIds: readonly string[],
  placed: readonly { readonly label: LabelKey }[],
  held: Flags,
  at: number,
): readonly ChannelEvent[] {
  const wanted = labelKeysOf(labelIds);
  const standing = placed.map(({ label }) => label);
  const flags = Object.fromEntries(
    Object.entries(flagsOf(labelIds)).filter(([flag, on]) => (Reflect.get(held, flag) ?? false) !== on),
  );
  return [
    ...wanted
      .filter((label) => !standing.includes(label))
      .map((label) => ({ type: 'placed' as const, target, label, ref: String(target), on: true, at })),
    ...standing
      .filter((label) => !wanted.includes(label))
      .map((label) => ({ type: 'placed' as const, target, label, ref: String(target), on: false, at })),
    ...(Object.keys(flags).length === 0 ? [] : [{ type: 'flags' as const, target, flags, at }]),
  ];
}

/** Lists may slip by one while they are turned over, and what is removed here is gone for good: so it is asked once more. */
async function exists({ google }: Working, id: string, call: CallOptions): Promise<boolean> {
  try {
    await google.tell(call, () => google.users.messages.get({ userId: 'me', id, format: 'minimal' }));
    return true;
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'not-found') return false;
    throw error;
  }
}

async function idsUnder({ google }: Working, label: string | undefined, call: CallOptions): Promise<readonly string[]> {
  const ids: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = await google.call(MessageList, call, () =>
      google.users.messages.list({
        userId: 'me',
        maxResults: pageSize,
        includeSpamTrash: true,
        ...(label === undefined ? {} : { labelIds: [label] }),
        ...(pageToken === undefined ? {} : { pageToken }),
      }),
    );
    ids.push(...(page.messages ?? []).map(({ id }) => id));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return ids;
}
