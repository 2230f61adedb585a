import type { RefObject } from 'react';
import type { SendLimits } from '../../../../src-shared/model/index.ts';
import { fold } from '../../../../src-shared/text/fold.ts';
import type { Key } from '../../../i18n/index.ts';
import { useT } from '../../../i18n/react.ts';
import { type EditorHandle, type Format, marks } from '../handle.ts';
import type { Composer } from '../store.ts';
import { type Completion, type Offered, useCompletion } from './completion.ts';

const titles = {
  bold: 'format.bold',
  italic: 'format.italic',
  strike: 'format.strike',
  code: 'format.code',
  codeBlock: 'format.codeBlock',
  quote: 'format.quote',
  list: 'format.list',
  numbers: 'format.numbers',
  link: 'format.link',
} as const satisfies Record<Format, Key>;
const formats = Object.keys(titles) as readonly Format[];
const slashed = /^\/(\p{L}{0,20})$/u;
/** What is typed after a / that begins a line; null where there is none. */
const slashBefore = (before: string): string | null => slashed.exec(before)?.[1] ?? null;

/** `/` at the beginning of a line offers what the text may look like, as far as the channel carries it, and what to put in. */
export function useSlash(
  editor: RefObject<EditorHandle | null>,
  composer: Composer,
  limits: SendLimits,
  does: { readonly attach: (() => void) | undefined; readonly template: () => void },
): Completion {
  const t = useT();
  const { format } = composer.composition;
  const carried = format === 'html' ? 'html' : 'markdown';
  // What would be lost on the way is not offered.
  const looks = format === 'plain' || limits.formats[carried] === 'dropped' ? [] : formats;
  const offers: readonly Offered[] = [
    ...looks.map(
      (look): Offered => ({
        id: look,
        label: t(titles[look]),
        detail: format === 'markdown' ? marks[look] : undefined,
        take(handle, count) {
          handle.replaceBefore(count, '');
          handle.format(look);
        },
      }),
    ),
    ...(does.attach ? [{ id: 'attach', label: t('compose.attach'), run: does.attach }] : [])
      .concat({
        id: 'template',
        label: t('template.title'),
        run: does.template,
      })
      .map(
        ({ id, label, run }): Offered => ({
          id,
          label,
          take(handle, count) {
            handle.replaceBefore(count, '');
            run();
          },
        }),
      ),
  ];
  return useCompletion(editor, slashBefore, (words) => {
    const wanted = fold(words);
    return offers.filter(({ id, label }) => fold(id).startsWith(wanted) || ` ${fold(label)}`.includes(` ${wanted}`));
  });
}
