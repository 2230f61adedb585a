import { createHash } from 'node:crypto';
import { Api } from 'teleproto/tl/index.js';
import { RpcError } from '../mtproto/server.ts';
import { type Method, on, resolve, type Scene } from '../scene.ts';
import { long, number } from '../tl.ts';
import type { World } from '../world.ts';

/** What a file reference is: it ages, and the message it belongs to is asked for a fresh one (core.telegram.org/api/file-references). */
export const reference = (world: World): Buffer => Buffer.from(`reference ${world.fileAge}`);

export interface FileMade {
  readonly name?: string;
  readonly mime: string;
  readonly attributes?: readonly Api.TypeDocumentAttribute[];
}
export function documentOf(world: World, bytes: Buffer, { name, mime, attributes = [] }: FileMade): Api.Document {
  const id = world.nextFile();
  world.files.set(String(id), bytes);
  return new Api.Document({
    id: long(id),
    accessHash: long(id * 7),
    fileReference: reference(world),
    date: world.now(),
    mimeType: mime,
    size: long(bytes.length),
    dcId: 2,
    attributes: [...attributes, ...(name === undefined ? [] : [new Api.DocumentAttributeFilename({ fileName: name })])],
  });
}
/** An emoji that is a picture; one that moves is a drawing with a still picture beside it (core.telegram.org/api/custom-emoji). */
export function customEmoji(world: World, alt: string, picture: Buffer, moves = false): string {
  const stickerset = new Api.InputStickerSetEmpty();
  const attributes = [new Api.DocumentAttributeCustomEmoji({ alt, stickerset })];
  const bytes = moves ? Buffer.from('a drawing that moves') : picture;
  const document = documentOf(world, bytes, { mime: moves ? 'application/x-tgsticker' : 'image/webp', attributes });
  const id = String(document.id);
  if (moves) {
    world.files.set(`${id}:m`, picture);
    document.thumbs = [
      new Api.PhotoPathSize({ type: 'j', bytes: Buffer.from([1]) }),
      new Api.PhotoSize({ type: 'm', w: 100, h: 100, size: picture.length }),
    ];
  }
  world.emoji.set(id, document);
  return `:${id}:`;
}
/** Puts up a picture for somebody, a group or a channel. */
export function picture(world: World, of: { photo?: number }, bytes: Buffer): void {
  of.photo = world.nextFile();
  world.files.set(String(of.photo), bytes);
}
export function photoOf(world: World, bytes: Buffer, width: number, height: number): Api.MessageMediaPhoto {
  const id = world.nextFile();
  world.files.set(String(id), bytes);
  return new Api.MessageMediaPhoto({
    photo: new Api.Photo({
      id: long(id),
      accessHash: long(id * 7),
      fileReference: reference(world),
      date: world.now(),
      sizes: [new Api.PhotoSize({ type: 'y', w: width, h: height, size: bytes.length })],
      dcId: 2,
    }),
  });
}

/** Turns what a client sends into what everyone gets. */
export function sent(scene: Scene, media: Api.TypeInputMedia): Api.TypeMessageMedia {
  const { world } = scene;
  if (media instanceof Api.InputMediaUploadedPhoto) return photoOf(world, uploaded(scene, media.file), 640, 480);
  if (media instanceof Api.InputMediaUploadedDocument) {
    const attributes = media.attributes ?? [];
    const document = documentOf(world, uploaded(scene, media.file), { mime: media.mimeType, attributes });
    return new Api.MessageMediaDocument({ document });
  }
  if (media instanceof Api.InputMediaPhoto || media instanceof Api.InputMediaDocument) {
    const known = media.id instanceof Api.InputPhoto || media.id instanceof Api.InputDocument ? media.id : undefined;
    const made = known && world.uploads.get(String(known.id));
    if (!made) throw new RpcError(400, 'MEDIA_INVALID');
    return made;
  }
  if (media instanceof Api.InputMediaGeoPoint && media.geoPoint instanceof Api.InputGeoPoint) {
    const { lat, long: longitude } = media.geoPoint;
    return new Api.MessageMediaGeo({ geo: new Api.GeoPoint({ lat, long: longitude, accessHash: long(1) }) });
  }
  if (media instanceof Api.InputMediaContact) {
    const { phoneNumber, firstName, lastName, vcard } = media;
    return new Api.MessageMediaContact({ phoneNumber, firstName, lastName, vcard, userId: long(0) });
  }
  if (media instanceof Api.InputMediaPoll) {
    const results = new Api.PollResults({ totalVoters: 0 });
    return new Api.MessageMediaPoll({ poll: media.poll, results });
  }
  throw new RpcError(400, 'MEDIA_INVALID');
}

