import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import './dialog.css';
import { type ReactNode, useRef } from 'react';
import { useT } from '../i18n/react.ts';
import { HoldFocus } from './HoldFocus.tsx';

/**
 * What is marked to be first, what one would type into (a button to close would take the first space typed for a press),
 * else what Tab reaches first.
 */
const firstOf = (popup: HTMLElement | null): HTMLElement | null =>
  popup?.querySelector<HTMLElement>('[data-first]') ??
  popup?.querySelector<HTMLElement>(
    'input:is([type="text"], [type="search"], [type="email"]):not([disabled]), textarea',
  ) ??
  popup?.querySelector<HTMLElement>('button:not([disabled]), [href], input:not([disabled]), [tabindex="0"]') ??
  popup;

/** A sheet over the panes: holds the focus, ends with Esc or a click beside it, gives the focus back. */
export function Dialog({
  title,
  size = 'medium',
  onClose,
  children,
  hideTitle = false,
}: {
  title: string;
  size?: 'small' | 'medium' | 'large';
  onClose: () => void;
  children: ReactNode;
  hideTitle?: boolean;
}) {
  const t = useT();
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Popup ref={popup} className={`dialog dialog-${size}`} initialFocus={false} finalFocus={false}>
          <header className={hideTitle ? 'visually-hidden' : 'dialog-head'}>
            <Base.Title className="dialog-title">{title}</Base.Title>
            {hideTitle ? null : (
              <Base.Close className="icon-button" aria-label={t('action.close')}>
                <X />
              </Base.Close>
            )}
          </header>
          {children}
        </Base.Popup>
        <HoldFocus first={() => firstOf(popup.current)} />
      </Base.Portal>
    </Base.Root>
  );
}
