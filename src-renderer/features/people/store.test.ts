import { expect, test } from 'vitest';
import { PersonId } from '../../../src-shared/ids.ts';
import type { PersonRow, PersonView } from '../../../src-shared/ipc/index.ts';
import { held } from '../../testing/held.ts';
import { memoryHub } from '../../testing/transport.ts';
import { createPeopleStore } from './store.ts';

const person = (id: number): PersonRow => ({
  id: PersonId.parse(id),
  name: `Person ${id}`,
  addresses: [],
  channels: [],
  lastAt: id,
});
const view = (id: PersonId): PersonView => ({
  id,
  name: `Person ${id}`,
  identities: [],
  conversations: [],
  lastAt: null,
  note: '',
});

test('pages follow one another, and a person looked at is fetched anew when somebody was merged', async () => {
  const hub = memoryHub({
    'people.page': ({ cursor }) =>
      cursor === undefined ? { people: [person(1), person(2)], next: '2' } : { people: [person(3)] },
    'people.get': ({ person: id }) => view(PersonId.parse(id)),
    'people.merge': () => null,
  });
  const people = createPeopleStore(hub.client, () => 'en');
  await people.getState().load();
  await people.getState().loadMore();
  expect(people.getState().people.map((one) => one.id)).toEqual([1, 2, 3]);
  expect(people.getState().more).toBe(false);
  await people.getState().open(PersonId.parse(2));
  expect(people.getState().person?.name).toBe('Person 2');
  await people.getState().merge(PersonId.parse(2), PersonId.parse(3));
  expect(hub.callsOf('people.merge')).toEqual([{ into: 2, from: 3 }]);
  expect(hub.callsOf('people.get')).toHaveLength(2);
});

test('what is heard late of one person is not shown on the page of another, and a page is added once', async () => {
  const answers = held<PersonView>();
  const pages = held<{ people: PersonRow[]; next?: string }>();
  const merges = held<null>();
  const hub = memoryHub({ 'people.get': answers.answer, 'people.page': pages.answer, 'people.merge': merges.answer });
  const people = createPeopleStore(hub.client, () => 'en');
  const [one, two] = [PersonId.parse(1), PersonId.parse(2)];
  const shown = () => people.getState().person?.id;
  const first = people.getState().open(one);
  const second = people.getState().open(two);
  answers.give(view(two), 'last');
  await second;
  answers.give(view(one));
  await first;
  expect(shown()).toBe(two);
  const refreshed = people.getState().refresh();
  const third = people.getState().open(one);
  answers.give(view(one), 'last');
  await third;
  answers.give(view(two));
  await refreshed;
  expect(shown()).toBe(one);
  const merged = people.getState().merge(one, two);
  await people.getState().open(null);
  merges.give(null);
  await merged;
  expect(shown()).toBeUndefined();

  pages.give({ people: [person(1)], next: '1' });
  await people.getState().load();
  const more = [people.getState().loadMore(), people.getState().loadMore()];
  for (const _ of more) pages.give({ people: [person(2)] });
  await Promise.all(more);
  expect(people.getState().people.map(({ id }) => id)).toEqual([1, 2]);
});
