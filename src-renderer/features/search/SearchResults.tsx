import { SearchX } from 'lucide-react';
import { useDeferredValue, useEffect, useRef } from 'react';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { useNow } from '../../ui/useNow.ts';
import { Elsewhere } from './Elsewhere.tsx';
import { Facets } from './Facets.tsx';
import { Hit } from './Hit.tsx';
import { SearchHead } from './SearchHead.tsx';
import { remember } from './saved.ts';

export function SearchResults() {
  const t = useT();
  const workspace = useWorkspace();
  const state = useFeature('search', (state) => state);
  const { error, cursor, searching, loadMore } = state;
  // What was found is drawn in pieces, so that the next letter typed does not wait for it.
  const { result, hits, counts, grouped } = useDeferredValue(state);
  const now = useNow(60_000);
  const open = useFeature('navigation', (state) => state.around);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (cursor >= 0) list.current?.querySelector(`[data-hit="${cursor}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [cursor]);
  if (error !== null)
    return (
      <p className="empty" role="alert">
        {error}
      </p>
    );
  if (!result) return <div className="empty" aria-busy={searching} />;
  return (
    <>
      <SearchHead result={result} />
      {result.facets ? <Facets facets={result.facets} /> : null}
      {hits.length === 0 ? (
        <div className="empty">
          <SearchX aria-hidden="true" />
          <p className="empty-title">{t('search.nothing')}</p>
          <p className="empty-text">{t('search.nothingText')}</p>
          <Elsewhere />
        </div>
      ) : (
        <div className="hits" ref={list}>
          <ul aria-label={t('search.results')}>
            {hits.map((hit, index) => (
              <Hit
                key={hit.message}
                hit={hit}
                index={index}
                count={grouped ? (counts.get(hit.conversation) ?? 1) : 1}
                entry={index === Math.max(0, cursor)}
                open={hit.message === open}
                now={now}
                onOpen={() => {
                  workspace.search.getState().moveTo(index);
                  workspace.navigation.getState().open(hit.conversation, hit.message);
                  void remember(workspace);
                }}
              />
            ))}
          </ul>
          {result.next ? (
            <Button className="hits-more" onClick={() => void loadMore().catch(workspace.report)}>
              {t('search.more')}
            </Button>
          ) : (
            <Elsewhere />
          )}
        </div>
      )}
    </>
  );
}
