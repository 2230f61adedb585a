import './lightbox.css';
import { Dialog as Base } from '@base-ui/react/dialog';
import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from 'lucide-react';
import { useRef, useState } from 'react';
import { useT } from '../../i18n/react.ts';
import { HoldFocus } from '../../ui/HoldFocus.tsx';

const zooms = [1, 1.5, 2, 3, 4, 6] as const;

/** A picture or film as large as the window allows, and larger: + and - zoom, arrows go on to the next. */
export function LightBox({
  url,
  name,
  film = false,
  position,
  onStep,
  onClose,
}: {
  url: string;
  name: string;
  film?: boolean;
  /** "3 of 12". */
  position?: string | undefined;
  onStep?: ((by: 1 | -1) => void) | undefined;
  onClose: () => void;
}) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(0);
  const scale = zooms[zoom] ?? 1;
  const closer = (by: 1 | -1): void => setZoom(Math.min(zooms.length - 1, Math.max(0, zoom + by)));
  const step = (by: 1 | -1): void => {
    setZoom(0);
    onStep?.(by);
  };
  const pressed = (event: React.KeyboardEvent): void => {
    if (event.key === '+' || event.key === '=') closer(1);
    else if (event.key === '-') closer(-1);
    else if (event.key === '0') setZoom(0);
    else if (zoom === 0 && !film && onStep && event.key === 'ArrowRight') step(1);
    else if (zoom === 0 && !film && onStep && event.key === 'ArrowLeft') step(-1);
    else if (onStep && (event.key === 'n' || event.key === 'p')) step(event.key === 'n' ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop lightbox-backdrop" />
        <Base.Popup ref={box} className="lightbox" onKeyDown={pressed} initialFocus={false} finalFocus={false}>
          <header className="lightbox-head">
            <Base.Title className="truncate" dir="auto">
              {name}
            </Base.Title>
            {position === undefined ? null : <span className="lightbox-position">{position}</span>}
            {film ? null : (
              <>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={t('lightbox.smaller')}
                  disabled={zoom === 0}
                  onClick={() => closer(-1)}
                >
                  <ZoomOut />
                </button>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={t('lightbox.larger')}
                  disabled={zoom === zooms.length - 1}
                  onClick={() => closer(1)}
                >
                  <ZoomIn />
                </button>
              </>
            )}
            <a className="icon-button" href={url} download={name} aria-label={t('attachment.save', { name })}>
              <Download />
            </a>
            <Base.Close className="icon-button" aria-label={t('action.close')}>
              <X />
            </Base.Close>
          </header>
          {film ? (
            // biome-ignore lint/a11y/useMediaCaption: nobody made captions for it
            <video key={url} className="lightbox-film" src={url} controls autoPlay aria-label={name} />
          ) : (
            <div className="lightbox-room" data-zoomed={zoom > 0} tabIndex={zoom > 0 ? 0 : -1}>
              <img
                src={url}
                alt={name}
                style={zoom > 0 ? { width: `${scale * 100}%`, maxWidth: 'none', maxHeight: 'none' } : {}}
                onDoubleClick={() => setZoom(zoom > 0 ? 0 : 2)}
              />
            </div>
          )}
          {onStep ? (
            <>
              <button
                type="button"
                className="lightbox-step lightbox-previous"
                aria-label={t('lightbox.previous')}
                onClick={() => step(-1)}
              >
                <ChevronLeft />
              </button>
              <button
                type="button"
                className="lightbox-step lightbox-next"
                aria-label={t('lightbox.next')}
                onClick={() => step(1)}
              >
                <ChevronRight />
              </button>
            </>
          ) : null}
        </Base.Popup>
        <HoldFocus first={() => box.current?.querySelector<HTMLElement>('button:not([disabled]), a') ?? null} />
      </Base.Portal>
    </Base.Root>
  );
}
