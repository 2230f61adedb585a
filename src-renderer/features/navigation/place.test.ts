import { expect, test } from 'vitest';
import { AccountId, ConversationId, LabelId, MessageId, PersonId } from '../../../src-shared/ids.ts';
import { fromHash, home, type Location, toHash } from './place.ts';

test('where one is survives the address and back', () => {
  const locations: readonly Location[] = [
    { place: home, conversation: null, around: null },
    {
      place: { is: 'view', view: 'done', account: AccountId.parse(3) },
      conversation: ConversationId.parse(12),
      around: null,
    },
    {
      place: { is: 'label', label: LabelId.parse(4) },
      conversation: ConversationId.parse(1),
      around: MessageId.parse(9),
    },
    { place: { is: 'outbox' }, conversation: null, around: null },
    { place: { is: 'files' }, conversation: null, around: null },
    { place: { is: 'notifications' }, conversation: ConversationId.parse(7), around: null },
    { place: { is: 'people', person: null }, conversation: null, around: null },
    { place: { is: 'people', person: PersonId.parse(5) }, conversation: ConversationId.parse(1), around: null },
    {
      place: { is: 'search', text: 'from:"Ada L." 50% a/b.c #1 ż' },
      conversation: ConversationId.parse(3),
      around: MessageId.parse(9),
    },
  ];
  for (const location of locations) expect(fromHash(toHash(location))).toEqual(location);
});

test('an address nobody wrote leads home', () => {
  for (const hash of ['', '#', '#nonsense', '#label.x', '#inbox/-1/abc']) {
    expect(fromHash(hash)).toEqual({ place: home, conversation: null, around: null });
  }
});
