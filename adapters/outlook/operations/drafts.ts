import type { Done, OperationOptions, SendOptions } from '../../../src-shared/channel.ts';
import type { ChannelEvent, MessageKey, OutgoingMessage } from '../../../src-shared/model/index.ts';
import { fetchMessages, isGone } from '../fetch.ts';
import { idOf, messageKey } from '../ids.ts';
import { State, stateProperties } from '../wire.ts';
import { messagePath, type Working } from '../working.ts';
import { composeFor } from './compose.ts';
import { findByTxn, placeDraft } from './place.ts';

async function isDraft({ graph }: Working, id: string, signal: AbortSignal): Promise<boolean> {
  try {
    const state = await graph.ask(State, { path: messagePath(id), query: { $select: stateProperties } }, { signal });
    return state.isDraft === true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}
async function erase({ graph }: Working, id: string, signal: AbortSignal): Promise<void> {
  try {
    await graph.tell({ method: 'POST', path: messagePath(id, '/permanentDelete') }, { signal, repeatable: true });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/**
 * Saves a draft beside the one it replaces, then takes that one away: Graph writes no MIME over what is there.
 * `elsewhere` when that was gone without a former try of this save being the reason: other hands were at it.
 */
export async function saveDraft(
  working: Working,
  draft: OutgoingMessage,
  replaces: MessageKey | undefined,
  options: OperationOptions & Pick<SendOptions, 'open'>,
): Promise<Done & { key: MessageKey; elsewhere: boolean }> {
  const { signal, txn } = options;
  const former =
    replaces !== undefined && (await isDraft(working, idOf(replaces), signal)) ? idOf(replaces) : undefined;
  const before = await findByTxn(working, 'drafts', txn, signal);
  let id = before === former ? undefined : before;
  if (id === undefined) {
    const composed = await composeFor(working, draft, { ...options, draft: true });
    id = await placeDraft(working, composed, { signal }, async () => undefined);
  }
  if (former !== undefined) await erase(working, former, signal);
  working.lookAround();
  const events = await fetchMessages(working, [id], { signal });
  const ended: readonly ChannelEvent[] =
    replaces === undefined ? [] : [{ type: 'removed', target: replaces, at: working.context.clock.now() }];
  const elsewhere = replaces !== undefined && former === undefined && before === undefined;
  return { key: messageKey(id), elsewhere, events: [...events, ...ended] };
}

export async function discardDraft(working: Working, key: MessageKey, { signal }: OperationOptions): Promise<Done> {
  const id = idOf(key);
  if (await isDraft(working, id, signal)) await erase(working, id, signal);
  working.lookAround();
  return { events: [{ type: 'removed', target: key, at: working.context.clock.now() }] };
}
