import type { Client } from '../../client/index.ts';
import type { AccountsState } from '../accounts/store.ts';
import { fixedValues, type Operator, openCondition, suggestOperators } from './operators.ts';

export interface Suggestion {
  readonly is: 'recent' | 'saved' | 'operator' | 'value';
  /** What is shown. */
  readonly text: string;
  readonly detail?: string;
  /** What is put into the box: the whole query, or what finishes the last word. */
  readonly taken: string;
}
export interface SuggestFrom {
  readonly client: Pick<Client, 'call'>;
  readonly accounts: Pick<AccountsState, 'accounts' | 'labels' | 'channels'>;
  readonly recent: readonly string[];
  readonly saved: readonly { readonly name: string; readonly text: string }[];
}
const most = 8;

/**
 * What could stand next in the search box: searches of before while it is empty, operators for the beginning of one, and
 * after an operator the values it can have. Nothing for plain words: those are searched for as they are typed.
 */
export async function suggest(text: string, from: SuggestFrom): Promise<readonly Suggestion[]> {
  if (text.trim() === '') {
    const saved = from.saved.map((one): Suggestion => ({ is: 'saved', text: one.name, taken: one.text }));
    const known = new Set(saved.map((one) => one.taken));
    const recent = from.recent.filter((one) => !known.has(one)).slice(0, most);
    return [...saved, ...recent.map((one): Suggestion => ({ is: 'recent', text: one, taken: one }))];
  }
  const open = openCondition(text);
  if (open) return (await valuesOf(open.operator, open.value, from)).slice(0, most);
  const word = text.split(/\s/).at(-1) ?? '';
  // One letter begins too many words to be taken for an operator.
  if (word.length < 2) return [];
  return suggestOperators(text).map((one): Suggestion => ({ is: 'operator', text: one, taken: one }));
}

async function valuesOf(operator: Operator, value: string, from: SuggestFrom): Promise<readonly Suggestion[]> {
  const begun = value.toLocaleLowerCase();
  const among = (values: readonly string[]): readonly Suggestion[] =>
    [...new Set(values)]
      .filter((one) => one.toLocaleLowerCase().includes(begun) && one.toLocaleLowerCase() !== begun)
      .sort((a, b) => Number(b.toLocaleLowerCase().startsWith(begun)) - Number(a.toLocaleLowerCase().startsWith(begun)))
      .map((one): Suggestion => ({ is: 'value', text: one, taken: one }));
  const labels = from.accounts.labels.filter((label) => label.role === null).map((label) => label.name);
  switch (operator) {
    case 'from:':
    case 'to:': {
      const { people } = await from.client.call('people.page', { text: value, limit: most });
      return people.map((one): Suggestion => {
        const [address] = one.addresses;
        return { is: 'value', text: one.name, taken: one.name, ...(address === undefined ? {} : { detail: address }) };
      });
    }
    case 'in:':
      return among([...(fixedValues[operator] ?? []), ...labels]);
    case 'account:':
      return among((from.accounts.accounts ?? []).map((account) => account.label));
    case 'channel:':
      return among((from.accounts.accounts ?? []).map((account) => account.channel));
    case 'label:':
      return among(labels);
    default:
      return among(fixedValues[operator] ?? []);
  }
}
