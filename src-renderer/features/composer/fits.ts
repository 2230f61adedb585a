import type { Composition } from '../../../src-shared/ipc/index.ts';
import { type Media, mediaOf, type Part, type SendLimits } from '../../../src-shared/model/index.ts';

type Kind = 'image' | 'video' | 'audio' | 'document';
export const largestUploadBytes = 150 * 1024 * 1024;

/** Why a file was not taken, said before anything is read or sent. */
export interface Refused {
  readonly name: string;
  readonly why: 'kind' | 'size' | 'total' | 'count';
  /** Bytes, or how many for `count`; what the channel takes at most. */
  readonly most: number;
}

/** As what a file goes out: what it is, else as a file like any other; null where the channel takes neither. */
export function kindFor(mime: string, limits: SendLimits): Kind | null {
  const [type] = mime.split('/');
  const own: Kind = type === 'image' || type === 'video' || type === 'audio' ? type : 'document';
  const takes = (kind: Kind): boolean => ['full', 'converted'].includes(limits.parts[kind]?.level ?? 'rejected');
  if (takes(own)) return own;
  return takes('document') ? 'document' : null;
}
const kinds: readonly Kind[] = ['image', 'video', 'audio', 'document'];
export const takesFiles = (limits: SendLimits): boolean =>
  kinds.some((kind) => ['full', 'converted'].includes(limits.parts[kind]?.level ?? 'rejected'));

export function partFor(media: Media, limits: SendLimits): Part {
  const kind = kindFor(media.mime, limits) ?? 'document';
  return kind === 'audio' ? { kind, media, voiceNote: false } : { kind, media };
}

/** Which of the files can go with what is written already, and why the others cannot. */
export function fitFiles<F extends { readonly name: string; readonly size: number; readonly type: string }>(
  files: readonly F[],
  composition: Composition,
  limits: SendLimits,
): { readonly taken: readonly F[]; readonly refused: readonly Refused[] } {
  const taken: F[] = [];
  const refused: Refused[] = [];
  let total = composition.parts.flatMap(mediaOf).reduce((sum, media) => sum + (media.bytes ?? 0), 0);
  const counts = new Map<string, number>();
  for (const part of composition.parts) counts.set(part.kind, (counts.get(part.kind) ?? 0) + 1);
  for (const file of files) {
    const { name } = file;
    const kind = kindFor(file.type, limits);
    const limit = kind === null ? undefined : limits.parts[kind];
    const most = Math.min(limit?.maxBytes ?? largestUploadBytes, largestUploadBytes);
    const count = counts.get(kind ?? '') ?? 0;
    if (kind === null) refused.push({ name, why: 'kind', most: 0 });
    else if (file.size > most) refused.push({ name, why: 'size', most });
    else if (limit?.maxCount !== undefined && count >= limit.maxCount)
      refused.push({ name, why: 'count', most: limit.maxCount });
    else if (limits.maxTotalBytes !== undefined && total + file.size > limits.maxTotalBytes)
      refused.push({ name, why: 'total', most: limits.maxTotalBytes });
    else {
      taken.push(file);
      total += file.size;
      counts.set(kind, count + 1);
    }
  }
  return { taken, refused };
}
