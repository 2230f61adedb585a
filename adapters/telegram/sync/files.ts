import { ChannelError, type PictureOf } from '../../../src-shared/channel.ts';
import type { BlobRef, MessageKey } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import { avatarPlace, emojiDocument } from '../ids.ts';
import { largest, stillIn } from '../map/media.ts';
import { isWord } from '../remote/errors.ts';
import { bytesOf, childOf, childrenOf, intOf, longOf, type Plain } from '../remote/plain.ts';
import { fetchMessage } from './history.ts';

/** Bytes asked for at once: a power of two that divides a megabyte (core.telegram.org/api/files, "Downloading files"). */
const chunkBytes = 524_288;
const withinMs = 60_000;

interface Location {
  readonly input: Plain;
  readonly dc: number | undefined;
}
const missing = () => new ChannelError('not-found', 'refused', 'This file is no longer on Telegram.');

/**
 * The bytes of a file, in order. What says where they are ages within hours (core.telegram.org/api/file-references), so the
 * message is asked for first, and once more should it have aged in the middle.
 */
export async function openFile(
  account: Account,
  source: { message: MessageKey; ref: BlobRef },
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const emoji = /^emoji:(\d+)$/.exec(source.ref)?.[1];
  const find =
    emoji === undefined
      ? async () => locate(await fetchMessage(account, source.message, signal), source.ref)
      : () => locateEmoji(account, emoji, signal);
  return bytesAt(account, find, signal);
}
/** The small picture of somebody or of a group, or of an emoji (core.telegram.org/constructor/inputPeerPhotoFileLocation). */
export async function openPicture(
  account: Account,
  of: PictureOf,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  if (of.is === 'emoji') {
    const document = emojiDocument(of.emoji);
    if (document === undefined) throw missing();
    return bytesAt(account, () => locateEmoji(account, document, signal), signal);
  }
  const place = avatarPlace(of.ref);
  if (!place) throw missing();
  const { input: peer } = account.inputOf(of.key);
  const input: Plain = { _: 'InputPeerPhotoFileLocation', peer, photoId: place.photo };
  return bytesAt(account, async () => ({ input, dc: place.dc }), signal);
}

/** `find` is asked again where what it said has aged meanwhile. */
async function bytesAt(
  account: Account,
  find: () => Promise<Location>,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  let location = await find();
  const chunk = async (offset: number): Promise<Uint8Array> => {
    const fields = () => ({ location: location.input, offset: String(offset), limit: chunkBytes });
    const how = () => ({ signal, withinMs, ...(location.dc === undefined ? {} : { dc: location.dc }) });
    try {
      return bytes(await account.call('upload.GetFile', fields(), how()));
    } catch (cause) {
      if (!isWord(cause, 'FILE_REFERENCE_EXPIRED')) throw cause;
      location = await find();
      return bytes(await account.call('upload.GetFile', fields(), how()));
    }
  };
  const first = await chunk(0);
  return (async function* () {
    for (let [at, part] = [0, first]; part.length > 0; ) {
      yield part;
      if (part.length < chunkBytes) return;
      at += part.length;
      part = await chunk(at);
    }
  })();
}
function bytes(answer: Plain): Uint8Array {
  const found = bytesOf(answer, 'bytes');
  if (!found) throw missing();
  return found;
}
/**
 * An emoji is a sticker (core.telegram.org/api/custom-emoji#emoji-documents). One that moves is a drawing or a film, of
 * which the still picture beside it is taken.
 */
async function locateEmoji(account: Account, document: string, signal: AbortSignal): Promise<Location> {
  const answer = await account.call('messages.GetCustomEmojiDocuments', { documentId: [document] }, { signal });
  const found = childrenOf(answer, 'items').find((one) => longOf(one, 'id') === document);
  const accessHash = longOf(found, 'accessHash');
  const fileReference = bytesOf(found, 'fileReference');
  const still = found?.mimeType === 'image/webp' || found?.mimeType === 'image/png';
  const thumbSize = still ? '' : found && stillIn(found)?.type;
  if (accessHash === undefined || !fileReference || thumbSize === undefined) throw missing();
  return {
    input: { _: 'InputDocumentFileLocation', id: document, accessHash, fileReference, thumbSize },
    dc: intOf(found, 'dcId'),
  };
}
/** Where the file a reference names is, by what the message says now. */
function locate(message: Plain, ref: BlobRef): Location {
  const [named, id] = ref.split(':');
  const kind = named === 'still' ? 'document' : named;
  const media = childOf(message, 'media');
  const page = childOf(media, 'webpage');
  const found = ['photo', 'document']
    .flatMap((field) => [childOf(media, field), childOf(page, field)])
    .find((one) => one !== undefined && longOf(one, 'id') === id && one._.toLowerCase() === kind);
  const hash = longOf(found, 'accessHash');
  const fileReference = bytesOf(found, 'fileReference');
  if (!found || id === undefined || hash === undefined || !fileReference) throw missing();
  const size = named === 'photo' ? largest(found)?.type : named === 'still' ? stillIn(found)?.type : '';
  if (size === undefined) throw missing();
  return {
    input: {
      _: kind === 'photo' ? 'InputPhotoFileLocation' : 'InputDocumentFileLocation',
      id,
      accessHash: hash,
      fileReference,
      thumbSize: size,
    },
    dc: intOf(found, 'dcId'),
  };
}
