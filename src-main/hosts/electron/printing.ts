import { BrowserWindow, type Session, type WebContents } from 'electron';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import { origin } from './page-protocol.ts';
import { ShellError } from './shell-error.ts';
import { webPreferences } from './window.ts';

/** Longest a page may take to be drawn, ms: ten thousand messages take a while. */
const patienceMs = 180_000;
/** Around what is printed, inches. */
const margin = 0.5;
const a4 = { width: 8.27, height: 11.69 };
/** CSS pixels of an inch: https://www.w3.org/TR/css-values-3/#absolute-lengths */
const inch = 96;
const pageNumbers =
  '<p style="width:100%;margin:0;text-align:center;font:8px sans-serif;color:#777"><span class="pageNumber"></span> / <span class="totalPages"></span></p>';

/**
 * Prints whole conversations, on pages of their own that nobody sees: the window holds but a stretch of a long one, in
 * the colours of the screen.
 */
export class Printing {
  readonly #session: Session;
  readonly #drawing = new Map<WebContents, (problem: string | null) => void>();

  /** @param session serves our pages, and is nobody else's: how far the person zoomed in is no business of the paper's. */
  constructor(session: Session) {
    this.#session = session;
    // On by itself it would fetch a dictionary, for pages nobody writes in.
    session.setSpellCheckerEnabled(false);
  }
  /** Said by a page once all of it is drawn, or why it cannot be. */
  drawn(page: WebContents, problem: string | null): void {
    this.#drawing.get(page)?.(problem);
  }
  pdf(conversation: ConversationId): Promise<Uint8Array> {
    return this.#with(conversation, (page) =>
      page.printToPDF({
        pageSize: a4,
        margins: { top: margin, bottom: margin, left: margin, right: margin },
        printBackground: true,
        generateTaggedPDF: true,
        displayHeaderFooter: true,
        headerTemplate: '<p></p>',
        footerTemplate: pageNumbers,
      }),
    );
  }
  /** Asks the system for a printer. Resolves when the pages were handed over or the person would rather not. */
  print(conversation: ConversationId): Promise<void> {
    return this.#with(
      conversation,
      (page) =>
        new Promise((resolve, reject) => {
          page.print({ printBackground: true }, (done, why) => {
            if (done || /cancel/i.test(why)) resolve();
            else reject(new ShellError('printer', why));
          });
        }),
    );
  }

  async #with<T>(conversation: ConversationId, work: (page: WebContents) => Promise<T>): Promise<T> {
    const window = new BrowserWindow({
      show: false,
      useContentSize: true,
      // As wide as the sheet between its margins, so that frames of letters are measured as they will be printed.
      width: Math.floor((a4.width - 2 * margin) * inch),
      height: Math.floor((a4.height - 2 * margin) * inch),
      webPreferences: { ...webPreferences, session: this.#session, spellcheck: false, backgroundThrottling: false },
    });
    const page = window.webContents;
    const stop = new AbortController();
    try {
      await Promise.all([page.loadURL(`${origin}/index.html?paper=${conversation}`), this.#drawn(page, stop.signal)]);
      return await work(page);
    } finally {
      stop.abort();
      this.#drawing.delete(page);
      window.destroy();
    }
  }
  /** Rejects with why it could not be drawn. */
  #drawn(page: WebContents, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (why: string): void => reject(new ShellError('paper', why));
      const late = setTimeout(() => fail('The pages took too long to draw.'), patienceMs);
      signal.addEventListener('abort', () => clearTimeout(late));
      page.once('render-process-gone', (_event, { reason }) => fail(reason));
      this.#drawing.set(page, (problem) => (problem === null ? resolve() : fail(problem)));
    });
  }
}
