import { type ReactNode, useRef } from 'react';
import { createPortal } from 'react-dom';
import { HoldFocus } from '../../ui/HoldFocus.tsx';

/**
 * A sheet that is there with its key: as `Dialog` for whoever uses it, but for one box that keeps the focus, which takes a
 * fraction of the time. (The browser's own modal dialog would have the whole page's styles worked out anew.)
 */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const sheet = useRef<HTMLDivElement>(null);
  const keys = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose();
    // There is nowhere else to go.
    else if (event.key !== 'Tab') return;
    event.preventDefault();
  };
  return createPortal(
    <>
      <div className="dialog-backdrop" aria-hidden="true" onClick={onClose} />
      <div
        ref={sheet}
        role="dialog"
        aria-modal="true"
        aria-label={title}
        className="dialog dialog-palette"
        onKeyDown={keys}
        // Whatever is pressed, the box keeps the focus.
        onMouseDown={(event) => event.target instanceof HTMLInputElement || event.preventDefault()}
      >
        {children}
      </div>
      <HoldFocus first={() => sheet.current?.querySelector('input') ?? null} />
    </>,
    document.body,
  );
}
