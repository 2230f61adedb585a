import { GlobalWorkerOptions, getDocument, PasswordException, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerUrl;

export interface PdfPage {
  /** At 100 %, CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Draws the page and lays its words over it. Rejects when the page is damaged; a draw that was called off resolves. */
  draw(onto: { canvas: HTMLCanvasElement; words: HTMLElement }, scale: number, signal: AbortSignal): Promise<void>;
}
export interface Pdf {
  readonly count: number;
  /** @param number from 1 */
  page(number: number): Promise<PdfPage>;
  close(): void;
}
/** Why a document is not shown. */
export class PdfProblem extends Error {
  readonly reason: 'locked' | 'damaged';
  constructor(reason: 'locked' | 'damaged', cause: unknown) {
    super(`The document is ${reason}`, { cause });
    this.reason = reason;
  }
}
/** Larger canvases are drawn coarser: browsers give up on them. Pixels. */
const mostPixels = 16_000_000;

/**
 * Opens a document in a worker of its own. The window's policy allows neither eval nor WebAssembly: scripts in documents
 * are not run at all, and pictures in JPEG 2000 or JBIG2 are read by the plain JavaScript decoders.
 * @throws PdfProblem
 */
export async function openPdf(data: ArrayBuffer): Promise<Pdf> {
  const loading = getDocument({
    data,
    useWasm: false,
    enableXfa: false,
    wasmUrl: '/pdf/wasm/',
    cMapUrl: '/pdf/cmaps/',
    standardFontDataUrl: '/pdf/standard_fonts/',
    iccUrl: '/pdf/iccs/',
    verbosity: 0,
  });
  try {
    const file = await loading.promise;
    return {
      count: file.numPages,
      page: async (number) => {
        const page = await file.getPage(number);
        const { width, height } = page.getViewport({ scale: 1 });
        return { width, height, draw: (onto, scale, signal) => draw(page, onto, scale, signal) };
      },
      close: () => void loading.destroy(),
    };
  } catch (error) {
    void loading.destroy();
    throw new PdfProblem(error instanceof PasswordException ? 'locked' : 'damaged', error);
  }
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocument>['promise']>['getPage']>>;

async function draw(
  page: Page,
  { canvas, words }: { canvas: HTMLCanvasElement; words: HTMLElement },
  scale: number,
  signal: AbortSignal,
): Promise<void> {
  const viewport = page.getViewport({ scale });
  const wanted = viewport.width * viewport.height * devicePixelRatio ** 2;
  const fine = devicePixelRatio * Math.min(1, Math.sqrt(mostPixels / wanted));
  canvas.width = Math.floor(viewport.width * fine);
  canvas.height = Math.floor(viewport.height * fine);
  words.replaceChildren();
  words.style.setProperty('--total-scale-factor', String(scale));
  const painting = page.render({ canvas, viewport: page.getViewport({ scale: scale * fine }) });
  const writing = new TextLayer({
    textContentSource: page.streamTextContent(),
    container: words,
    viewport,
  });
  signal.addEventListener('abort', () => {
    painting.cancel();
    writing.cancel();
  });
  try {
    await Promise.all([painting.promise, writing.render()]);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
