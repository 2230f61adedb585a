import type { Media, Part } from '../../../src-shared/model/index.ts';
import { emojiRef, fileRef, pictureRef } from '../ids.ts';
import { isSafeLink } from '../text/names.ts';
import { File } from '../wire/message.ts';

const positive = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 ? Math.round(value) : undefined;
const whole = (value: number | undefined): number | undefined =>
  value !== undefined && value >= 0 ? Math.round(value) : undefined;
const mimeOf = (file: File): string =>
  (file.mimetype ?? 'application/octet-stream').split(';')[0]?.trim().toLowerCase().slice(0, 255) ||
  'application/octet-stream';

function mediaOf(file: File): Media {
  const name = file.name || file.title;
  const [bytes, width, height, durationMs] = [
    whole(file.size),
    positive(file.original_w),
    positive(file.original_h),
    whole(file.duration_ms),
  ];
  return {
    ref: fileRef(file.id),
    mime: mimeOf(file),
    ...(name && { name: name.slice(0, 1024) }),
    ...(bytes !== undefined && { bytes }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(durationMs !== undefined && { durationMs }),
  };
}

/** Files whose bytes are not to be had, by their `mode`, in words. */
const gone: ReadonlyMap<string, string> = new Map([
  ['tombstone', 'This file was deleted.'],
  ['hidden_by_limit', 'This file is hidden by the limits of the workspace’s plan.'],
]);

/**
 * A file as the part it is; undefined where it cannot be read at all. From shared channels no more than its id may come: what
 * it is shows when it is opened.
 */
export function filePart(raw: unknown): Part | undefined {
  const read = File.safeParse(raw);
  if (!read.success) return undefined;
  const file = read.data;
  const lost = gone.get(file.mode ?? '');
  const title = file.title || file.name;
  if (lost !== undefined) return { kind: 'unsupported', what: 'file', text: title ? `${title}: ${lost}` : lost };
  const elsewhere = file.external_url ?? (file.is_external ? file.url_private : undefined);
  if (elsewhere !== undefined && isSafeLink(elsewhere))
    return { kind: 'link-preview', url: elsewhere, ...(title && { title }) };
  // Canvases, lists and posts live in Slack alone; the page that shows them is all there is.
  if (
    file.url_private === undefined &&
    file.url_private_download === undefined &&
    file.permalink !== undefined &&
    isSafeLink(file.permalink)
  )
    return { kind: 'link-preview', url: file.permalink, ...(title && { title }) };
  const media = mediaOf(file);
  const [family] = media.mime.split('/');
  if (family === 'image') return { kind: 'image', media };
  // What Slack records in a conversation is a "clip", sound or film.
  if (family === 'audio' || file.subtype === 'slack_audio') {
    const waveform = file.audio_wave_samples?.slice(0, 512).map((sample) => Math.min(1, Math.max(0, sample / 100)));
    const transcript = file.transcription?.preview?.content;
    return {
      kind: 'audio',
      media,
      voiceNote: file.subtype === 'slack_audio',
      ...(waveform && { waveform }),
      ...(transcript && { transcript }),
    };
  }
  if (family === 'video') return { kind: 'video', media };
  return { kind: 'document', media };
}

const pictureTypes: ReadonlyMap<string, string> = new Map([
  ['gif', 'image/gif'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['webp', 'image/webp'],
]);
/** By the ending of its address; PNG where that says nothing, as Slack's own pictures are. */
export function pictureType(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return pictureTypes.get(path.split('.').at(-1)?.toLowerCase() ?? '') ?? 'image/png';
}
export const pictureMedia = (url: string, name?: string): Media => ({
  ref: pictureRef(url),
  mime: pictureType(url),
  ...(name && { name: name.slice(0, 1024) }),
});
/** An emoji of the workspace's own, drawn. */
export const emojiPart = (name: string): Part => ({
  kind: 'sticker',
  media: { ref: emojiRef(name), mime: 'image/png', name },
  emoji: `:${name}:`,
});
