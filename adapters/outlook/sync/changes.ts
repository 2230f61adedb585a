import type { ChannelEvent, MessageKey } from '../../../src-shared/model/index.ts';
import type { CallOptions } from '../../_kit/http/index.ts';
import { fetchMessages, isGone } from '../fetch.ts';
import { messageKey } from '../ids.ts';
import { differences } from '../labels.ts';
import { Removed, State, stateProperties } from '../wire.ts';
import { messagePath, type Working } from '../working.ts';

/** What a page of a folder's delta says: what lies there, and what does so no longer. */
export interface Changes {
  readonly present: readonly State[];
  readonly removed: readonly string[];
  /** Items that cannot be read. */
  readonly odd: number;
}
export function changesIn(value: readonly unknown[]): Changes {
  const removed = value.flatMap((one) => Removed.safeParse(one).data?.id ?? []);
  const present = value.flatMap((one) => (Removed.safeParse(one).success ? [] : (State.safeParse(one).data ?? [])));
  return { present, removed, odd: value.length - removed.length - present.length };
}

/**
 * A page as events. `since`: older messages that are not here are left to the history; undefined: none is. `askedAt`:
 * when the page was asked for (Unix ms), so that what the person does meanwhile is not overruled by an older answer.
 */
export async function toChangeEvents(
  working: Working,
  { present, removed }: Changes,
  since: number | undefined,
  askedAt: number,
  call: CallOptions,
): Promise<readonly ChannelEvent[]> {
  const { lookup } = working.context;
  const keys = [...present.map(({ id }) => id), ...removed].map(messageKey);
  const known = await lookup.known(keys);
  const fresh = present.filter(({ id, receivedDateTime = Number.POSITIVE_INFINITY, isDraft }) =>
    known.has(messageKey(id)) ? isDraft === true : since === undefined || receivedDateTime >= since,
  );
  const standing = present.filter(({ id }) => known.has(messageKey(id)));
  const left = await elsewhere(
    working,
    removed.filter((id) => known.has(messageKey(id))),
    call,
  );
  return [
    ...(await fetchMessages(working, [...new Set(fresh.map(({ id }) => id))], call)),
    ...(await compare(working, [...standing, ...left.there], askedAt)),
    ...left.gone.map((id) => ({ type: 'removed' as const, target: messageKey(id), at: askedAt })),
  ];
}

/** What has to be told so that messages known here become what Outlook says of them. */
export async function compare(
  { context: { lookup } }: Working,
  states: readonly State[],
  at: number,
): Promise<readonly ChannelEvent[]> {
  const keys: readonly MessageKey[] = states.map(({ id }) => messageKey(id));
  const [placed, flags] = await Promise.all([lookup.placements(keys), lookup.flags(keys)]);
  return states.flatMap((state) => {
    const key = messageKey(state.id);
    return differences(state, placed.get(key) ?? [], flags.get(key) ?? {}, at);
  });
}

/** To a folder it is the same whether a message was deleted or moved: so it is asked for. */
export async function elsewhere(
  { graph }: Working,
  ids: readonly string[],
  call: CallOptions,
): Promise<{ readonly there: readonly State[]; readonly gone: readonly string[] }> {
  const found = await Promise.all(
    ids.map(async (id) => {
      try {
        return await graph.ask(State, { path: messagePath(id), query: { $select: stateProperties } }, call);
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    }),
  );
  return {
    there: found.filter((one) => one !== undefined),
    gone: ids.filter((_id, index) => found[index] === undefined),
  };
}
