import type { ChannelEvent, MessageKey } from '../../../src-shared/model/index.ts';
import type { CallOptions } from '../../_kit/http/index.ts';
import { fetchMessages, isGone } from '../fetch.ts';
import { messageKey } from '../ids.ts';
import { differences } from '../labels.ts';
import { Named, Removed, State, stateProperties, WholeState } from '../wire.ts';
import { messagePath, type Working } from '../working.ts';

/** What a page of a folder's delta says: what lies there, and what does so no longer. */
export interface Changes {
  readonly present: readonly State[];
  /** Told with a part of their properties: Graph promises those that have changed, and no others. */
  readonly partial: readonly string[];
  readonly removed: readonly string[];
  /** Items that name no message. */
  readonly odd: number;
}
export function changesIn(value: readonly unknown[]): Changes {
  const removed = value.flatMap((one) => Removed.safeParse(one).data?.id ?? []);
  const others = value.filter((one) => !Removed.safeParse(one).success);
  const present = others.flatMap((one) => WholeState.safeParse(one).data ?? []);
  const partial = others.flatMap((one) =>
    WholeState.safeParse(one).success ? [] : (Named.safeParse(one).data?.id ?? []),
  );
  return { present, partial, removed, odd: others.length - present.length - partial.length };
}
/** The same with what was told in part asked for whole; what is gone meanwhile is removed. */
export async function completed(working: Working, changes: Changes, call: CallOptions): Promise<Changes> {
  const { there, gone } = await elsewhere(working, changes.partial, call);
  return { ...changes, partial: [], present: [...changes.present, ...there], removed: [...changes.removed, ...gone] };
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
  const isKnown = ({ id }: Pick<State, 'id'>): boolean => known.has(messageKey(id));
  const left = await elsewhere(
    working,
    removed.filter((id) => isKnown({ id })),
    call,
  );
  const states = [...present.filter(isKnown), ...left.there];
  const held = await lookup.flags(states.map(({ id }) => messageKey(id)));
  // A draft is written again and again; one that was sent meanwhile may have been written a last time before.
  const written = states.filter(({ id, isDraft }) => isDraft === true || held.get(messageKey(id))?.draft === true);
  const fresh = present.filter(
    (state) =>
      !isKnown(state) && (since === undefined || (state.receivedDateTime ?? Number.POSITIVE_INFINITY) >= since),
  );
  const fetched = await fetchMessages(working, [...new Set([...fresh, ...written].map(({ id }) => id))], call);
  return [
    ...fetched.map((event) => asWritten(event, written)),
    ...(await compare(working, states, askedAt)),
    ...left.gone.map((id) => ({ type: 'removed' as const, target: messageKey(id), at: askedAt })),
  ];
}

/** What was a draft when it was last seen counts by when it was changed, and so does its last writing. */
function asWritten(event: ChannelEvent, written: readonly State[]): ChannelEvent {
  if (event.type !== 'message' || event.message.version !== undefined) return event;
  const version = written.find(({ id }) => messageKey(id) === event.message.key)?.lastModifiedDateTime;
  return version === undefined ? event : { ...event, message: { ...event.message, version } };
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
