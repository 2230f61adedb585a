import { Bookmark, BookmarkCheck, Group, X } from 'lucide-react';
import type { SearchResult } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { hasOperator, withoutOperator } from './operators.ts';
import { savedOf, withSaved } from './saved.ts';

/** How many were found, in what order, and what the search was taken to mean. */
export function SearchHead({ result }: { result: SearchResult }) {
  const t = useT();
  const { report } = useWorkspace();
  const { text, type, order, setOrder, grouped, setGrouped, found } = useFeature('search', (state) => state);
  const savedSearches = useFeature('session', (state) => state.settings?.savedSearches);
  const change = useFeature('session', (state) => state.change);
  const saved = savedSearches && savedOf(savedSearches, text);
  const toggleSaved = (): void => {
    if (!savedSearches) return;
    const next = saved ? savedSearches.filter((one) => one !== saved) : withSaved(savedSearches, text);
    void change({ savedSearches: next }).catch(report);
  };
  const conditions = result.understood.filter(({ field }) => hasOperator(text, `${field}:`));
  return (
    <>
      <div className="search-head">
        <h1 className="visually-hidden">{t('search.results')}</h1>
        <p className="search-count" role="status">
          {t(result.next ? 'search.countMore' : 'search.count', { count: found })}
        </p>
        <Choice
          quiet
          label={t('search.order')}
          value={order}
          onChange={setOrder}
          options={[
            { value: 'newest', label: t('search.newest') },
            { value: 'relevance', label: t('search.relevance') },
          ]}
        />
        <IconButton label={t('search.grouped')} aria-pressed={grouped} onClick={() => setGrouped(!grouped)}>
          <Group />
        </IconButton>
        <IconButton label={t(saved ? 'search.unsave' : 'search.save')} aria-pressed={!!saved} onClick={toggleSaved}>
          {saved ? <BookmarkCheck /> : <Bookmark />}
        </IconButton>
      </div>
      {conditions.length > 0 ? (
        <ul className="search-conditions" aria-label={t('search.conditions')}>
          {conditions.map(({ field, value, negated }) => (
            <li key={`${field} ${value}`}>
              <button type="button" className="chip" onClick={() => type(withoutOperator(text, `${field}:`))}>
                <span className="truncate" dir="auto">
                  {negated ? '−' : ''}
                  {field}: {value}
                </span>
                <X aria-label={t('filter.remove')} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {result.corrected.length > 0 ? (
        <p className="search-note">
          {t('search.corrected')}{' '}
          {result.corrected.map(([typed, taken]) => (
            <span key={typed}>
              <del>{typed}</del> <strong>{taken}</strong>{' '}
            </span>
          ))}
        </p>
      ) : null}
    </>
  );
}
