import { expect, it } from 'vitest';
import outlook from '../../../adapters/outlook/index.ts';
import { asUserKey, type DraftId } from '../../../src-shared/model/index.ts';
import { client, type Microsoft, startMicrosoft } from '../../simulators/microsoft/index.ts';
import { soon } from '../lived-in.ts';
import { mailboxAtHome } from '../mailbox.ts';

const home = mailboxAtHome<Microsoft>({
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

it('shows a draft as it was written on elsewhere, and what goes on from there takes its place', async () => {
  const { bench, network } = home;
  const [account] = await bench.call('accounts.list', {});
  if (!account) throw new Error('there is no account');
  const there = () => network.mailbox.messages.filter(({ isDraft }) => isDraft);
  const settled = () => soon('all is said', async () => (await bench.call('app.stats', {})).outboxWaiting === 0);
  const write = (text: string, draft?: DraftId) =>
    bench.call('drafts.save', {
      account: account.id,
      conversation: null,
      from: null,
      recipients: [{ role: 'to', key: asUserKey('ines@northwind.example') }],
      subject: 'Plan',
      text,
      format: 'plain',
      parts: [],
      replyTo: null,
      forwards: null,
      ...(draft === undefined ? {} : { draft }),
    });
  const here = () => bench.call('drafts.list', { limit: 9 });
  await write('One');
  const { id } = await soon('it is there', async () => there()[0]);
  await settled();
  const theirs = 'To: ines@northwind.example\r\nSubject: Plan\r\nMIME-Version: 1.0\r\n\r\nOne and two';
  network.mailbox.rewrite(id, Buffer.from(theirs));
  const remote = await soon('it is here', async () => (await bench.call('drafts.remote', { limit: 9 }))[0]);
  expect(await here()).toEqual([]);
  const taken = await bench.call('drafts.take', { message: remote.message });
  expect(taken).toMatchObject({ text: expect.stringContaining('One and two') });
  await write('One and two and three', taken?.id);
  await soon('it says all', async () => there().some(({ raw }) => raw.toString().includes('and three')));
  await settled();
  expect(there()).toHaveLength(1);
  expect(await here()).toMatchObject([{ id: taken?.id, text: 'One and two and three', elsewhere: false }]);
});
