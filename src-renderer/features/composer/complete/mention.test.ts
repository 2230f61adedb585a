import { expect, test } from 'vitest';
import { asUserKey, IdentityId } from '../../../../src-shared/ids.ts';
import type { PersonRef } from '../../../../src-shared/ipc/index.ts';
import { findPeople, mentionBefore } from './mention.ts';

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