/** The parts of a file put together; small ones have their MD5 (core.telegram.org/api/files). */
function uploaded({ world }: Scene, file: Api.TypeInputFile): Buffer {
  if (!(file instanceof Api.InputFile || file instanceof Api.InputFileBig))
    throw new RpcError(400, 'FILE_PARTS_INVALID');
  const parts = Array.from({ length: file.parts }, (_, part) => world.parts.get(`${file.id} ${part}`));
  if (parts.some((part) => part === undefined)) throw new RpcError(400, 'FILE_PART_0_MISSING');
  const bytes = Buffer.concat(parts.filter((part) => part !== undefined));
  if (file instanceof Api.InputFile) {
    if (createHash('md5').update(bytes).digest('hex') !== file.md5Checksum)
      throw new RpcError(400, 'MD5_CHECKSUM_INVALID');
  }
  return bytes;
}
const limits = { part: 524_288, get: 1_048_576 };

export const media: readonly Method[] = [
  on(Api.upload.SaveFilePart, ({ fileId, filePart, bytes }, { world }) => save(world, fileId, filePart, bytes)),
  on(Api.upload.SaveBigFilePart, ({ fileId, filePart, bytes }, { world }) => save(world, fileId, filePart, bytes)),
  on(Api.messages.UploadMedia, ({ media: input }, scene) => {
    const made = sent(scene, input);
    const id =
      made instanceof Api.MessageMediaPhoto
        ? String(made.photo instanceof Api.Photo ? made.photo.id : 0)
        : String(
            made instanceof Api.MessageMediaDocument && made.document instanceof Api.Document ? made.document.id : 0,
          );
    scene.world.uploads.set(id, made);
    return made;
  }),
  on(Api.messages.GetCustomEmojiDocuments, ({ documentId }, { world }) =>
    documentId.flatMap((id) => world.emoji.get(String(id)) ?? []),
  ),
  on(Api.upload.GetFile, ({ location, offset, limit }, scene) => {
    const { world } = scene;
    if (location instanceof Api.InputPeerPhotoFileLocation) return avatar(scene, location, number(offset), limit);
    if (!(location instanceof Api.InputPhotoFileLocation || location instanceof Api.InputDocumentFileLocation))
      throw new RpcError(400, 'LOCATION_INVALID');
    if (!location.fileReference.equals(reference(world))) throw new RpcError(400, 'FILE_REFERENCE_EXPIRED');
    // The still picture beside a file that moves lies by itself.
    const still = location.thumbSize === '' ? undefined : world.files.get(`${location.id}:${location.thumbSize}`);
    const file = still ?? world.files.get(String(location.id));
    if (!file || number(location.accessHash) !== number(location.id) * 7) throw new RpcError(400, 'FILE_ID_INVALID');
    const at = number(offset);
    // core.telegram.org/api/files, "Downloading files": both divide by 4 KB, and a request stays within one MB.
    if (at % 4096 !== 0 || limit % 4096 !== 0) throw new RpcError(400, 'OFFSET_INVALID');
    if (limit > limits.get || Math.floor(at / limits.get) !== Math.floor((at + limit - 1) / limits.get))
      throw new RpcError(400, 'LIMIT_INVALID');
    return new Api.upload.File({
      type: new Api.storage.FileUnknown(),
      mtime: 1_700_000_000,
      bytes: Buffer.from(file.subarray(at, at + limit)),
    });
  }),
];
/** Pictures of people and groups need no file reference (core.telegram.org/constructor/inputPeerPhotoFileLocation). */
function avatar(
  scene: Scene,
  { peer: input, photoId }: Api.InputPeerPhotoFileLocation,
  offset: number,
  limit: number,
): Api.upload.File {
  const { world } = scene;
  const { kind, id } = resolve(scene, input);
  const of = { user: world.people, chat: world.groups, channel: world.channels }[kind].get(id);
  const bytes = world.files.get(String(photoId));
  if (of?.photo !== number(photoId) || !bytes) throw new RpcError(400, 'PHOTO_ID_INVALID');
  return new Api.upload.File({
    type: new Api.storage.FileJpeg(),
    mtime: 1_700_000_000,
    bytes: Buffer.from(bytes.subarray(offset, offset + limit)),
  });
}
function save(world: World, fileId: unknown, part: number, bytes: Buffer): boolean {
  if (bytes.length === 0) throw new RpcError(400, 'FILE_PART_EMPTY');
  if (bytes.length > limits.part) throw new RpcError(400, 'FILE_PART_TOO_BIG');
  world.parts.set(`${fileId} ${part}`, bytes);
  return true;
}
