import { describe, expect, test } from 'vitest';
import { asMessageKey } from '../../../src-shared/model/index.ts';
import { at, chat, mail, Scene } from '../testing/scene.ts';

const listed = (scene: Scene) => scene.store.query('notifications', { limit: 50 });
const read = (key: string, minutes: number) =>
  ({ type: 'flags', target: asMessageKey(key), flags: { read: true }, at: at(minutes) }) as const;

describe('what the person is to be told of', () => {
  test('is what came live and unread, by conversation, the newest first; history never is', () => {
    const scene = new Scene('mail');
    scene.tell(mail('old', { at: at(1) }));
    scene.live(mail('a', { at: at(2) }), mail('b', { at: at(3) }), mail('c', { links: ['a'], at: at(4) }));
    scene.live(mail('seen', { at: at(5), flags: { read: true } }));
    const view = listed(scene);
    expect(view).toMatchObject({ conversations: 2, messages: 3 });
    expect(view.groups.map(({ count, lastAt }) => [count, lastAt])).toEqual([
      [2, at(4)],
      [1, at(3)],
    ]);
    expect(view.groups[0]?.messages.map(({ preview }) => preview)).toEqual(['text of a', 'text of c']);
    expect(view.groups[0]?.messages[0]?.author).toBe('Ada');
  });

  test('is not told twice when the network repeats itself, nor once read elsewhere', () => {
    const scene = new Scene('mail');
    scene.live(mail('a', { at: at(2) }));
    expect(scene.live(mail('a', { at: at(2) })).arrivals).toEqual([]);
    expect(listed(scene).messages).toBe(1);
    const { topics } = scene.live(read('a', 6));
    expect(topics).toContainEqual({ on: 'notifications' });
    expect(listed(scene)).toMatchObject({ groups: [], messages: 0 });
    scene.live(mail('a', { at: at(2) }));
    expect(listed(scene).messages).toBe(0);
  });

  test('goes while its conversation is done, snoozed or muted, and comes back with it', () => {
    const scene = new Scene('chat');
    scene.live(chat('a', { at: at(2) }));
    const { id } = scene.only();
    const local = (change: object) => scene.store.command('conversation.local', { conversations: [id], ...change });
    for (const [on, off] of [
      [{ archived: true }, { archived: false }],
      [{ snoozedUntil: at(2000) }, { snoozedUntil: null }],
      [{ muted: true }, { muted: false }],
    ] as const) {
      local(on);
      expect(listed(scene).messages, JSON.stringify(on)).toBe(0);
      scene.store.now += 1;
      local(off);
      expect(listed(scene).messages, JSON.stringify(off)).toBe(1);
      scene.store.now += 1;
    }
  });

  test('is put away by conversation, by message or all at once, and stays unread', () => {
    const scene = new Scene('mail');
    scene.live(mail('a', { at: at(2) }), mail('b', { at: at(3) }), mail('c', { at: at(4) }));
    const held = () =>
      scene.store.query('notifications.held', { messages: ['a', 'b', 'c'].map((key) => scene.idOf(key)) });
    scene.store.command('notifications.clear', { messages: [scene.idOf('a')] });
    expect(held()).toEqual([scene.idOf('b'), scene.idOf('c')]);
    scene.store.command('notifications.clear', { conversations: [scene.keyed('b').conversation] });
    expect(held()).toEqual([scene.idOf('c')]);
    scene.store.command('notifications.clear', {});
    expect(held()).toEqual([]);
    expect(scene.conversations('unread')).toHaveLength(3);
  });

  test('names the person who wrote, so that rules for people can be followed', () => {
    const scene = new Scene('mail');
    const [arrival] = scene.live(mail('a', { at: at(2) })).arrivals;
    const [row] = scene.conversations();
    expect(arrival?.person).toBe(row?.people[0]?.person);
    expect(arrival?.person).not.toBeNull();
  });
});
