import { Popover } from '@base-ui/react/popover';
import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { Ticks } from './Ticks.tsx';

/** The ticks of a message of one's own; pressed, they say who has read it. */
export function Receipts({ message }: { message: MessageView }) {
  const t = useT();
  const formats = useFormats();
  if (!message.fromMe || (message.readBy.length === 0 && message.delivery === null)) return null;
  return (
    <Popover.Root>
      <Popover.Trigger className="receipts" aria-label={t('receipts.title')}>
        <Ticks message={message} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="menu-positioner" sideOffset={6}>
          <Popover.Popup className="menu receipts-list">
            <Popover.Title className="versions-title">{t('receipts.title')}</Popover.Title>
            <p>{t('receipts.written', { time: formats.full(message.at) })}</p>
            {message.readBy.length > 0 ? (
              <ul>
                {message.readBy.map((name) => (
                  <li key={name} dir="auto">
                    {t('delivery.readBy', { names: name })}
                  </li>
                ))}
              </ul>
            ) : (
              <p>{t('receipts.nobody')}</p>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
