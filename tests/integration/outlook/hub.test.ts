import outlook from '../../../adapters/outlook/index.ts';
import { client, type Microsoft, startMicrosoft } from '../../simulators/microsoft/index.ts';
import { mailboxAtHome } from '../mailbox.ts';

mailboxAtHome<Microsoft>({
  channel: outlook,
  start: () => startMicrosoft({ talks: 8, messages: 40 }),
  fields: (server) => ({ clientId: client.id, tenant: client.tenant, server }),
  threads({ mailbox }) {
    const inbox = mailbox.folder('inbox').id;
    return new Set(mailbox.messages.filter(({ folder }) => folder === inbox).map((one) => one.conversationId)).size;
  },
  threadOf({ mailbox }, id) {
    const { conversationId } = mailbox.message(id);
    return mailbox.messages.filter((one) => one.conversationId === conversationId).length;
  },
  inInbox: (microsoft, id) => microsoft.mailbox.message(id).folder === microsoft.mailbox.folder('inbox').id,
  read: (microsoft, id) => microsoft.mailbox.change(id, { isRead: true }),
});
