import { createHash } from 'node:crypto';
import type { Done, OperationOptions, SendOptions } from '../../../src-shared/channel.ts';
import { asCursor, type ChannelEvent, type MessageKey, type OutgoingMessage } from '../../../src-shared/model/index.ts';
import { fetchMessages, isGone } from '../fetch.ts';
import { draftScope, idOf, messageKey } from '../ids.ts';
import { State, stateProperties } from '../wire.ts';
import { messagePath, type Working } from '../working.ts';
import { composeFor } from './compose.ts';
import { findByTxn, placeDraft } from './place.ts';

/**
 * What a draft says, to tell whether other hands have written on in it: Outlook keeps its id when they do, and changes its
 * times for less. Undefined when it is gone.
 */
function wordsOf(id: string, told: readonly ChannelEvent[]): string | undefined {
  for (const event of told)
    if (event.type === 'message' && event.message.key === messageKey(id)) {
      const { subject, recipients = [], parts } = event.message;
      const people = recipients.map(({ role, key }) => [role, key]);
      const said = JSON.stringify([subject, people, parts], (name, value: unknown) => (name === 'ref' ? null : value));
      return createHash('sha256').update(said).digest('base64url');
    }
  return undefined;
}
/** When it was last changed, Unix ms. */
const versionOf = (id: string, told: readonly ChannelEvent[]): number =>
  told.flatMap((event) => (event.type === 'message' && event.message.key === messageKey(id) ? [event.message] : []))[0]
    ?.version ?? 0;
/** Notes what a draft said when it was saved here; nothing any more where it is gone. */
async function note({ context }: Working, id: string, words: string | undefined): Promise<void> {
  const checkpoint = { scope: draftScope(id), cursor: words === undefined ? undefined : asCursor(words) };
  await context.emit({ events: [], origin: 'live', checkpoint });
}
/**
 * A draft that says something else than when it was saved here, as it is told now; undefined where it does not, or where the
 * person goes on from that: `seen` is when it was last changed as it was told to them (Unix ms).
 */
async function writtenElsewhere(
  working: Working,
  id: string,
  signal: AbortSignal,
  seen?: number,
): Promise<readonly ChannelEvent[] | undefined> {
  const noted = await working.context.checkpoint(draftScope(id));
  if (noted === undefined && seen === undefined) return undefined;
  const told = await fetchMessages(working, [id], { signal });
  if (seen !== undefined && versionOf(id, told) <= seen) return undefined;
  const words = wordsOf(id, told);
  return words === undefined || words === noted ? undefined : told;
}

async function isDraft({ graph }: Working, id: string, signal: AbortSignal): Promise<boolean> {
  try {
    const state = await graph.ask(State, { path: messagePath(id), query: { $select: stateProperties } }, { signal });
    return state.isDraft === true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}
async function throwAway({ graph }: Working, id: string, signal: AbortSignal): Promise<void> {
  const json = { destinationId: 'deleteditems' };
  await graph.tell({ method: 'POST', path: messagePath(id, '/move'), json }, { signal, repeatable: true });
}
async function erase({ graph }: Working, id: string, signal: AbortSignal): Promise<void> {
  try {
    await graph.tell({ method: 'POST', path: messagePath(id, '/permanentDelete') }, { signal, repeatable: true });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/**
 * Saves a draft beside the one it replaces, then takes that one away: Graph writes no MIME over what is there. One in which
 * other hands have written stays. `elsewhere` says so, or that it was gone without a former try of this save being the reason.
 */
export async function saveDraft(
  working: Working,
  draft: OutgoingMessage,
  replaces: MessageKey | undefined,
  options: OperationOptions & Pick<SendOptions, 'open'> & { readonly seen?: number },
): Promise<Done & { key: MessageKey; elsewhere: boolean }> {
  const { signal, txn, seen } = options;
  const former =
    replaces !== undefined && (await isDraft(working, idOf(replaces), signal)) ? idOf(replaces) : undefined;
  const before = await findByTxn(working, 'drafts', txn, signal);
  let id = before === former ? undefined : before;
  if (id === undefined) {
    const composed = await composeFor(working, draft, { ...options, draft: true });
    id = await placeDraft(working, composed, { signal }, async () => undefined);
  }
  const theirs = former === undefined ? undefined : await writtenElsewhere(working, former, signal, seen);
  if (former !== undefined && !theirs) await erase(working, former, signal);
  working.lookAround();
  const events = await fetchMessages(working, [id], { signal });
  await note(working, id, wordsOf(id, events));
  if (replaces !== undefined) await note(working, replaces, undefined);
  const ended: readonly ChannelEvent[] =
    replaces === undefined ? [] : [{ type: 'removed', target: replaces, at: working.context.clock.now() }];
  const elsewhere = replaces !== undefined && before === undefined && former === undefined;
  return {
    key: messageKey(id),
    elsewhere: elsewhere || theirs !== undefined,
    events: [...events, ...(theirs ?? ended)],
  };
}

/** Takes a draft away; one in which other hands have written can be had back from the bin. */
export async function discardDraft(working: Working, key: MessageKey, { signal }: OperationOptions): Promise<Done> {
  const id = idOf(key);
  if (await isDraft(working, id, signal)) {
    if (await writtenElsewhere(working, id, signal)) await throwAway(working, id, signal);
    else await erase(working, id, signal);
  }
  await note(working, id, undefined);
  working.lookAround();
  return { events: [{ type: 'removed', target: key, at: working.context.clock.now() }] };
}
