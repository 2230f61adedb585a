import { expect, test } from 'vitest';
import { asUserKey, IdentityId } from '../../../../src-shared/ids.ts';
import type { PersonRef } from '../../../../src-shared/ipc/index.ts';
import { findMentionable, findPeople, mentionBefore } from './mention.ts';

const person = (id: number, name: string, more: Partial<PersonRef> = {}): PersonRef => ({
  identity: IdentityId.parse(id),
  person: null,
  key: asUserKey(`u${id}`),
  name,
  address: null,
  me: false,
  ...more,
});

test('an @ at the beginning of a word asks for people, one within a word does not', () => {
  expect(['@', 'Hi @an', '(@Hana Dv', "@O'Neill"].map(mentionBefore)).toEqual(['', 'an', 'Hana Dv', "O'Neill"]);
  expect(['', 'a@b', '@@', '@ a', 'me@example.org'].map(mentionBefore)).toEqual([null, null, null, null, null]);
});

test('people are found by any word of their name, whatever its marks, and never oneself', () => {
  const people = [
    person(1, 'Ola Żak'),
    person(2, 'Żaneta'),
    person(3, 'Me', { me: true }),
    person(4, '', { address: 'mailto:zara@example.org' }),
  ];
  const found = (words: string) => findPeople(people, words, 8).map(({ identity }) => identity);
  expect(found('żan')).toEqual([2]);
  expect(found('zak')).toEqual([1]);
  expect(found('zar')).toEqual([4]);
  expect(found('me')).toEqual([]);
  expect(found('')).toEqual([1, 2, 4]);
});

test('who is in the conversation comes first, then all of it, then others; people before programs', () => {
  const inside = [person(1, 'Helper', { bot: true }), person(2, 'Hedda'), person(2, 'Hedda'), person(3, 'Ola')];
  const outside = [person(2, 'Hedda'), person(4, 'Henryk')];
  const calls = [
    { key: asUserKey('!channel'), name: 'channel', reaches: 'everyone' },
    { key: asUserKey('!here'), name: 'here', reaches: 'active' },
  ] as const;
  const found = (words: string, most = 8) =>
    findMentionable({ inside, outside, calls: [...calls] }, words, most).map((one) =>
      one.is === 'many' ? one.call.name : `${one.person.name}${one.outside ? ' (outside)' : ''}`,
    );
  expect(found('he')).toEqual(['Hedda', 'Helper', 'here', 'Henryk (outside)']);
  expect(found('he', 2)).toEqual(['Hedda', 'here']);
  expect(found('chan')).toEqual(['channel']);
  expect(found('')).toEqual(['Hedda', 'Ola', 'Helper', 'channel', 'here', 'Henryk (outside)']);
});
