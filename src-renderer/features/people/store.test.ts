import { expect, test } from 'vitest';
import { PersonId } from '../../../src-shared/ids.ts';
import type { PersonRow, PersonView } from '../../../src-shared/ipc/index.ts';
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
