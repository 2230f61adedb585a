import { type Element, type Inline, looks, type RichText } from './exact.ts';

/** The lines of everything rich text shows in lines, each by its runs of one look. */
const runsOf = (elements: readonly Element[]): readonly (readonly Inline[])[] =>
  elements.flatMap((one) => {
    if (one.type === 'rich_text_list') return one.elements.map(({ elements: words }) => words);
    return one.type === 'rich_text_preformatted' ? [] : [one.elements];
  });
const shown = (one: Inline): string => (one.type === 'text' ? one.text : one.type === 'link' ? (one.text ?? '') : ' ');
const isWord = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

/**
 * True where Slack would read marks into mrkdwn, which has no way to write a sign that is only a sign, or would not read those
 * that are meant, for it takes none in the middle of a word.
 */
export function isMisread({ elements }: RichText, mrkdwn: string): boolean {
  const runs = runsOf(elements);
  const literal = runs.flatMap((words) => words.filter(({ style }) => !style?.code).map(shown)).join('\n');
  const lines = mrkdwn.split('\n');
  const twice = (sign: string): boolean => lines.some((line) => line.split(sign).length > 2);
  const quoted = elements.some(
    (one) => one.type === 'rich_text_section' && /^>/m.test(one.elements.map(shown).join('')),
  );
  const within = runs.some((words) =>
    words.some((one, at) => {
      const next = words[at + 1];
      return next !== undefined && looks(one) !== looks(next) && isWord(shown(one).at(-1)) && isWord(shown(next)[0]);
    }),
  );
  return quoted || within || ['*', '_', '~', '`'].some((sign) => literal.includes(sign) && twice(sign));
}
