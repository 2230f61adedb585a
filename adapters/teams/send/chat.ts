import { ChannelError, type OperationOptions } from '../../../src-shared/channel.ts';
import type { UserKey } from '../../../src-shared/model/index.ts';
import { isChatId, type Place } from '../ids.ts';
import { Created } from '../wire.ts';
import type { Working } from '../working.ts';

/**
 * A chat with these people. With one and without a title it is the same every time; a group is a new one each time
 * (https://learn.microsoft.com/en-us/graph/api/chat-post).
 */
export async function openChat(
  { graph, me }: Working,
  title: string,
  members: readonly UserKey[],
  { signal }: Pick<OperationOptions, 'signal'>,
): Promise<Place & { is: 'chat' }> {
  const others = [...new Set(members)].filter((key) => key !== me);
  if (others.length === 0) throw new ChannelError('no-recipient', 'refused', 'Say whom it is for.');
  const topic = title.trim().replace(/[:]/g, ' ').slice(0, 250);
  const direct = others.length === 1 && topic === '';
  const member = (key: string) => ({
    '@odata.type': '#microsoft.graph.aadUserConversationMember',
    roles: ['owner'],
    'user@odata.bind': graph.address(`/users('${key.replaceAll("'", "''")}')`),
  });
  const json = {
    chatType: direct ? 'oneOnOne' : 'group',
    ...(topic !== '' && { topic }),
    members: [me, ...others].map(member),
  };
  const { id } = await graph.ask(Created, { method: 'POST', path: '/chats', json }, { signal, repeatable: direct });
  if (!isChatId(id)) throw new ChannelError('protocol', 'unknown', 'Teams answered something unexpected.');
  return { is: 'chat', chat: id };
}
