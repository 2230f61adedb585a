import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../src-shared/channel.ts';
import type { Parsed } from '../../../src-shared/ipc/index.ts';
import { asTxnId, type ConversationId, type ConversationPatch } from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import { CallError, notFound } from '../errors.ts';
import type { Ingest } from '../ingest/index.ts';
import { operationOf, type Supervisor } from '../supervisor/index.ts';

/** Somebody waits for it, ms. */
const patience = 30_000;

export interface CreateOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ingest: Ingest;
  readonly supervisor: Supervisor;
}

/** Begins a conversation on the network of an account, and answers under which number it is here. */
export async function createConversation(
  { store, clock, ingest, supervisor }: CreateOptions,
  { account, title, members }: Parsed<'conversation.create'>,
): Promise<{ conversation: ConversationId }> {
  const live = supervisor.needOnline(account);
  const group = operationOf(live, 'group');
  const { name, features } = live.channel;
  if (!group) throw new CallError('unsupported', `${name} has no conversations one could begin from here.`);
  const most = features.group?.maxMembers;
  if (most !== undefined && members.length > most)
    throw new CallError('refused', `${name} takes at most ${most} people into a conversation.`);
  const signal = AbortSignal.any([live.over, AbortSignal.timeout(patience)]);
  const key = await group.create(title, members, { txn: asTxnId(randomUUID()), signal });
  const found = () => store.query('lookup.conversation', { account, key });
  const known = await found();
  if (known !== null) return { conversation: known };
  // The network has not told of it yet: it stands here meanwhile with what is known of it.
  const patch: ConversationPatch = {
    kind: title === '' && members.length === 1 ? 'direct' : 'group',
    members: [...members],
    ...(title === '' ? {} : { title }),
  };
  await ingest.apply(account, {
    events: [{ type: 'conversation', key, patch, at: clock.now() }],
    origin: 'history',
  });
  const made = await found();
  if (made === null) throw notFound('The conversation');
  return { conversation: made };
}
