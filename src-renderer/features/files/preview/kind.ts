/** How a file can be looked at without leaving the window; null: it is for a program made for it. */
export type Preview = 'picture' | 'film' | 'audio' | 'text' | 'pdf';

const kinds: readonly (readonly [RegExp, Preview])[] = [
  // SVG is left out, it is a program rather than a picture.
  [/^image\/(png|jpeg|gif|webp|avif|bmp)$/, 'picture'],
  [/^video\/(mp4|webm|ogg|quicktime)$/, 'film'],
  [/^audio\//, 'audio'],
  [/^application\/(x-)?pdf$/, 'pdf'],
  [/^text\/(?!html)|^application\/(json|xml)$/, 'text'],
];
/** What mail programs call a file whose kind they do not know. */
const unknown = 'application/octet-stream';

export function previewOf(mime: string, name: string): Preview | null {
  const kind = kinds.find(([pattern]) => pattern.test(mime))?.[1];
  if (kind) return kind;
  return mime === unknown && /\.pdf$/i.test(name) ? 'pdf' : null;
}
