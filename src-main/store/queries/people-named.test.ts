import { expect, test } from 'vitest';
import { asUserKey } from '../../../src-shared/model/index.ts';
import { at, mail, Scene } from '../testing/scene.ts';

function scene(...people: readonly (readonly [key: string, name: string])[]): Scene {
  const made = new Scene('mail');
  made.tell(
    ...people.map(([key, name], index) =>
      mail(key, { at: at(people.length - index), from: { is: 'user', key: asUserKey(key), name } }),
    ),
  );
  return made;
}
const everyone = [
  ['lukasz@example.org', 'Łukasz Wójcik'],
  ['zoe@example.org', 'Zoe\u0308 Straße'],
  ['marek@example.net', 'Marek 100%'],
  ['andrej@example.net', 'Андрей Ёлкин'],
  ['plain@example.org', 'Soren Lukasiewicz'],
] as const;

test('whoever is looked for is found whatever marks their name has or is typed with, its words in any order', () => {
  const { store } = scene(...everyone);
  const found = (text: string) => store.query('people.find', { text, limit: 10 }).map(({ name }) => name);
  const reached = (text: string) => store.query('people.reach', { text, limit: 10 }).map(({ name }) => name);
  const listed = (sort: 'name' | 'recent') => (text: string) =>
    store.query('people.page', { text, sort, limit: 10 }).people.map(({ name }) => name);
  for (const find of [found, reached, listed('recent'), listed('name')]) {
    expect(find('LUKASZ').toSorted()).toEqual(['Łukasz Wójcik']);
    expect(find('łukasi')).toEqual(['Soren Lukasiewicz']);
    expect(find('Søren')).toEqual(['Soren Lukasiewicz']);
    expect(find('zoë')).toEqual(['Zoe\u0308 Straße']);
    expect(find('strasse zoe')).toEqual(['Zoe\u0308 Straße']);
    expect(find(' wojcik  łuk example.org ')).toEqual(['Łukasz Wójcik']);
    expect(find('ёлкин АНДРЕЙ')).toEqual(['Андрей Ёлкин']);
    expect(find('100%')).toEqual(['Marek 100%']);
    expect(find('%')).toEqual(['Marek 100%']);
    expect(find('lukasz zoe')).toEqual([]);
    expect(find('').length).toBe(everyone.length);
  }
});

test('a slip or two in a longer word is forgiven where nobody is called what was typed', () => {
  const { store } = scene(...everyone);
  for (const query of ['people.find', 'people.reach'] as const) {
    const found = (text: string) => store.query(query, { text, limit: 10 }).map(({ name }) => name);
    expect(found('lukaz')).toEqual(['Łukasz Wójcik', 'Soren Lukasiewicz']);
    expect(found('wojick łukasz')).toEqual(['Łukasz Wójcik']);
    expect(found('lukasiewitz')).toEqual(['Soren Lukasiewicz']);
    expect(found('андрй')).toEqual(['Андрей Ёлкин']);
    expect(found('sorn')).toEqual(['Soren Lukasiewicz']);
    for (const text of ['bukasz', 'zoi', 'marek 200%', 'marko@', 'qqqq']) expect(found(text)).toEqual([]);
  }
});

test('whoever was heard of stands where they were, whatever became of their account; of those never heard of, closed ones are last', () => {
  const made = scene(['anna@example.org', 'Anna Old'], ['anna2@example.org', 'Anna Lately']);
  const met = (key: string, name: string, gone: boolean) =>
    made.tell({ type: 'user', key: asUserKey(key), patch: { name, gone }, at: at(9) });
  met('U1', 'Anna Closed', true);
  met('U2', 'Anna Unheard', false);
  met('anna@example.org', 'Anna Old', true);
  const { store } = made;
  const order = ['Anna Old', 'Anna Lately', 'Anna Unheard', 'Anna Closed'];
  const reached = store.query('people.reach', { text: 'anna', limit: 10 });
  expect(reached.map(({ name }) => name)).toEqual(order);
  expect(reached.map(({ gone }) => gone ?? false)).toEqual([true, false, false, true]);
  expect(store.query('people.find', { text: 'anna', limit: 10 }).map(({ name }) => name)).toEqual(order);
  const { people } = store.query('people.page', { text: 'anna', sort: 'recent', limit: 10 });
  expect(people.map(({ name }) => name)).toEqual(order);
});

test('the identities are read once whatever is typed, and their people by an index', () => {
  const { store } = scene(...everyone);
  const { sql } = store;
  const plans: string[] = [];
  const all = sql.all.bind(sql);
  sql.all = (text, ...values) => {
    plans.push(...all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, ...values).map(({ detail }) => detail));
    return all(text, ...values);
  };
  const walks = (work: () => unknown) => {
    plans.length = 0;
    work();
    return plans.filter((plan) => /^(SCAN identities\b|SEARCH identities .*\(person>\?\))/.test(plan));
  };
  const text = 'lukasz wójcik example';
  expect(walks(() => store.query('people.find', { text, limit: 10 }))).toHaveLength(1);
  expect(walks(() => store.query('people.reach', { text, limit: 10 }))).toHaveLength(1);
  expect(plans).toContainEqual(expect.stringMatching(/SEARCH i USING INDEX identities_person \(person=\?\)/));
  expect(walks(() => store.query('people.page', { text, sort: 'name', limit: 10 }))).toHaveLength(1);
});
