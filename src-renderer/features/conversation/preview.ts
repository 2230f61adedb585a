import { mediaOf, type Part } from '../../../src-shared/model/index.ts';
import { visibleText } from '../../../src-shared/text/quotes.ts';

const looked = 4000;
/** The first words of its writer's own, for one line. */
export function previewOf(parts: readonly Part[]): string {
  for (const part of parts) {
    if (part.kind === 'text') {
      const own = visibleText((part.plain ?? part.text).slice(0, looked));
      const words = own.replace(/\s+/g, ' ').trim();
      if (words !== '') return words.slice(0, 200);
    }
    const name = mediaOf(part)[0]?.name;
    if (name) return name;
    if ('title' in part && part.title) return part.title;
  }
  return '';
}
