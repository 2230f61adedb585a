import { markEnd, markStart, systemViews } from '../../../src-shared/ipc/index.ts';
import { flagWords, hasWords, kindWords } from '../../../src-shared/search/query.ts';

export const operators = [
  'from:',
  'to:',
  'in:',
  'account:',
  'channel:',
  'has:',
  'is:',
  'before:',
  'after:',
  'on:',
  'label:',
  'subject:',
  'filename:',
  'larger:',
] as const;
export type Operator = (typeof operators)[number];

const quote = (value: string): string => (/[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value);
const conditionOf = (operator: string): RegExp => new RegExp(`(^|\\s)-?${operator}("[^"]*"|\\S*)`, 'gi');

/** The query with one more condition, in place of any former one of the same operator. */
export const withOperator = (text: string, operator: string, value: string): string =>
  `${withoutOperator(text, operator)} ${operator}${quote(value)}`.trim();
/** The query without the conditions of an operator. */
export const withoutOperator = (text: string, operator: string): string =>
  text.replace(conditionOf(operator), '$1').replace(/\s+/g, ' ').trim();
export const hasOperator = (text: string, operator: string): boolean => conditionOf(operator).test(text);

/** Operators that would finish the word being typed. */
export function suggestOperators(text: string): readonly Operator[] {
  const word = text.split(/\s/).at(-1)?.toLowerCase() ?? '';
  if (word.length === 0) return operators;
  return operators.filter((operator) => operator.startsWith(word) && operator !== word);
}

/** The condition being typed at the end of the text: its operator and what stands after the colon so far. */
export function openCondition(text: string): { readonly operator: Operator; readonly value: string } | null {
  const found = /(?:^|\s)-?([a-z]+:)("[^"]*|[^\s"]*)$/i.exec(text);
  const operator = operators.find((one) => one === found?.[1]?.toLowerCase());
  return operator ? { operator, value: (found?.[2] ?? '').replace(/^"/, '') } : null;
}
/** The text with its last, unfinished word (or condition's value) replaced; ready for the next one to be typed. */
export function finished(text: string, taken: string): string {
  const open = openCondition(text);
  if (open) return `${text.slice(0, text.lastIndexOf(':') + 1)}${quote(taken)} `;
  return `${text.replace(/\S*$/, '')}${taken}`;
}

/** Values that are words of the language itself. */
export const fixedValues: Readonly<Partial<Record<Operator, readonly string[]>>> = {
  'in:': [...systemViews, 'anywhere'],
  'has:': hasWords,
  'is:': [...flagWords, ...kindWords],
  'before:': ['today', 'yesterday', 'last week', 'last month', 'last year'],
  'after:': ['today', 'yesterday', 'last week', 'last month', 'last year'],
  'on:': ['today', 'yesterday', 'last week', 'last month', 'last year'],
  'larger:': ['1M', '10M', '50M'],
};

/** Runs of a snippet, matched ones apart. */
export function marked(snippet: string): readonly { text: string; hit: boolean }[] {
  return snippet.split(markStart).flatMap((piece, index) => {
    if (index === 0) return piece ? [{ text: piece, hit: false }] : [];
    const [hit = '', after = ''] = piece.split(markEnd);
    return [{ text: hit, hit: true }, ...(after ? [{ text: after, hit: false }] : [])];
  });
}
