import type { IncomingMessage } from '../../../src-shared/model/index.ts';
import { identity, type KnownIdentity } from './identities.ts';
import { addParticipant } from './taking-part.ts';
import type { Account, Conversation, Work } from './work.ts';

type Named = Pick<IncomingMessage, 'from' | 'at' | 'conversation' | 'recipients'>;
export interface PeopleOfMessage {
  /** Null for the system's own messages. */
  readonly author: KnownIdentity | null;
  readonly recipients: readonly KnownIdentity[];
}
/** Everyone a message names, made known; names are learnt on the way. */
export function peopleOf(work: Work, account: Account, message: Named): PeopleOfMessage {
  const isMail = message.conversation === undefined;
  const { from } = message;
  const { at } = message;
  const author =
    from.is === 'system' ? null : identity(work, account, from.key ?? account.key, isMail, { name: from.name, at });
  const recipients = (message.recipients ?? []).map(({ key, name }) =>
    identity(work, account, key, isMail, { name, at }),
  );
  return { author, recipients };
}

/** Recipients of one message counted as taking part: a mail to thousands is not a conversation among them. */
const maxTakingPart = 50;
export function joinConversation(
  work: Work,
  conversation: Conversation,
  message: Named,
  people: PeopleOfMessage,
): void {
  if (people.author && message.from.is === 'user') addParticipant(work, conversation, people.author);
  for (const [i, who] of people.recipients.slice(0, maxTakingPart).entries())
    if (message.recipients?.[i]?.role !== 'reply-to') addParticipant(work, conversation, who);
}
