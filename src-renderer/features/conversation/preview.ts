import { mediaOf, type Part } from '../../../src-shared/model/index.ts';

/** The first words of a message, for one line. */
export function previewOf(parts: readonly Part[]): string {
  for (const part of parts) {
    if (part.kind === 'text') {
      const words = (part.plain ?? part.text).replace(/\s+/g, ' ').trim();
      if (words !== '') return words.slice(0, 200);
    }
    const name = mediaOf(part)[0]?.name;
    if (name) return name;
    if ('title' in part && part.title) return part.title;
  }
  return '';
}
