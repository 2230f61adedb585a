import type { Caller, Reply } from '../../../src-shared/ipc/index.ts';
import type { AttachmentId } from '../../../src-shared/model/index.ts';
import type { AttachmentFile, HubDoor } from '../door.ts';
import type { FromHub, Line, ToHub } from './messages.ts';

const lost: Reply<never> = {
  ok: false,
  error: { code: 'hub-down', message: 'Carillon was interrupted and starts again. Try once more.', retryable: true },
};

type Chunk = Extract<FromHub, { is: 'chunk' }>;
type Opened = Extract<FromHub, { is: 'opened' }>['file'];

/** A hub in another process, as a door. Once `end` is called every waiting call is told to come again. */
export class HubLink implements HubDoor {
  readonly #line: Line<ToHub, FromHub>;
  readonly #calls = new Map<number, (reply: Reply<unknown>) => void>();
  readonly #opens = new Map<number, (file: Opened) => void>();
  readonly #chunks = new Map<number, (chunk: Chunk) => void>();
  readonly #listeners = new Set<(event: string, payload: unknown) => void>();
  #last = 0;
  #ended = false;

  /** @param told what is not an answer: that it is up, that it asks, that it failed. */
  constructor(line: Line<ToHub, FromHub>, told: (message: Extract<FromHub, { is: 'up' | 'ask' | 'failed' }>) => void) {
    this.#line = line;
    line.receive((message) => {
      switch (message.is) {
        case 'reply':
          return take(this.#calls, message.id)?.(message.reply);
        case 'opened':
          return take(this.#opens, message.id)?.(message.file);
        case 'chunk':
          return take(this.#chunks, message.id)?.(message);
        case 'event':
          for (const listener of this.#listeners) listener(message.event, message.payload);
          return;
        default:
          told(message);
      }
    });
  }

  call(name: string, input: unknown, caller: Caller): Promise<Reply<unknown>> {
    if (this.#ended) return Promise.resolve(lost);
    const id = ++this.#last;
    return new Promise((resolve) => {
      this.#calls.set(id, resolve);
      this.#line.send({ is: 'call', id, name, input, window: caller.window });
    });
  }
  on(listener: (event: string, payload: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  async attachment(attachment: AttachmentId): Promise<AttachmentFile | undefined> {
    if (this.#ended) return undefined;
    const id = ++this.#last;
    const file = await new Promise<Opened>((resolve) => {
      this.#opens.set(id, resolve);
      this.#line.send({ is: 'open', id, attachment });
    });
    return file && { ...file, read: (start, end) => this.#read(attachment, start, end) };
  }
  answer(passphrase: string | undefined): void {
    this.#line.send({ is: 'passphrase', passphrase });
  }
  stop(): void {
    if (!this.#ended) this.#line.send({ is: 'stop' });
  }
  /** The process is gone. */
  end(): void {
    this.#ended = true;
    for (const resolve of this.#calls.values()) resolve(lost);
    for (const resolve of this.#opens.values()) resolve(undefined);
    for (const [id, resolve] of this.#chunks) resolve({ is: 'chunk', id, bytes: undefined, error: 'the hub ended' });
    this.#calls.clear();
    this.#opens.clear();
    this.#chunks.clear();
  }

  async *#read(attachment: AttachmentId, start: number, end: number): AsyncGenerator<Uint8Array> {
    const id = ++this.#last;
    const ask = (message: ToHub): Promise<Chunk> =>
      new Promise((resolve) => {
        this.#chunks.set(id, resolve);
        this.#line.send(message);
      });
    let chunk = await ask({ is: 'read', id, attachment, start, end });
    try {
      while (chunk.bytes !== undefined) {
        yield chunk.bytes;
        chunk = await ask({ is: 'next', id });
      }
    } finally {
      if (chunk.bytes !== undefined && !this.#ended) this.#line.send({ is: 'drop', id });
    }
    if (chunk.error !== undefined) throw new Error(`the attachment broke off: ${chunk.error}`);
  }
}

const take = <V>(map: Map<number, V>, id: number): V | undefined => {
  const value = map.get(id);
  map.delete(id);
  return value;
};
