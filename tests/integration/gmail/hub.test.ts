import gmail from '../../../adapters/gmail/index.ts';
import { client, type Google, startGoogle } from '../../simulators/google/index.ts';
import { mailboxAtHome } from '../mailbox.ts';

mailboxAtHome<Google>({
  channel: gmail,
  start: () => startGoogle({ talks: 8, messages: 40 }),
  fields: (server) => ({ clientId: client.id, clientSecret: client.secret, server }),
  threads: ({ mailbox: { messages } }) =>
    new Set(messages.filter(({ labels }) => labels.has('INBOX')).map(({ threadId }) => threadId)).size,
  threadOf({ mailbox }, id) {
    const { threadId } = mailbox.message(id);
    return mailbox.messages.filter((one) => one.threadId === threadId).length;
  },
  inInbox: (google, id) => google.mailbox.message(id).labels.has('INBOX'),
  read: (google, id) => google.mailbox.modify(id, [], ['UNREAD']),
});
