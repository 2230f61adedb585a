import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { MessageView } from '../../../src-shared/ipc/index.ts';
import type { Recipient } from '../../../src-shared/model/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { accountOf } from '../accounts/store.ts';

const addressOf = (key: string): string => key.replace(/^mailto:/, '');
const roles = ['to', 'cc', 'bcc', 'reply-to'] as const;

/** Who it is from and to: in short, and in full when asked for. */
export function MailHeader({ message }: { message: MessageView }) {
  const t = useT();
  const formats = useFormats();
  const [full, setFull] = useState(false);
  const mine = useFeature('accounts', (state) => accountOf(state, message.account)?.identities);
  const isMe = (recipient: Recipient): boolean => mine?.some((identity) => identity.key === recipient.key) ?? false;
  const nameOf = (recipient: Recipient): string =>
    isMe(recipient) ? t('message.me') : recipient.name || addressOf(recipient.key);
  const people = message.recipients.filter((recipient) => recipient.role !== 'reply-to');
  if (people.length === 0 && !message.author) return null;
  const titles = { to: t('compose.to'), cc: t('compose.cc'), bcc: t('compose.bcc'), 'reply-to': t('message.replyTo') };
  return (
    <div className="card-people">
      <button type="button" className="card-to" aria-expanded={full} onClick={() => setFull(!full)}>
        <span className="truncate" dir="auto">
          {people.length > 0
            ? t('message.to', { names: people.slice(0, 6).map(nameOf).join(', ') + (people.length > 6 ? '…' : '') })
            : addressOf(message.author?.key ?? '')}
        </span>
        <ChevronDown aria-hidden="true" />
      </button>
      {full ? (
        <dl className="card-details">
          <dt>{t('compose.from')}</dt>
          <dd dir="auto">
            {message.author?.name} <span>{addressOf(message.author?.address ?? message.author?.key ?? '')}</span>
          </dd>
          {roles.map((role) => {
            const those = message.recipients.filter((recipient) => recipient.role === role);
            return those.length === 0 ? null : (
              <div key={role} className="card-detail">
                <dt>{titles[role]}</dt>
                <dd>
                  {those.map((recipient) => (
                    <div key={recipient.key} dir="auto">
                      {recipient.name} <span>{addressOf(recipient.key)}</span>
                    </div>
                  ))}
                </dd>
              </div>
            );
          })}
          <dt>{t('message.date')}</dt>
          <dd>{formats.full(message.at)}</dd>
        </dl>
      ) : null}
    </div>
  );
}
