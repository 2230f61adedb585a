import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { SendOptions } from '../../../src-shared/channel.ts';
import type { CallOptions } from '../../_kit/http/index.ts';
import type { Google } from '../google.ts';
import { base64url, type Composed } from './compose.ts';

/**
 * Above this a message is uploaded as it is rather than within JSON, of which Google's servers take 10 MB at most. Bytes.
 * https://developers.google.com/workspace/gmail/api/guides/uploads
 */
const uploadFrom = 2 * 1024 * 1024;
/** An upload may take this long, ms. */
const uploadMs = 600_000;
const chunkBytes = 64 * 1024;

/** A message in Gmail's terms: the bytes within it, or beside it. */
export interface Handed {
  readonly message: { readonly threadId?: string; readonly raw?: string };
  readonly media: { readonly media?: { readonly mimeType: string; readonly body: Readable } };
  /** Media uploads do not follow the client's root. */
  readonly root: { readonly rootUrl?: string };
}

/** Hands a message to one of Gmail's methods, small or large, telling how far it is. Never tried twice. */
export async function handOver<S extends z.ZodType>(
  google: Google,
  schema: S,
  { raw, threadId }: Composed,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: SendOptions['progress'] },
  method: (handed: Handed) => Promise<{ data: unknown }>,
): Promise<z.infer<S>> {
  const call: CallOptions = { signal, repeatable: false, timeoutMs: uploadMs };
  const thread = threadId === undefined ? {} : { threadId };
  progress(0, raw.byteLength);
  const answer = await google.call(schema, call, () =>
    method(
      raw.byteLength <= uploadFrom
        ? { message: { ...thread, raw: base64url(raw) }, media: {}, root: {} }
        : {
            message: thread,
            media: { media: { mimeType: 'message/rfc822', body: Readable.from(pieces(raw, progress)) } },
            root: { rootUrl: google.rootUrl },
          },
    ),
  );
  progress(raw.byteLength, raw.byteLength);
  return answer;
}

function* pieces(raw: Uint8Array, progress: SendOptions['progress']): Generator<Uint8Array> {
  for (let start = 0; start < raw.byteLength; start += chunkBytes) {
    yield raw.subarray(start, start + chunkBytes);
    progress(Math.min(start + chunkBytes, raw.byteLength), raw.byteLength);
  }
}
