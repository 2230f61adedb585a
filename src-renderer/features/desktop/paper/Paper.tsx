import './paper.css';
import { useMemo } from 'react';
import { useFormats, useT } from '../../../i18n/react.ts';
import { useFeature } from '../../../state/context.tsx';
import { accountOf } from '../../accounts/store.ts';
import { Bubble } from '../../conversation/Bubble.tsx';
import { Grouped } from '../../conversation/Grouped.tsx';
import { MailCard } from '../../conversation/MailCard.tsx';
import { SystemLine } from '../../conversation/SystemLine.tsx';
import { timeline } from '../../conversation/timeline.ts';
import { namesOf } from '../../list/names.ts';
import type { Whole } from './paper.ts';

/** A whole conversation as it stands on paper: every message unfolded, and nothing to press. */
export function Paper({ whole: { view, messages, cut } }: { whole: Whole }) {
  const t = useT();
  const formats = useFormats();
  const account = useFeature('accounts', (state) => accountOf(state, view.account));
  const chat = view.limits.style === 'chat';
  const items = useMemo(
    () => timeline(messages, { unreadFrom: null, incomplete: false, days: chat }),
    [messages, chat],
  );
  const names = namesOf(view, t);
  const where = [view.parent, view.title && names !== view.title ? names : null, account?.label];
  return (
    <main className="paper">
      <header className="paper-head">
        <h1 dir="auto">{view.title || names}</h1>
        <p dir="auto">{where.filter(Boolean).join(' · ')}</p>
      </header>
      {cut ? <p className="gap-mark">{t('paper.cut', { messages: formats.number(messages.length) })}</p> : null}
      <Grouped
        items={items}
        entry={(item) => {
          if (item.is === 'day') {
            return (
              <p key={item.key} className="day-mark">
                {formats.date(item.at)}
              </p>
            );
          }
          if (item.is !== 'message') return null;
          const { key, message, starts, ends } = item;
          if (message.system) return <SystemLine key={key} message={message} />;
          return chat ? (
            <Bubble key={key} message={message} starts={starts} ends={ends} marked={false} view={view} />
          ) : (
            <MailCard key={key} message={message} view={view} marked={false} open />
          );
        }}
      />
    </main>
  );
}
