import { randomUUID } from 'node:crypto';
import { ChannelError, type Log } from '../../../src-shared/channel.ts';
import type { AttachmentView } from '../../../src-shared/ipc/index.ts';
import {
  type AccountId,
  type AttachmentId,
  asBlobRef,
  type BlobRef,
  type MessageKey,
} from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import { CallError, diskTrouble, notFound, wordsOf } from '../errors.ts';
import type { Supervisor } from '../supervisor/index.ts';
import type { BlobReading, Blobs } from './blobs.ts';
import { type SafeType, safeName, safeType } from './content-type.ts';

/** An attachment ready to be served. */
export interface OpenedAttachment extends SafeType, BlobReading {
  readonly name: string;
}

/** An adapter that sends more than it announced, or for ever, is cut off here. Bytes. */
const largest = 4 * 1024 ** 3;

/** Bytes of messages: fetched when first asked for, then kept encrypted. */
export class Attachments {
  readonly #store: Store;
  readonly #blobs: Blobs;
  readonly #supervisor: Supervisor;
  readonly #log: Log;
  readonly #fetching = new Map<AttachmentId, Promise<string>>();
  readonly #stop = new AbortController();

  constructor(options: { store: Store; blobs: Blobs; supervisor: Supervisor; log: Log }) {
    this.#store = options.store;
    this.#blobs = options.blobs;
    this.#supervisor = options.supervisor;
    this.#log = options.log;
  }

