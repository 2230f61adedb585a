import { Paperclip } from 'lucide-react';
import type { SearchFacets } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { channelOf } from '../accounts/store.ts';
import { hasOperator, withOperator } from './operators.ts';

const most = 4;
interface Chip {
  readonly label: string;
  readonly count: number;
  /** Operators and their values, in turn. */
  readonly query: readonly (readonly [string, string])[];
}
/** Ways to narrow what was found; each adds an operator one could have typed. What is narrowed already is not offered. */
export function Facets({ facets }: { facets: SearchFacets }) {
  const t = useT();
  const formats = useFormats();
  const text = useFeature('search', (state) => state.text);
  const type = useFeature('search', (state) => state.type);
  const accounts = useFeature('accounts', (state) => state);
  const offered = (operator: string, chips: readonly Chip[]): readonly Chip[] =>
    chips.length > 1 && !hasOperator(text, operator) ? chips.slice(0, most) : [];
  const chips = [
    ...offered('from:', byName(facets.people)),
    ...offered(
      'account:',
      facets.accounts.map((one) => ({ label: one.label, count: one.count, query: [['account:', one.label]] })),
    ),
    ...offered(
      'channel:',
      facets.channels.map((one) => ({
        label: channelOf(accounts, one.value)?.name ?? one.value,
        count: one.count,
        query: [['channel:', one.value]],
      })),
    ),
    ...offered(
      'after:',
      facets.years.map((one) => ({
        label: String(one.value),
        count: one.count,
        query: [
          ['after:', `${one.value}-01-01`],
          ['before:', `${one.value + 1}-01-01`],
        ],
      })),
    ),
  ];
  const narrow = ({ query }: Pick<Chip, 'query'>): void =>
    type(query.reduce((so, [operator, value]) => withOperator(so, operator, value), text));
  const files = facets.withAttachment > 0 && !hasOperator(text, 'has:');
  if (!files && chips.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
    <div className="facets" role="group" aria-label={t('search.narrow')}>
      {files ? (
        <button type="button" className="facet" onClick={() => narrow({ query: [['has:', 'attachment']] })}>
          <Paperclip aria-hidden="true" />
          {t('mark.attachment')}
          <span>{formats.number(facets.withAttachment)}</span>
        </button>
      ) : null}
      {chips.map((chip) => (
        <button type="button" className="facet" key={chip.query.join()} onClick={() => narrow(chip)}>
          <span className="truncate facet-label" dir="auto">
            {chip.label}
          </span>
          <span>{formats.number(chip.count)}</span>
        </button>
      ))}
    </div>
  );
}

/** One person writes by several names of one spelling: once, with all their messages. */
function byName(people: SearchFacets['people']): readonly Chip[] {
  const counts = new Map<string, number>();
  for (const { label, count } of people) counts.set(label, (counts.get(label) ?? 0) + count);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([label, count]) => ({ label, count, query: [['from:', label]] }));
}
