import './marks.css';
import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';

/** A message that did not go out, or may not have: why, and what one can do. */
export function FailedLine({ message }: { message: MessageView }) {
  const t = useT();
  const { report } = useWorkspace();
  const retry = useFeature('outbox', (state) => state.retry);
  const settle = useFeature('outbox', (state) => state.settle);
  const { delivery } = message;
  if (!delivery || (delivery.state !== 'failed' && delivery.state !== 'unknown')) return null;
  const { outbox } = delivery;
  return (
    <div className="failed-line" role="status">
      <span>
        {t(delivery.state === 'failed' ? 'delivery.failed' : 'delivery.unknown')}
        {delivery.error ? ` ${delivery.error}` : ''}
      </span>
      {outbox === null ? null : (
        <>
          <button type="button" onClick={() => void retry(outbox).catch(report)}>
            {t('action.retry')}
          </button>
          {delivery.state === 'unknown' ? (
            <button type="button" onClick={() => void settle(outbox, 'sent').catch(report)}>
              {t('delivery.wasSent')}
            </button>
          ) : null}
        </>
      )}
    </div>
  );
}
