import { expect, test } from 'vitest';
import type { PersonId } from '../../../src-shared/model/index.ts';
import { asBlobRef, asUserKey } from '../../../src-shared/model/index.ts';
import { at, mail, Scene } from '../testing/scene.ts';

function scene(): Scene {
  const made = new Scene('mail');
  const by = (key: string, name: string) => ({ is: 'user', key: asUserKey(key), name }) as const;
  made.tell(
    mail('a', { at: at(3), from: by('cecil@example.org', 'Cecil') }),
    mail('b', { at: at(2), from: by('ada@example.org', 'Ada') }),
    mail('c', { at: at(1), from: by('bob@example.org', 'Bob') }),
  );
  return made;
}
const page = (of: Scene, query: object = {}) =>
  of.store.query('people.page', { text: '', sort: 'recent', limit: 50, ...query });
const names = (of: Scene, query: object = {}) => page(of, query).people.map((one) => one.name);
const personOf = (of: Scene, name: string): PersonId => {
  const found = page(of).people.find((one) => one.name === name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found.id;
};

test('people are listed by who wrote last or by name, narrowed by any part of name and address', () => {
  const made = scene();
  expect(names(made)).toEqual(['Cecil', 'Ada', 'Bob']);
  expect(names(made, { sort: 'name' })).toEqual(['Ada', 'Bob', 'Cecil']);
  expect(names(made, { text: 'BOB@' })).toEqual(['Bob']);
  expect(page(made).people[0]).toMatchObject({ addresses: ['cecil@example.org'], channels: ['test'], lastAt: at(3) });
});

test('names stand in the order of the alphabet they are read in, capitals and the rest together', () => {
  const made = new Scene('mail');
  const people = ['Łucja', 'Lena', 'marek', 'Zofia', 'Ćwik', 'Cecil', 'Adam', 'Żaneta'];
  made.tell(
    ...people.map((name, index) =>
      mail(name, { at: at(index), from: { is: 'user', key: asUserKey(`${index}@example.org`), name } }),
    ),
  );
  expect(names(made, { sort: 'name', language: 'pl' })).toEqual([
    'Adam',
    'Cecil',
    'Ćwik',
    'Lena',
    'Łucja',
    'marek',
    'Zofia',
    'Żaneta',
  ]);
  expect(names(made, { sort: 'name', language: 'pl', limit: 2, cursor: '4' })).toEqual(['Łucja', 'marek']);
});

test('whichever of somebody has a picture is their face, and programs are told from people', () => {
  const made = scene();
  const patch = { avatar: asBlobRef('face'), bot: true };
  made.tell({ type: 'user', key: asUserKey('ada@example.org'), patch, at: at(4) });
  const told = { key: 'ada@example.org', picture: 'face', bot: true };
  expect(page(made).people.map(({ face }) => face)).toEqual([undefined, expect.objectContaining(told), undefined]);
});

test('pages follow one another', () => {
  const made = scene();
  const first = page(made, { limit: 2 });
  expect(first.people).toHaveLength(2);
  expect(names(made, { limit: 2, cursor: first.next })).toEqual(['Bob']);
  expect(page(made, { limit: 2, cursor: first.next }).next).toBeUndefined();
});

test('two people become one, and one again two', () => {
  const made = scene();
  const [ada, bob] = [personOf(made, 'Ada'), personOf(made, 'Bob')];
  const bobs = made.store.query('people.get', { person: bob })?.identities.map((one) => one.identity) ?? [];
  made.store.command('people.merge', { into: ada, from: bob });
  expect(page(made).people).toHaveLength(2);
  const merged = made.store.query('people.get', { person: ada });
  expect(merged?.identities.map((one) => one.name)).toEqual(['Ada', 'Bob']);
  expect(merged?.conversations).toHaveLength(2);

  const { person } = made.store.command('people.split', { identities: bobs });
  expect(made.store.query('people.get', { person })?.name).toBe('Bob');
  expect(names(made)).toEqual(['Cecil', 'Ada', 'Bob']);
});

test('what is noted about people stays with them, and goes with them when two become one', () => {
  const made = scene();
  const note = (person: PersonId, text: string) => made.store.command('people.note', { person, text });
  const noted = (person: PersonId) => made.store.query('people.get', { person })?.note;
  const [ada, bob] = [personOf(made, 'Ada'), personOf(made, 'Bob')];
  expect(noted(ada)).toBe('');
  note(ada, 'Likes tea');
  note(ada, 'Likes coffee');
  note(bob, 'Her brother');
  expect([noted(ada), noted(bob)]).toEqual(['Likes coffee', 'Her brother']);

  made.store.command('people.merge', { into: ada, from: bob });
  expect(noted(ada)).toBe('Likes coffee\n\nHer brother');
  const everyone = made.store.query('people.get', { person: ada })?.identities.map((one) => one.identity) ?? [];
  const { person } = made.store.command('people.split', { identities: everyone });
  expect(noted(person)).toBe('Likes coffee\n\nHer brother');
  note(person, ' ');
  expect(noted(person)).toBe('');
});
