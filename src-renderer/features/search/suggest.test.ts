import { describe, expect, test } from 'vitest';
import { AccountId, LabelId, PersonId } from '../../../src-shared/ids.ts';
import { memoryHub } from '../../testing/transport.ts';
import { finished, hasOperator, openCondition, withoutOperator } from './operators.ts';
import { type SuggestFrom, suggest } from './suggest.ts';

const { client } = memoryHub({
  'people.page': ({ text }) => ({
    people: [
      { id: PersonId.parse(1), name: 'Ada Lovelace', addresses: ['ada@example.org'], channels: ['email'], lastAt: 1 },
    ].filter((one) => one.name.toLowerCase().includes((text ?? '').toLowerCase())),
  }),
});
const from: SuggestFrom = {
  client,
  accounts: {
    accounts: [],
    channels: [],
    labels: [
      {
        id: LabelId.parse(1),
        account: AccountId.parse(1),
        name: 'Receipts 2026',
        kind: 'label',
        role: null,
        colour: null,
        unread: 0,
        conversations: 0,
      },
    ],
  },
  recent: ['tiles', 'from:bob'],
  saved: [{ name: 'Invoices', text: 'invoice has:attachment' }],
};
const texts = async (text: string) => (await suggest(text, from)).map((one) => one.text);

describe('suggestions', () => {
  test('are the saved and the last searches while nothing is typed', async () => {
    expect(await texts('')).toEqual(['Invoices', 'tiles', 'from:bob']);
  });
  test('finish an operator, and are silent about plain words', async () => {
    expect(await texts('tiles be')).toEqual(['before:']);
    expect(await texts('tiles')).toEqual([]);
    expect(await texts('f')).toEqual([]);
  });
  test('are people after from:, and words of the language after the others', async () => {
    expect(await suggest('x from:ad', from)).toEqual([
      { is: 'value', text: 'Ada Lovelace', taken: 'Ada Lovelace', detail: 'ada@example.org' },
    ]);
    expect(await texts('is:unr')).toEqual(['unread']);
    expect(await texts('label:rec')).toEqual(['Receipts 2026']);
    expect(await texts('in:rec')).toEqual(['Receipts 2026']);
    expect((await texts('before:last'))[0]).toBe('last week');
  });
  test('that are taken replace what was begun, quoted where they need to be', () => {
    expect(finished('tiles fr', 'from:')).toBe('tiles from:');
    expect(finished('tiles from:ad', 'Ada Lovelace')).toBe('tiles from:"Ada Lovelace" ');
    expect(finished('-in:tr', 'trash')).toBe('-in:trash ');
    expect(finished('from:"Ada L', 'Ada Lovelace')).toBe('from:"Ada Lovelace" ');
  });
});

describe('a condition', () => {
  test('is open while its value is being typed, and closed by a blank', () => {
    expect(openCondition('a from:an')).toEqual({ operator: 'from:', value: 'an' });
    expect(openCondition('from:"Ada L')).toEqual({ operator: 'from:', value: 'Ada L' });
    expect(openCondition('from:an ')).toBeNull();
    expect(openCondition('nothing:x')).toBeNull();
  });
  test('can be taken away again', () => {
    expect(hasOperator('a from:"Ada L" b', 'from:')).toBe(true);
    expect(withoutOperator('a from:"Ada L" b -in:spam', 'from:')).toBe('a b -in:spam');
    expect(withoutOperator('a -in:spam b', 'in:')).toBe('a b');
  });
});
