import { ChannelError } from '../../../src-shared/channel.ts';
import type { MessageView, Output } from '../../../src-shared/ipc/index.ts';
import { type MessageId, sourceRef } from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import type { Directory } from '../accounts/directory.ts';
import { CallError } from '../errors.ts';
import type { Supervisor } from '../supervisor/index.ts';

/** A source is for looking at: beyond this it is cut. Bytes, and characters of what is shown. */
const mostSource = 1_000_000;
/** Somebody waits for it, ms. */
const patience = 30_000;

export interface SourceOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly supervisor: Supervisor;
}

/**
 * A message as it was sent: kept from an archive, else asked of its network, else what the channel noted of it. Rejects
 * with a `CallError` that says why when none of these is to be had now.
 */
export async function sourceOf(options: SourceOptions, message: MessageId): Promise<Output<'message.source'>> {
  const kept = await options.store.query('message.source', { message });
  const view = await options.store.query('message', { message });
  if (!kept || !view) return null;
  if (kept.source) return cut(kept.source);
  const fetched = await fetchSource(options, view);
  if (fetched instanceof Uint8Array) return cut(fetched);
  // Of mail only some header fields are noted: shown as the source they would be taken for it.
  const { send } = await options.directory.channelOf(view.account);
  if (kept.raw === null || send.style === 'mail') throw fetched;
  const text = JSON.stringify(kept.raw, null, 2);
  return { text: text.slice(0, mostSource), truncated: text.length > mostSource };
}

/** Mail has a source even where it was not kept: its server has it. An account that is gone by now has none. */
export async function withSource(directory: Directory, view: MessageView): Promise<MessageView> {
  if (view.hasSource || view.system) return view;
  const channel = await directory.channelOf(view.account).catch(() => undefined);
  return channel?.send.style === 'mail' ? { ...view, hasSource: true } : view;
}

/** The first bytes from the network, or why there are none. */
async function fetchSource({ supervisor }: SourceOptions, view: MessageView): Promise<Uint8Array | CallError> {
  try {
    const { session, over } = supervisor.needOnline(view.account);
    const signal = AbortSignal.any([over, AbortSignal.timeout(patience)]);
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of await session.openBlob({ message: view.key, ref: sourceRef }, signal)) {
      pieces.push(piece);
      bytes += piece.byteLength;
      if (bytes > mostSource) break;
    }
    return Buffer.concat(pieces);
  } catch (error) {
    if (error instanceof CallError) return error;
    const refused = error instanceof ChannelError && error.outcome === 'refused';
    return new CallError('not-available', 'The source of this message is not available.', {
      retryable: !refused,
      cause: error,
    });
  }
}

const cut = (source: Uint8Array): { text: string; truncated: boolean } => ({
  text: decode(source.subarray(0, mostSource)),
  truncated: source.byteLength > mostSource,
});

/** Latin-1 shows every byte as one character; mail that is UTF-8 throughout reads better as that. */
function decode(bytes: Uint8Array): string {
  try {
    // A character that the cut went through is left out.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
