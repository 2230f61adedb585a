import type { ImapFlow } from 'imapflow';
import { ChannelError, type SessionContext } from '../../src-shared/channel.ts';
import { type BlobRef, type MessageKey, sourceRef } from '../../src-shared/model/index.ts';
import { openPart } from '../_kit/mail/index.ts';
import { openAside } from './imap/aside.ts';
import { type Connection, priorities } from './imap/connection.ts';
import { findSection } from './map.ts';
import { placesOf, uidsIn } from './operations/locate.ts';

/** Messages up to this size are taken whole and opened here, which also reaches what is packed inside a part. Bytes. */
const wholeBytes = 1024 * 1024;
const chunkBytes = 256 * 1024;

/** Downloads on a connection of their own, so that a slow reader keeps nothing else waiting. */
export interface Blobs {
  open(source: { message: MessageKey; ref: BlobRef }, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
}

const gone = (): ChannelError => new ChannelError('gone', 'refused', 'The attachment is no longer on the server.');

export function openBlobs(
  context: SessionContext,
  work: () => Connection,
  connect: (signal: AbortSignal) => Promise<Connection>,
): Blobs {
  const aside = openAside(context.clock, work, connect);

  async function* read(
    connection: Connection,
    { message, ref }: { message: MessageKey; ref: BlobRef },
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const section = /^part:([\d.]+)/.exec(ref)?.[1];
    for (const [path, places] of await placesOf(context, [message])) {
      const select = async (client: ImapFlow): Promise<number | undefined> => {
        const mailbox = await client.mailboxOpen(path, { readOnly: true });
        return (await uidsIn(client, mailbox, places)).get(message)?.[0];
      };
      if (ref === sourceRef) {
        yield* stream(connection, select, undefined, signal);
        return;
      }
      const outline = await connection.use(
        priorities.person,
        async (client) => {
          const uid = await select(client);
          if (uid === undefined) return undefined;
          const found = await client.fetchOne(
            String(uid),
            { uid: true, size: true, bodyStructure: true },
            { uid: true },
          );
          if (!found) return undefined;
          const node = found.bodyStructure && section ? findSection(found.bodyStructure, section) : undefined;
          const plain = node === undefined || node.type.startsWith('text/') || ref !== `part:${section}`;
          if (!plain && (found.size ?? 0) > wholeBytes) return { uid, whole: undefined };
          const whole = await client.fetchOne(String(uid), { uid: true, source: true }, { uid: true });
          if (!whole) return undefined;
          return whole.source ? { uid, whole: whole.source } : undefined;
        },
        { signal },
      );
      if (!outline) continue;
      if (outline.whole) {
        const part = openPart(outline.whole, ref);
        if (!part) continue;
        yield part.bytes;
        return;
      }
      yield* stream(connection, select, section ?? '1', signal);
      return;
    }
    throw gone();
  }

  return {
    async open(source, signal) {
      const { connection, release } = await aside.acquire();
      const bytes = read(connection, source, signal);
      // The first piece is fetched before answering, so that a missing attachment is an error and no empty file.
      const first = await bytes.next().catch((error: unknown) => {
        release();
        throw error;
      });
      return (async function* () {
        try {
          if (!first.done) yield first.value;
          yield* bytes;
        } finally {
          release();
        }
      })();
    },
    close: () => aside.close(),
  };
}

/** A part's decoded bytes, or without a part the whole message as it is, fetched piece by piece while the folder stays open. */
async function* stream(
  connection: Connection,
  select: (client: ImapFlow) => Promise<number | undefined>,
  section: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let wake = Promise.withResolvers<void>();
  let room = Promise.withResolvers<void>();
  let finished = false;
  let abandoned = false;
  const fetching = connection
    .use(
      priorities.person,
      async (client) => {
        const uid = await select(client);
        if (uid === undefined) throw gone();
        const { content } = await client.download(String(uid), section, { uid: true, chunkSize: chunkBytes });
        if (!content) throw gone();
        for await (const piece of content) {
          if (abandoned || signal.aborted) break;
          pieces.push(piece);
          wake.resolve();
          if (pieces.length >= 8) await room.promise;
        }
      },
      { signal, limitMs: 3_600_000 },
    )
    .finally(() => {
      finished = true;
      wake.resolve();
    });
  fetching.catch(() => undefined);
  try {
    for (;;) {
      const piece = pieces.shift();
      if (piece) {
        room.resolve();
        room = Promise.withResolvers<void>();
        yield piece;
      } else if (finished) break;
      else {
        await wake.promise;
        wake = Promise.withResolvers<void>();
      }
    }
    await fetching;
  } finally {
    abandoned = true;
    room.resolve();
  }
}
