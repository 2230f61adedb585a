import { markEnd, markStart } from '../../../src-shared/ipc/view.ts';

export const operators = [
  'from:',
  'to:',
  'in:',
  'channel:',
  'has:',
  'is:',
  'before:',
  'after:',
  'label:',
  'subject:',
] as const;

/** The query with one more condition, in place of any former one of the same operator. */
export function withOperator(text: string, operator: string, value: string): string {
  const quoted = /[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
  const without = text.replace(new RegExp(`(^|\\s)${operator}("[^"]*"|\\S*)`, 'g'), '$1').trim();
  return `${without} ${operator}${quoted}`.trim();
}

/** Operators that would finish the word being typed. */
export function suggestOperators(text: string): readonly string[] {
  const word = text.split(/\s/).at(-1) ?? '';
  if (word.length === 0) return operators;
  return operators.filter((operator) => operator.startsWith(word.toLowerCase()) && operator !== word.toLowerCase());
}

/** Runs of a snippet, matched ones apart. */
export function marked(snippet: string): readonly { text: string; hit: boolean }[] {
  return snippet.split(markStart).flatMap((piece, index) => {
    if (index === 0) return piece ? [{ text: piece, hit: false }] : [];
    const [hit = '', after = ''] = piece.split(markEnd);
    return [{ text: hit, hit: true }, ...(after ? [{ text: after, hit: false }] : [])];
  });
}
