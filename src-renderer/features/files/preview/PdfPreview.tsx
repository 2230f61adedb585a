import './pdf.css';
import { Download, ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useT } from '../../../i18n/react.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { PdfPageView } from './PdfPageView.tsx';
import type { Pdf } from './pdf.ts';

const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;
/** The zoom at which a page is as wide as the room. */
const fit = 2;
/** Beyond this a document is read elsewhere: it would be held in memory whole. Bytes. */
const mostBytes = 100_000_000;

const problems = {
  locked: 'pdf.locked',
  damaged: 'pdf.damaged',
  failed: 'pdf.failed',
  large: 'pdf.large',
} as const;

type Shown =
  | { readonly is: 'loading' }
  | { readonly is: 'open'; readonly pdf: Pdf; readonly size: { readonly width: number; readonly height: number } }
  | { readonly is: keyof typeof problems };

/** A PDF page by page: + and - make it larger and smaller, n and p go to the next page and the one before. */
export function PdfPreview({ url, name, onClose }: { url: string; name: string; onClose: () => void }) {
  const t = useT();
  const [shown, setShown] = useState<Shown>({ is: 'loading' });
  const [zoom, setZoom] = useState(fit);
  const [at, setAt] = useState(1);
  const [width, setWidth] = useState(0);
  const room = useRef<HTMLDivElement | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    let pdf: Pdf | undefined;
    load(url, stop.signal).then((loaded) => {
      pdf = loaded.is === 'open' ? loaded.pdf : undefined;
      if (stop.signal.aborted) pdf?.close();
      else setShown(loaded);
    });
    return () => {
      stop.abort();
      pdf?.close();
    };
  }, [url]);
  // The sheet puts its inside on the page later than this is first drawn.
  const roomHere = useCallback((element: HTMLDivElement) => {
    room.current = element;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const count = shown.is === 'open' ? shown.pdf.count : 0;
  const closer = (by: 1 | -1): void => setZoom((now) => Math.min(zooms.length - 1, Math.max(0, now + by)));
  const go = (page: number): void =>
    room.current?.querySelector(`[data-page="${Math.min(count, Math.max(1, page))}"]`)?.scrollIntoView();
  const pressed = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') closer(1);
    else if (event.key === '-') closer(-1);
    else if (event.key === '0') setZoom(fit);
    else if (event.key === 'n') go(at + 1);
    else if (event.key === 'p') go(at - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const margin = 32;
  const widest = shown.is === 'open' ? Math.max(0.1, (width - margin) / shown.size.width) : 1;
  const scale = widest * (zooms[zoom] ?? 1);
  return (
    <Dialog title={name} size="large" onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the document inside */}
      <div className="pdf" onKeyDown={pressed}>
        <div className="pdf-tools">
          <span className="pdf-at" role="status">
            {count > 0 ? t('pdf.at', { at, count }) : ''}
          </span>
          <IconButton label={t('lightbox.smaller')} keys="-" disabled={zoom === 0} onClick={() => closer(-1)}>
            <ZoomOut />
          </IconButton>
          <IconButton
            label={t('lightbox.larger')}
            keys="+"
            disabled={zoom === zooms.length - 1}
            onClick={() => closer(1)}
          >
            <ZoomIn />
          </IconButton>
          <a className="icon-button" href={url} download={name} aria-label={t('attachment.save', { name })}>
            <Download />
          </a>
        </div>
        <div
          className="pdf-room"
          ref={roomHere}
          data-first=""
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
          tabIndex={0}
          role="document"
          aria-label={name}
          aria-busy={shown.is === 'loading'}
        >
          {shown.is === 'open' && width > 0
            ? Array.from({ length: count }, (_, index) => (
                <PdfPageView
                  // biome-ignore lint/suspicious/noArrayIndexKey: pages never change places
                  key={index}
                  pdf={shown.pdf}
                  number={index + 1}
                  size={shown.size}
                  scale={scale}
                  onSeen={setAt}
                />
              ))
            : null}
          {shown.is === 'open' || shown.is === 'loading' ? null : (
            <p className="pdf-problem" role="alert">
              {t(problems[shown.is])}
            </p>
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** Never rejects: what went wrong is shown. */
async function load(url: string, signal: AbortSignal): Promise<Shown> {
  try {
    // What draws documents is large, and few messages bring one.
    const [{ openPdf, PdfProblem }, response] = await Promise.all([import('./pdf.ts'), fetch(url, { signal })]);
    if (!response.ok) return { is: 'failed' };
    if (Number(response.headers.get('content-length') ?? 0) > mostBytes) return { is: 'large' };
    try {
      const pdf = await openPdf(await response.arrayBuffer());
      return { is: 'open', pdf, size: await pdf.page(1) };
    } catch (error) {
      return { is: error instanceof PdfProblem ? error.reason : 'damaged' };
    }
  } catch {
    return { is: 'failed' };
  }
}
