import { expect, test } from 'vitest';
import { asBlobRef } from '../../../src-shared/ids.ts';
import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { message } from '../../testing/views.ts';
import { withAlbums, wordsOf } from './album.ts';
import { timeline } from './timeline.ts';

const picture = (id: number, album: string | undefined, more: Partial<MessageView> = {}): MessageView =>
  message(id, {
    parts: [
      {
        kind: 'image',
        media: { ref: asBlobRef(`b${id}`), mime: 'image/jpeg', ...(album === undefined ? {} : { album }) },
      },
    ],
    ...more,
  });
const groups = (...messages: readonly MessageView[]) =>
  withAlbums(timeline(messages, { unreadFrom: null, incomplete: false, days: false })).map((group) =>
    group.map((item) => Number(item.key)),
  );

test('what was sent as one stands together as long as nothing comes between', () => {
  expect(groups(picture(1, 'a'), picture(2, 'a'), picture(3, 'b'), picture(4, 'b'), picture(5, 'a'))).toEqual([
    [1, 2],
    [3, 4],
    [5],
  ]);
});

test('pictures of no album, of another person, and removed ones stand for themselves', () => {
  expect(groups(picture(1, undefined), picture(2, undefined))).toEqual([[1], [2]]);
  expect(groups(picture(1, 'a'), picture(2, 'a', { fromMe: true }))).toEqual([[1], [2]]);
  expect(groups(picture(1, 'a'), picture(2, 'a', { removed: true }), picture(3, 'a'))).toEqual([[1], [2], [3]]);
});

test('words one of them came with are of all of them; where several have words each keeps its own', () => {
  const said = (id: number, text: string) => {
    const one = picture(id, 'a');
    return { ...one, parts: [...one.parts, { kind: 'text', text, format: 'plain' } as const] };
  };
  const wordsIn = (...messages: readonly MessageView[]) =>
    withAlbums(timeline(messages, { unreadFrom: null, incomplete: false, days: false })).map(
      (group) => wordsOf(group)?.parts.map(({ text }) => text) ?? null,
    );
  expect(wordsIn(said(1, 'The harbour'), picture(2, 'a'))).toEqual([['The harbour']]);
  expect(wordsIn(picture(1, 'a'), said(2, 'The harbour'))).toEqual([['The harbour']]);
  expect(wordsIn(said(1, 'One'), said(2, 'Two'))).toEqual([null]);
  expect(wordsIn(said(1, 'Alone'))).toEqual([null]);
});
