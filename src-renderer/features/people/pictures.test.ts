import { expect, test } from 'vitest';
import { AccountId, ConversationId } from '../../../src-shared/ids.ts';
import { memoryHub } from '../../testing/transport.ts';
import { createPictureStore, isOwnEmoji, pictureOfConversation, pictureOfEmoji } from './pictures.ts';

test('a picture is asked for once, however many want it; one that failed again after a while, another after an hour', async () => {
  const party = pictureOfEmoji(AccountId.parse(1), ':party:');
  const group = pictureOfConversation(ConversationId.parse(7));
  let online = false;
  let gif = 'R0lG';
  const hub = memoryHub({
    'people.picture': (of) => {
      if (!online) throw new Error('offline');
      return 'emoji' in of ? { mime: 'image/gif', base64: gif } : null;
    },
  });
  let now = 0;
  const pictures = createPictureStore(hub.client, () => now);
  const { want } = pictures.getState();
  const asked = () => hub.callsOf('people.picture').length;
  want(party);
  want(party);
  expect(asked()).toBe(1);
  // Not answered, it may be asked for again, yet not at once.
  online = true;
  await expect
    .poll(() => {
      now += 60_000;
      want(party);
      return asked();
    })
    .toBe(2);
  await expect.poll(() => pictures.getState().drawn.get(party.name)).toBe('data:image/gif;base64,R0lG');
  want(group);
  await expect.poll(() => pictures.getState().drawn.get(group.name)).toBeNull();
  now += 3_500_000;
  for (const one of [party, group, party]) want(one);
  expect(asked()).toBe(3);
  // After an hour it is looked whether there is another one.
  gif = 'R0lH';
  now += 200_000;
  for (const one of [party, party]) want(one);
  expect(asked()).toBe(4);
  await expect.poll(() => pictures.getState().drawn.get(party.name)).toBe('data:image/gif;base64,R0lH');
});

test('an emoji of a network’s own is told from a character by its colons', () => {
  expect([':party:', ':+1:', '🎉', ':', '::', 'party', ':two words:'].map(isOwnEmoji)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
