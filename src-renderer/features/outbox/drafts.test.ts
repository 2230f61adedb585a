import { expect, test } from 'vitest';
import type { DraftView, RemoteDraft } from '../../../src-shared/ipc/index.ts';
import { AccountId, asUserKey, ConversationId, DraftId, MessageId } from '../../../src-shared/model/index.ts';
import { memoryHub } from '../../testing/transport.ts';
import { conversation } from '../../testing/views.ts';
import { createComposerStore } from '../composer/store.ts';
import { entriesOf } from './draft-entries.ts';

const draft: DraftView = {
  id: DraftId.parse(3),
  account: AccountId.parse(1),
  conversation: ConversationId.parse(1),
  from: null,
  recipients: [{ role: 'to', key: asUserKey('anna@example.org') }],
  subject: 'Tea',
  text: 'Half a\nthought',
  format: 'plain',
  attachments: [],
  replyTo: null,
  forwards: null,
  updatedAt: 2000,
  elsewhere: true,
};
const remote = (id: number, at: number): RemoteDraft => ({
  message: MessageId.parse(id),
  account: AccountId.parse(1),
  conversation: ConversationId.parse(2),
  recipients: [
    { role: 'to', key: asUserKey('anna@example.org') },
    { role: 'reply-to', key: asUserKey('me@example.org') },
  ],
  subject: null,
  preview: 'Begun on the train',
  at,
});

test('drafts of both kinds are one list, the last touched first', () => {
  const entries = entriesOf([draft], [remote(8, 1000), remote(9, 3000)]);
  expect(entries.map(({ key }) => key)).toEqual(['message 9', 'draft 3', 'message 8']);
  expect(entries[0]).toMatchObject({ subject: '', words: 'Begun on the train', recipients: [{ role: 'to' }] });
  expect(entries[1]).toMatchObject({ words: 'Half a thought', from: { is: 'here', elsewhere: true } });
});

test('a draft of another client is gone on with where its conversation is opened', async () => {
  const hub = memoryHub({ 'drafts.get': () => null, 'drafts.take': () => draft });
  const composers = createComposerStore(hub.client);
  await composers.getState().resume(conversation(1, { hasDraft: true }));
  expect(hub.callsOf('drafts.take')).toEqual([{ conversation: 1 }]);
  expect(composers.getState().composers['conversation:1']).toMatchObject({ draft: 3, saving: 'saved' });
});

test('a draft whose files cannot be fetched now is left as it stands', async () => {
  const hub = memoryHub({
    'drafts.get': () => null,
    'drafts.take': () => {
      throw new Error('Not connected.');
    },
  });
  const composers = createComposerStore(hub.client);
  await composers.getState().resume(conversation(1, { hasDraft: true }));
  expect(composers.getState().composers['conversation:1']?.draft ?? null).toBeNull();
});
