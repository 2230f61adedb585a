import type { ByteSource } from './bytes.ts';
import { type Dialect, dialectOf, type Evidence, unquote, weigh } from './dialect.ts';
import { judgeSeparator, type Separator } from './separator.ts';

export interface MboxMessage {
  /** RFC 5322 bytes, quoting of "From " lines undone; a copy of its own. */
  readonly source: Uint8Array<ArrayBuffer>;
  /** Unix ms the separator names. */
  readonly receivedAt: number | undefined;
  /** Where in the file the next message begins: a cursor to go on from. */
  readonly next: number;
  /** Only its first `largestMessage` bytes are here. */
  readonly cut: boolean;
}

/** Bytes of one message that are kept; memory stays constant whatever is in the file. */
export const largestMessage = 160 * 1024 * 1024;
const firstBuffer = 1024 * 1024;
const sampleBytes = 4 * 1024 * 1024;
const separatorMark = Buffer.from('\nFrom ');

/** A window on the file that moves forwards: offsets are of the file. */
class Window {
  #buffer = Buffer.allocUnsafeSlow(firstBuffer);
  #start = 0;
  #end = 0;
  #base: number;
  complete = false;
  readonly #source: ByteSource;

  constructor(source: ByteSource, at: number) {
    this.#source = source;
    this.#base = at;
  }
  get bytes(): Buffer {
    return this.#buffer.subarray(this.#start, this.#end);
  }
  get offset(): number {
    return this.#base + this.#start;
  }
  /** Drops the first `count` bytes. */
  advance(count: number): void {
    this.#start += Math.min(count, this.#end - this.#start);
  }
  /** Reads on; false at the end of the file. */
  async more(): Promise<boolean> {
    if (this.complete) return false;
    if (this.#end === this.#buffer.length) this.#makeRoom();
    const got = await this.#source.read(this.#buffer.subarray(this.#end), this.#base + this.#end);
    this.#end += got;
    this.complete = got === 0;
    return got > 0;
  }
  #makeRoom(): void {
    const kept = this.#end - this.#start;
    const size = kept > this.#buffer.length / 2 ? this.#buffer.length * 2 : this.#buffer.length;
    const next = size === this.#buffer.length ? this.#buffer : Buffer.allocUnsafeSlow(size);
    this.#buffer.copy(next, 0, this.#start, this.#end);
    this.#buffer = next;
    this.#base += this.#start;
    this.#start = 0;
    this.#end = kept;
  }
}

interface Found {
  /** Bytes of the message itself in the window. */
  readonly length: number;
  /** Bytes to the separator of the next, or the end. */
  readonly span: number;
  readonly cut: boolean;
  readonly lengthHeld: boolean;
}

/**
 * The messages of an mbox file from byte `from` on, which is 0 or the `next` of a message read before. `dialect`
 * answers what the file is in once its beginning has been looked at.
 */
export async function* readMbox(source: ByteSource, from: number, dialect: Dialect): AsyncGenerator<MboxMessage> {
  const window = new Window(source, from);
  while (await skipToMessage(window)) {
    const separator = await separatorAt(window);
    if (!separator) return;
    window.advance(separator.next);
    const found = await findEnd(window);
    // A buffer of its own: the window moves on, and what goes to another thread takes its whole buffer along.
    const own = new Uint8Array(unquote(window.bytes.subarray(0, found.length), dialect));
    await drop(window, found);
    yield { source: own, receivedAt: separator.at, next: window.offset, cut: found.cut };
  }
}

/** What kind of mbox it is, told from its first megabytes. */
export async function detectDialect(source: ByteSource): Promise<Dialect> {
  const evidence: Evidence = { lengths: 0, bare: 0, doubled: 0, untouched: 0 };
  const window = new Window(source, 0);
  while (window.offset < sampleBytes && (await skipToMessage(window))) {
    const separator = await separatorAt(window);
    if (!separator) break;
    window.advance(separator.next);
    const found = await findEnd(window);
    weigh(window.bytes.subarray(0, found.length), found.lengthHeld, evidence);
    await drop(window, found);
  }
  return dialectOf(evidence);
}

/** Passes over what stands before the first separator; false when nothing is left. */
async function skipToMessage(window: Window): Promise<boolean> {
  while (window.bytes.length < 8 && (await window.more()));
  while (window.bytes.length > 0 && !window.bytes.subarray(0, 5).equals(separatorMark.subarray(1))) {
    const at = window.bytes.indexOf(separatorMark);
    if (at >= 0) window.advance(at + 1);
    else {
      window.advance(window.complete ? window.bytes.length : Math.max(0, window.bytes.length - separatorMark.length));
      if (!(await window.more())) window.advance(window.bytes.length);
    }
  }
  return window.bytes.length > 0;
}

