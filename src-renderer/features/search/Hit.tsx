import { Paperclip } from 'lucide-react';
import { memo } from 'react';
import type { SearchHit } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { AccountMark } from '../accounts/AccountMark.tsx';
import { accountOf } from '../accounts/store.ts';
import { marked } from './operators.ts';

interface HitProps {
  readonly hit: SearchHit;
  readonly index: number;
  /** How many hits this line stands for. */
  readonly count: number;
  readonly entry: boolean;
  readonly open: boolean;
  readonly now: number;
  readonly onOpen: () => void;
}

export const Hit = memo(HitView, (before, after) => {
  const keys = ['hit', 'index', 'count', 'entry', 'open', 'now'] as const;
  return keys.every((key) => before[key] === after[key]);
});

function HitView({ hit, index, count, entry, open, now, onOpen }: HitProps) {
  const formats = useFormats();
  const t = useT();
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
            {hit.fromMe ? t('message.me') : hit.author}
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
        {count > 1 ? <span className="hit-count">{t('search.inThis', { count })}</span> : null}
      </button>
    </li>
  );
}
