import { Paperclip } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { SearchHit } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { useNow } from '../../ui/useNow.ts';
import { AccountMark } from '../accounts/AccountMark.tsx';
import { accountOf } from '../accounts/store.ts';
import { Facets } from './Facets.tsx';
import { marked } from './operators.ts';

export function SearchResults() {
  const t = useT();
  const workspace = useWorkspace();
  const { result, hits, order, setOrder, error, cursor, searching, loadMore } = useFeature('search', (state) => state);
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
      <div className="search-head">
        <h1 className="visually-hidden">{t('search.results')}</h1>
        <p className="search-count" role="status">
          {result.next ? t('search.countMore', { count: hits.length }) : t('search.count', { count: hits.length })}
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
      </div>
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
      {result.facets ? <Facets facets={result.facets} /> : null}
      {hits.length === 0 ? (
        <div className="empty">
          <p className="empty-title">{t('search.nothing')}</p>
          <p className="empty-text">{t('search.nothingText')}</p>
        </div>
      ) : (
        <div className="hits" ref={list}>
          <ul aria-label={t('search.results')}>
            {hits.map((hit, index) => (
              <Hit
                key={hit.message}
                hit={hit}
                index={index}
                entry={index === Math.max(0, cursor)}
                open={hit.message === open}
                onOpen={() => {
                  workspace.search.getState().moveTo(index);
                  workspace.navigation.getState().open(hit.conversation, hit.message);
                }}
              />
            ))}
          </ul>
          {result.next ? (
            <Button className="hits-more" onClick={() => void loadMore().catch(workspace.report)}>
              {t('search.more')}
            </Button>
          ) : null}
        </div>
      )}
    </>
  );
}

function Hit({
  hit,
  index,
  entry,
  open,
  onOpen,
}: {
  hit: SearchHit;
  index: number;
  entry: boolean;
  open: boolean;
  onOpen: () => void;
}) {
  const formats = useFormats();
  const t = useT();
  const now = useNow(60_000);
  const account = useFeature('accounts', (state) => accountOf(state, hit.account));
  return (
    <li>
      <button
        type="button"
        className="hit"
        data-hit={index}
        data-entry={entry ? '' : undefined}
        aria-current={open ? 'true' : undefined}
        onClick={onOpen}
      >
        <span className="row-line">
          {account ? <AccountMark account={account} /> : null}
          <span className="hit-author truncate" dir="auto">
            {hit.author}
          </span>
          {hit.hasAttachment ? <Paperclip className="hit-clip" aria-label={t('mark.attachment')} /> : null}
          <time className="row-time">{formats.brief(hit.at, now)}</time>
        </span>
        <span className="hit-title truncate" dir="auto">
          {hit.title}
        </span>
        <span className="hit-snippet" dir="auto">
          {marked(hit.snippet).map((run, at) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: runs of one fixed text, never moved
            run.hit ? <mark key={at}>{run.text}</mark> : <span key={at}>{run.text}</span>,
          )}
        </span>
      </button>
    </li>
  );
}
