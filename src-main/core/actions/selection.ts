import type { Channel } from '../../../src-shared/channel.ts';
import type { AccountId, ConversationId, MessageId } from '../../../src-shared/model/index.ts';
import type { Queries, Store } from '../../store/api.ts';
import type { Directory } from '../accounts/directory.ts';

export type Target = Queries['targets']['output'][number];
/** The part of a selection that one account answers for. */
export interface Share {
  readonly account: AccountId;
  readonly channel: Channel;
  readonly targets: readonly Target[];
  readonly conversations: readonly ConversationId[];
}

export interface Chosen {
  readonly conversations?: readonly ConversationId[] | undefined;
  readonly messages?: readonly MessageId[] | undefined;
}
/** A selection may span accounts; each does its share by what its own channel can. */
export async function shares(store: Store, directory: Directory, selection: Chosen): Promise<readonly Share[]> {
  const { conversations = [], messages = [] } = selection;
  if (conversations.length + messages.length === 0) return [];
  const targets = await store.query('targets', {
    ...(conversations.length > 0 ? { conversations } : {}),
    ...(messages.length > 0 ? { messages } : {}),
  });
  const byAccount = Map.groupBy(targets, (target) => target.account);
  return Promise.all(
    [...byAccount].map(async ([account, own]) => ({
      account,
      channel: await directory.channelOf(account),
      targets: own,
      conversations: [...new Set(own.map((target) => target.conversationId))],
    })),
  );
}

/** The newest target of each conversation: they come in the network's own order, which tells messages of one second apart. */
export const newestOf = (targets: readonly Target[]): readonly Target[] => [
  ...new Map(targets.map((target) => [target.conversationId, target])).values(),
];
