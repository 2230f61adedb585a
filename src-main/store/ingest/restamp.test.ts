import { expect, test } from 'vitest';
import { asLabelKey, type ChannelEvent } from '../../../src-shared/model/index.ts';
import { at, key, mail, Scene } from '../testing/scene.ts';

const year = 365 * 86_400_000;
const inbox = (on: boolean, when: number): ChannelEvent => placed('inbox', on, when);
const placed = (label: string, on: boolean, when: number): ChannelEvent => ({
  type: 'placed',
  target: key('a'),
  label: asLabelKey(label),
  on,
  at: when,
});
const agrees = (scene: Scene): void => {
  for (const check of scene.store.query('check', {})) expect(check).toMatchObject({ ok: true });
};

test('O-13: what was done while the clock was ahead holds when it is put back, and gives way to what the network says from then on', () => {
  const scene = new Scene('mail');
  const { store } = scene;
  scene.tell(mail('a'), mail('b'));
  const ahead = at(1000) + year;
  store.now = ahead;
  const { conversation: id } = scene.keyed('a');
  scene.tell(
    { type: 'flags', target: key('a'), flags: { starred: true }, at: ahead },
    { type: 'flags', target: key('a'), flags: { read: true }, at: ahead + 1 },
    { type: 'reaction', target: key('a'), by: 'me', emoji: '👍', on: true, at: ahead },
    { type: 'label', key: asLabelKey('inbox'), patch: { name: 'Eingang' }, at: ahead },
    inbox(false, ahead),
    placed('archive', true, ahead),
  );
  store.command('conversation.local', { conversations: [id], muted: true });
  const shown = () => {
    const { flags, reactions } = scene.keyed('a');
    const { muted, inInbox } = scene.conversations().find((row) => row.id === id) ?? {};
    const label = store.sql.get<{ name: string }>(`SELECT name FROM labels WHERE key = 'inbox'`);
    return { flags, reactions: reactions.map(({ emoji }) => emoji), muted, inInbox, label: label?.name };
  };
  const done = shown();
  expect(done).toMatchObject({
    flags: { starred: true, read: true },
    reactions: ['👍'],
    muted: true,
    inInbox: false,
    label: 'Eingang',
  });

  store.now = at(1001);
  store.command('clock.putBack', { by: -year });
  expect(shown()).toEqual(done);
  agrees(scene);
  const now = at(1002);
  scene.tell(
    { type: 'flags', target: key('a'), flags: { starred: false, read: false }, at: now },
    { type: 'reaction', target: key('a'), by: 'me', emoji: '👍', on: false, at: now },
    { type: 'label', key: asLabelKey('inbox'), patch: { name: 'Inbox' }, at: now },
    inbox(true, now),
  );
  store.now = now;
  store.command('conversation.local', { conversations: [id], muted: false });
  expect(shown()).toMatchObject({
    flags: { starred: false, read: false },
    reactions: [],
    muted: false,
    inInbox: true,
    label: 'Inbox',
  });
  agrees(scene);
});

test('O-13: what the network has said meanwhile counts from when it was said', () => {
  const scene = new Scene('mail');
  scene.tell(mail('a'));
  scene.store.now = at(1000) + year;
  scene.tell(inbox(false, scene.store.now), inbox(true, at(1003)));
  expect(scene.conversations('inbox')).toEqual([]);
  scene.store.now = at(1005);
  scene.store.command('clock.putBack', { by: -year });
  expect(scene.only('inbox').messages).toBe(1);
  agrees(scene);
});

test('O-13: a start at an earlier time may be the one that is wrong, and moves nothing that was said', () => {
  const scene = new Scene('mail');
  const { store } = scene;
  scene.tell(mail('a'), inbox(true, at(1000)), inbox(false, at(5000)));
  store.now = at(2000);
  store.command('outbox.recover', { idempotentChannels: [] });
  scene.tell(inbox(true, at(4000)));
  expect(scene.conversations('inbox')).toEqual([]);
  agrees(scene);
});
