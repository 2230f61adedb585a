import './marks.css';
import { Popover } from '@base-ui/react/popover';
import { type RefObject, useRef, useState } from 'react';
import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { Ticks } from './Ticks.tsx';

/** The ticks of a message of one's own; pressed, they say who has read it. */
export function Receipts({ message }: { message: MessageView }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!message.fromMe || (message.readBy.length === 0 && message.delivery === null)) return null;
  return (
    <>
      <button
        ref={button}
        type="button"
        className="receipts"
        aria-label={t('receipts.title')}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Ticks message={message} />
      </button>
      {open ? <Readers message={message} anchor={button} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function Readers({
  message,
  anchor,
  onClose,
}: {
  message: MessageView;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}) {
  const t = useT();
  const formats = useFormats();
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Portal>
        <Popover.Positioner className="menu-positioner" sideOffset={6} anchor={anchor}>
          <Popover.Popup className="menu receipts-list" finalFocus={anchor}>
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
