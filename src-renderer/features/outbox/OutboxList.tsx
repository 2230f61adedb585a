import { Send } from 'lucide-react';
import './outbox.css';
import type { OutboxView } from '../../../src-shared/ipc/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { accountOf } from '../accounts/store.ts';

const states: Record<OutboxView['delivery']['state'], Key> = {
  queued: 'delivery.queued',
  sending: 'delivery.sending',
  sent: 'delivery.sent',
  'awaiting-echo': 'delivery.sending',
  delivered: 'delivery.delivered',
  read: 'delivery.read',
  unknown: 'delivery.unknown',
  failed: 'delivery.failed',
  cancelled: 'delivery.cancelled',
};

/** Everything that has not gone out yet, with its reason and what one can do about it. */
export function OutboxList() {
  const t = useT();
  const rows = useFeature('outbox', (state) => state.rows);
  return (
    <>
      <header className="list-head">
        <h1 className="list-title">{t('outbox.title')}</h1>
      </header>
      {rows.length === 0 ? (
        <div className="empty">
          <Send aria-hidden="true" />
          <p className="empty-title">{t('outbox.empty')}</p>
        </div>
      ) : (
        <ul className="outbox">
          {rows.map((row) => (
            <OutboxRow key={row.id} row={row} />
          ))}
        </ul>
      )}
    </>
  );
}

function OutboxRow({ row }: { row: OutboxView }) {
  const t = useT();
  const formats = useFormats();
  const { navigation, outbox, report } = useWorkspace();
  const account = useFeature('accounts', (state) => accountOf(state, row.account));
  const { delivery, conversation } = row;
  const stuck = delivery.state === 'failed' || delivery.state === 'unknown';
  const when =
    delivery.retryAt !== null
      ? t('delivery.retryAt', { time: formats.full(delivery.retryAt) })
      : delivery.notBefore !== null && delivery.state === 'queued'
        ? t('delivery.notBefore', { time: formats.full(delivery.notBefore) })
        : t(states[delivery.state]);
  return (
    <li className="outbox-row" data-stuck={stuck}>
      <button
        type="button"
        className="outbox-title"
        disabled={conversation === null}
        onClick={() => conversation !== null && navigation.getState().open(conversation, row.message)}
      >
        <strong className="truncate" dir="auto">
          {row.title || t('outbox.action')}
        </strong>
        <span>{account?.label}</span>
      </button>
      <p className="outbox-state">
        {when}
        {delivery.error ? ` ${delivery.error}` : ''}
      </p>
      <div className="outbox-actions">
        {stuck || delivery.retryAt !== null ? (
          <Button onClick={() => void outbox.getState().retry(row.id).catch(report)}>{t('action.retry')}</Button>
        ) : null}
        {delivery.state === 'unknown' ? (
          <Button onClick={() => void outbox.getState().settle(row.id, 'sent').catch(report)}>
            {t('delivery.wasSent')}
          </Button>
        ) : null}
        {delivery.state === 'queued' || delivery.state === 'failed' ? (
          <Button tone="quiet" onClick={() => void outbox.getState().cancel(row.id).catch(report)}>
            {t('outbox.cancel')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
