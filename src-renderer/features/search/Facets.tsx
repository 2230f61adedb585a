import { Paperclip } from 'lucide-react';
import type { SearchFacets } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { withOperator } from './operators.ts';

const most = 4;
/** Ways to narrow what was found; each adds an operator one could have typed. */
export function Facets({ facets }: { facets: SearchFacets }) {
  const t = useT();
  const formats = useFormats();
  const text = useFeature('search', (state) => state.text);
  const type = useFeature('search', (state) => state.type);
  const chips = [
    ...facets.people
      .slice(0, most)
      .map((one) => ({ label: one.label, count: one.count, query: ['from:', one.label] as const })),
    ...(facets.accounts.length > 1
      ? facets.accounts
          .slice(0, most)
          .map((one) => ({ label: one.label, count: one.count, query: ['in:', one.label] as const }))
      : []),
    ...(facets.years.length > 1
      ? facets.years.slice(0, most).map((one) => ({
          label: String(one.value),
          count: one.count,
          query: ['after:', `${one.value}-01-01`, 'before:', `${one.value + 1}-01-01`] as const,
        }))
      : []),
  ];
  const narrow = (query: readonly string[]): void => {
    let next = text;
    for (let at = 0; at + 1 < query.length; at += 2) next = withOperator(next, query[at] ?? '', query[at + 1] ?? '');
    type(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
    <div className="facets" role="group" aria-label={t('search.narrow')}>
      {facets.withAttachment > 0 ? (
        <button type="button" className="facet" onClick={() => narrow(['has:', 'attachment'])}>
          <Paperclip aria-hidden="true" />
          {t('mark.attachment')}
          <span>{formats.number(facets.withAttachment)}</span>
        </button>
      ) : null}
      {chips.map((chip) => (
        <button type="button" className="facet" key={chip.query.join('')} onClick={() => narrow(chip.query)}>
          <span className="truncate facet-label" dir="auto">
            {chip.label}
          </span>
          <span>{formats.number(chip.count)}</span>
        </button>
      ))}
    </div>
  );
}
