import { useEffect, useRef, useState } from 'react';
import { useT } from '../../../i18n/react.ts';
import type { Pdf, PdfPage } from './pdf.ts';

/** One page: its room is kept from the beginning, and it is drawn when it comes near. */
export function PdfPageView({
  pdf,
  number,
  size,
  scale,
  onSeen,
}: {
  pdf: Pdf;
  number: number;
  /** Of the first page, until this one's own is known. At 100 %, CSS pixels. */
  size: { readonly width: number; readonly height: number };
  scale: number;
  /** The middle of the room reached this page. */
  onSeen: (number: number) => void;
}) {
  const t = useT();
  const room = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const [page, setPage] = useState<PdfPage | null>(null);
  const [state, setState] = useState<'waiting' | 'drawn' | 'failed'>('waiting');
  useEffect(() => {
    const element = room.current;
    if (!element) return;
    const root = element.parentElement;
    const nearby = new IntersectionObserver((entries) => setNear(entries.some((entry) => entry.isIntersecting)), {
      root,
      rootMargin: '100% 0px',
    });
    const middle = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && onSeen(number),
      { root, rootMargin: '-50% 0px' },
    );
    nearby.observe(element);
    middle.observe(element);
    return () => {
      nearby.disconnect();
      middle.disconnect();
    };
  }, [number, onSeen]);
  useEffect(() => {
    if (!near) return setState('waiting');
    const stop = new AbortController();
    const show = async (): Promise<void> => {
      const found = await pdf.page(number);
      if (stop.signal.aborted || !canvas.current || !words.current) return;
      setPage(found);
      await found.draw({ canvas: canvas.current, words: words.current }, scale, stop.signal);
      if (!stop.signal.aborted) setState('drawn');
    };
    show().catch(() => stop.signal.aborted || setState('failed'));
    return () => stop.abort();
  }, [near, pdf, number, scale]);
  const { width, height } = page ?? size;
  return (
    <section
      ref={room}
      className="pdf-page"
      data-page={number}
      data-state={state}
      aria-label={t('pdf.page', { number })}
      style={{ width: width * scale, height: height * scale }}
    >
      {near ? (
        <>
          <canvas ref={canvas} />
          <div ref={words} className="pdf-words" />
        </>
      ) : null}
      {state === 'failed' ? <p className="pdf-failed">{t('pdf.pageFailed')}</p> : null}
    </section>
  );
}
