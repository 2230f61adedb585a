import { expect, test } from 'vitest';
import { asBlobRef, asMessageKey, asUserKey, type Part } from '../../../src-shared/model/index.ts';
import { at, chat, mail, Scene } from '../testing/scene.ts';

test('a conversation opens at a time: at the first message that is not before it', () => {
  const made = new Scene('chat');
  made.tell(...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((minute) => chat(`m${minute}`, { at: at(minute * 10) })));
  const conversation = made.only().id;
  const around = (time: number) => made.store.query('conversation.page', { conversation, at: time, limit: 3 });
  const keys = (time: number) => around(time).messages.map((message) => message.key);
  expect(keys(at(45))).toEqual(['m4', 'm5', 'm6']);
  expect(keys(at(50))).toEqual(['m4', 'm5', 'm6']);
  expect(keys(at(0))).toEqual(['m1', 'm2']);
  expect(around(at(0))).not.toHaveProperty('older');
  expect(around(at(45))).toMatchObject({ older: expect.any(String), newer: expect.any(String) });
  // Later than all of them: the newest.
  expect(keys(at(500))).toEqual(['m7', 'm8', 'm9']);
});

test('a list shows what was written, not what was quoted nor how it was signed', () => {
  const made = new Scene('mail');
  const text = [
    'On Tue, 1 Mar 2011 at 18:02, Ann <ann@example.org> wrote:',
    '> Shall we?',
    '',
    'Fine by me.',
    '',
    '-- ',
    'Bob, Sales',
  ].join('\n');
  made.tell(mail('a', { parts: [{ kind: 'text', format: 'plain', text }] }));
  expect(made.only().preview).toBe('On Tue, 1 Mar 2011 at 18:02, Ann <ann@example.org> wrote: Fine by me.');
});

test('an answer above a long quotation is previewed by its own words alone', () => {
  const made = new Scene('mail');
  const quoted = Array.from({ length: 60 }, (_, line) => `> line ${line}`).join('\n');
  const text = `Fine by me.\n\nOn Tue, 1 Mar 2011 at 18:02, Ann <ann@example.org> wrote:\n${quoted}\n`;
  made.tell(mail('a', { parts: [{ kind: 'text', format: 'plain', text }] }));
  expect(made.only().preview).toBe('Fine by me.');
});

test('what is to be changed comes in the network’s own order, which tells messages of one second apart', () => {
  const made = new Scene('chat');
  // History comes newest first.
  made.tell(...['3', '2', '1'].map((order) => chat(`m${order}`, { at: at(1), order })));
  const targets = made.store.query('targets', { conversations: [made.only().id] });
  expect(targets.map(({ key }) => key)).toEqual(['m1', 'm2', 'm3']);
});

test('of a message without words a list shows what it is', () => {
  const media = { ref: asBlobRef('photo'), mime: 'image/jpeg' };
  const shown = (part: Part) => {
    const made = new Scene('chat');
    made.tell(chat('a', { parts: [part] }));
    return made.only().preview;
  };
  expect(shown({ kind: 'image', media })).toBe('📷');
  expect(shown({ kind: 'image', media: { ...media, name: 'quay.jpg' } })).toBe('quay.jpg');
  expect(shown({ kind: 'audio', media, voiceNote: true })).toBe('🎤');
  expect(shown({ kind: 'call', direction: 'incoming', media: 'audio', outcome: 'missed' })).toBe('📞');
  expect(shown({ kind: 'unsupported', what: 'a game' })).toBe('a game');
});

test('who answers their own words is named as the account is, not by a key', () => {
  const made = new Scene('chat');
  const key = asUserKey('U0ME');
  made.store.command('account.save', {
    channel: 'test',
    inboxIsLabel: false,
    description: { key: asUserKey('me@example.org'), label: 'Mine', identities: [{ key, name: 'Ada' }], config: {} },
  });
  const from = { is: 'user', key } as const;
  made.tell(chat('a', { from }), chat('b', { from, at: at(2), replyTo: asMessageKey('a') }));
  expect(made.keyed('b').replyTo).toMatchObject({ author: 'Ada', snippet: 'text of a' });
});