  /** Ends what is being fetched; resolves once nothing is any more, and no later than every adapter heeds its signal. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#fetching.values());
  }

  /** Fetches it unless it is here. Rejects with a `CallError` that says whether trying again may help. */
  async fetch(id: AttachmentId): Promise<AttachmentView> {
    await this.#local(id);
    return (await this.#row(id)).view;
  }

  async open(id: AttachmentId): Promise<OpenedAttachment> {
    const { view } = await this.#row(id);
    const blob = await this.#blobs.read(await this.#local(id));
    if (!blob) throw notFound('The file');
    return { ...blob, ...safeType(view.mime), name: safeName(view.name) };
  }

  /** Bytes of an outgoing part. */
  async bytesOf(account: AccountId, ref: BlobRef, message: MessageKey | undefined): Promise<Uint8Array> {
    const found = await this.#store.query('blob.find', { account, ref, ...(message ? { message } : {}) });
    if (!found) throw new ChannelError('no-blob', 'refused', 'A file of this message is no longer here.');
    const hash = found.attachment === null ? found.hash : await this.#forSending(found.attachment);
    const blob = hash === null ? undefined : await this.#blobs.read(hash);
    if (!blob) throw new ChannelError('no-blob', 'refused', `The file ${found.name} is no longer here.`);
    try {
      return await collect(blob.stream());
    } catch (error) {
      const trouble = diskTrouble(error);
      if (trouble) throw new ChannelError(trouble.code, 'not-done', trouble.message, { cause: error });
      throw error;
    }
  }

  /** What is here under this name, without fetching; undefined when it is not. */
  kept(hash: string): Promise<BlobReading | undefined> {
    return this.#blobs.read(hash);
  }

  /** Takes over the bytes of a message's file that came with an archive. What no message names is left out. */
  async keep(account: AccountId, file: { message: MessageKey; ref: BlobRef; bytes: Uint8Array }): Promise<void> {
    const { message, ref, bytes } = file;
    const found = await this.#store.query('blob.find', { account, ref, message });
    if (!found || found.attachment === null || found.hash !== null) return;
    const stored = await this.#blobs.write([bytes]);
    await this.#store.command('attachment.stored', { attachment: found.attachment, ...stored });
  }

  /** Takes bytes in, to be sent later. */
  async upload(file: {
    name: string;
    mime: string;
    content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  }): Promise<{
    ref: BlobRef;
    bytes: number;
  }> {
    const { hash, bytes } = await this.#blobs.write(file.content);
    const ref = asBlobRef(`upload:${randomUUID()}`);
    await this.#store.command('upload.stored', { ref, hash, bytes, name: safeName(file.name), mime: file.mime });
    return { ref, bytes };
  }

  /**
   * Lets go of what was taken in to be sent and was not: neither a draft nor the outbox has named it since `before`,
   * Unix ms.
   */
  async letGo(before: number): Promise<void> {
    const old: BlobRef[] = [];
    for (const { ref, hash } of await this.#store.query('uploads', {})) {
      const writtenAt = await this.#blobs.writtenAt(hash);
      if (writtenAt === undefined || writtenAt < before) old.push(ref);
    }
    if (old.length === 0) return;
    const { orphans } = await this.#store.command('uploads.collect', { refs: old });
    for (const hash of orphans) await this.#blobs.remove(hash);
  }

  /**
   * Lets go of files that nothing names, unless they were written after `before`, Unix ms: their row may be on its way.
   * They are what a crash leaves between a row and its file.
   */
  async sweep(before: number): Promise<void> {
    for await (const hashes of this.#blobs.names())
      for (const hash of await this.#store.query('blobs.unnamed', { hashes })) {
        const writtenAt = await this.#blobs.writtenAt(hash);
        if (writtenAt !== undefined && writtenAt < before) await this.#blobs.remove(hash);
      }
  }

  /** The same bytes as an upload, so that another account may send them. */
  async asUpload(id: AttachmentId): Promise<BlobRef> {
    const { view } = await this.#row(id);
    const hash = await this.#local(id);
    const blob = await this.#blobs.read(hash);
    if (!blob) throw notFound('The file');
    const ref = asBlobRef(`upload:${randomUUID()}`);
    await this.#store.command('upload.stored', { ref, hash, name: view.name, mime: view.mime, bytes: blob.bytes });
    return ref;
  }

  async #forSending(id: AttachmentId): Promise<string> {
    try {
      return await this.#local(id);
    } catch (error) {
      const again = error instanceof CallError && error.retryable;
      throw new ChannelError('no-blob', again ? 'not-done' : 'refused', wordsOf(error), { cause: error });
    }
  }

  /** The hash of its file, fetched if need be; callers at the same time share one fetch. */
  async #local(id: AttachmentId): Promise<string> {
    const { hash } = await this.#row(id);
    if (hash !== null && (await this.#blobs.has(hash))) return hash;
    const running = this.#fetching.get(id);
    if (running) return running;
    const fetching = this.#download(id).finally(() => this.#fetching.delete(id));
    this.#fetching.set(id, fetching);
    return fetching;
  }

  async #download(id: AttachmentId): Promise<string> {
    const { view, account, key } = await this.#row(id);
    try {
      const { hash, bytes } = await this.#supervisor.runner(account).withSession(async ({ session, over }) => {
        const signal = AbortSignal.any([over, this.#stop.signal]);
        const stream = await session.openBlob({ message: key, ref: view.ref }, signal);
        return this.#blobs.write(bounded(stream, largest, signal));
      });
      await this.#store.command('attachment.stored', { attachment: id, hash, bytes });
      return hash;
    } catch (error) {
      const trouble = error instanceof ChannelError ? undefined : diskTrouble(error);
      if (trouble) throw trouble;
      if (!(error instanceof ChannelError)) this.#log.error('An attachment could not be fetched', { error });
      const refused = error instanceof ChannelError && error.outcome === 'refused';
      const reason = error instanceof ChannelError ? error.message : 'It could not be fetched.';
      if (refused) await this.#store.command('attachment.failed', { attachment: id, reason });
      throw new CallError(error instanceof ChannelError ? error.code : 'fetch-failed', reason, {
        retryable: !refused,
        cause: error,
      });
    }
  }

  async #row(id: AttachmentId) {
    const row = await this.#store.query('attachment', { attachment: id });
    if (!row) throw notFound('The attachment');
    return row;
  }
}

async function* bounded(
  stream: AsyncIterable<Uint8Array>,
  most: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of stream) {
    if (signal.aborted) throw new ChannelError('over', 'not-done', 'The connection ended.');
    bytes += piece.byteLength;
    if (bytes > most) throw new ChannelError('too-large', 'refused', 'The file is larger than this program takes.');
    yield piece;
  }
}

export async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}
