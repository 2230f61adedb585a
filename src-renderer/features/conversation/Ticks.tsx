import './marks.css';
import { Check, CheckCheck, CircleAlert, CircleHelp, Clock } from 'lucide-react';
import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';

/** How far a message of one's own has come; never further than the network said. */
export function Ticks({ message }: { message: MessageView }) {
  const t = useT();
  const formats = useFormats();
  if (!message.fromMe) return null;
  const readers = message.readBy;
  if (readers.length > 0) {
    return <CheckCheck className="ticks ticks-read" aria-label={t('delivery.readBy', { names: readers.join(', ') })} />;
  }
  const { delivery } = message;
  switch (delivery?.state) {
    case undefined:
    case 'cancelled':
      return null;
    case 'queued': {
      const label =
        delivery.retryAt !== null
          ? t('delivery.retryAt', { time: formats.full(delivery.retryAt) })
          : delivery.notBefore !== null
            ? t('delivery.notBefore', { time: formats.full(delivery.notBefore) })
            : t('delivery.queued');
      return <Clock className="ticks" aria-label={label} />;
    }
    case 'sending':
    case 'awaiting-echo':
      return <Clock className="ticks" aria-label={t('delivery.sending')} />;
    case 'sent':
      return <Check className="ticks" aria-label={t('delivery.sent')} />;
    case 'delivered':
      return <CheckCheck className="ticks" aria-label={t('delivery.delivered')} />;
    case 'read':
      return <CheckCheck className="ticks ticks-read" aria-label={t('delivery.read')} />;
    case 'unknown':
      return <CircleHelp className="ticks ticks-problem" aria-label={t('delivery.unknown')} />;
    case 'failed':
      return <CircleAlert className="ticks ticks-problem" aria-label={t('delivery.failed')} />;
  }
}
