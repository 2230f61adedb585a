import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import './dialog.css';
import type { ReactNode } from 'react';
import { useT } from '../i18n/react.ts';

/** A sheet over the panes: holds the focus, ends with Esc or a click beside it, gives the focus back. */
export function Dialog({
  title,
  size = 'medium',
  onClose,
  children,
  hideTitle = false,
}: {
  title: string;
  size?: 'small' | 'medium' | 'large' | 'palette';
  onClose: () => void;
  children: ReactNode;
  hideTitle?: boolean;
}) {
  const t = useT();
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Popup className={`dialog dialog-${size}`}>
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
      </Base.Portal>
    </Base.Root>
  );
}
