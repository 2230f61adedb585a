import type { Part } from '../../../src-shared/model/index.ts';
import { hasMarks, type Paragraph, toMarkdown, toPlain } from '../text/rich.ts';

/** One text part, without mark-up where there is none; nothing where there are no words. */
export function textParts(paragraphs: readonly Paragraph[]): readonly Part[] {
  const plain = toPlain(paragraphs);
  if (plain === '' && !paragraphs.some(({ is }) => is === 'rule')) return [];
  return hasMarks(paragraphs)
    ? [{ kind: 'text', format: 'markdown', text: toMarkdown(paragraphs), plain }]
    : [{ kind: 'text', format: 'plain', text: plain }];
}