/** The separator the window stands at. The first line of a message is one even when it is out of form. */
async function separatorAt(window: Window): Promise<Separator | undefined> {
  for (;;) {
    const judged = judgeSeparator(window.bytes, 0, window.bytes.length, true, window.complete);
    if (judged !== 'more' && judged !== 'no') return judged;
    if (judged === 'no') {
      const feed = window.bytes.indexOf(0x0a);
      return { next: feed < 0 ? window.bytes.length : feed + 1, at: undefined };
    }
    await window.more();
  }
}

async function findEnd(window: Window): Promise<Found> {
  const promised = await promisedEnd(window);
  if (promised) return promised;
  let at = 0;
  for (;;) {
    const bytes = window.bytes;
    const mark = bytes.indexOf(separatorMark, at);
    if (mark < 0) {
      if (bytes.length > largestMessage)
        return { length: largestMessage, span: bytes.length - separatorMark.length, cut: true, lengthHeld: false };
      at = Math.max(0, bytes.length - separatorMark.length);
      if (!(await window.more()))
        return { length: withoutBlank(window.bytes), span: window.bytes.length, cut: false, lengthHeld: false };
      continue;
    }
    const blank = blankBefore(bytes, mark);
    const judged = judgeSeparator(bytes, mark + 1, bytes.length, blank !== undefined, window.complete);
    if (judged === 'more') {
      if (await window.more()) at = mark;
      continue;
    }
    if (judged !== 'no') return { length: blank ?? mark + 1, span: mark + 1, cut: false, lengthHeld: false };
    at = mark + 1;
  }
}

/** The last message of a file has the empty line too, when its writer gave one to each. */
function withoutBlank(bytes: Buffer): number {
  if (bytes.at(-1) !== 0x0a) return bytes.length;
  const line = bytes.length - (bytes.at(-2) === 0x0d ? 2 : 1);
  return bytes[line - 1] === 0x0a ? line : bytes.length;
}

/** Where the empty line before a separator begins, the line end of the message's last line kept; undefined if none. */
function blankBefore(bytes: Buffer, mark: number): number | undefined {
  const before = bytes[mark - 1] === 0x0d ? mark - 2 : mark - 1;
  if (before < 0) return 0;
  return bytes[before] === 0x0a ? before + 1 : undefined;
}

/** The end a Content-Length promises, when a separator or the end of the file is really there. */
async function promisedEnd(window: Window): Promise<Found | undefined> {
  let headerEnd = endOfHeader(window.bytes);
  while (headerEnd === undefined && window.bytes.length < 256 * 1024 && (await window.more()))
    headerEnd = endOfHeader(window.bytes);
  if (headerEnd === undefined) return undefined;
  const header = window.bytes.toString('latin1', 0, headerEnd);
  const written = /\ncontent-length:[ \t]*(\d{1,9})[ \t]*\r?\n/i.exec(header)?.[1];
  if (written === undefined || Number(written) > largestMessage) return undefined;
  const end = headerEnd + Number(written);
  while (window.bytes.length < end + 2048 && (await window.more()));
  const bytes = window.bytes;
  if (bytes.length < end) return undefined;
  let next = end;
  for (let lines = 0; lines < 2 && (bytes[next] === 0x0a || bytes[next] === 0x0d); lines++)
    next += bytes[next] === 0x0d && bytes[next + 1] === 0x0a ? 2 : 1;
  if (next < bytes.length) {
    if (!bytes.subarray(next, next + 5).equals(separatorMark.subarray(1))) return undefined;
    const judged = judgeSeparator(bytes, next, bytes.length, true, window.complete);
    if (judged === 'no' || judged === 'more') return undefined;
  }
  return { length: end, span: next, cut: false, lengthHeld: true };
}
function endOfHeader(bytes: Buffer): number | undefined {
  const lf = bytes.indexOf('\n\n');
  // Only before the other's end: a window has megabytes, and a file has one kind of line end.
  const before = lf < 0 ? bytes : bytes.subarray(0, lf);
  const crlf = before.indexOf('\r\n\r\n');
  if (crlf >= 0) return crlf + 4;
  return lf < 0 ? undefined : lf + 2;
}

/** Moves to the next separator; what was cut off a message too large is read past. */
async function drop(window: Window, found: Found): Promise<void> {
  window.advance(found.span);
  while (found.cut) {
    const rest = await findEnd(window);
    window.advance(rest.span);
    if (!rest.cut) return;
  }
}
