/** How bytes from strangers are served to a window: a type that cannot run anything, or as a file to save. */
export interface SafeType {
  readonly type: string;
  readonly disposition: 'inline' | 'attachment';
}

/**
 * Types a browser shows without running anything in them. HTML, SVG, XML and everything unknown is a file: each of
 * them can carry script that would run with the page's own rights.
 */
const shown = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'image/x-icon',
  'audio/mpeg',
  'audio/mp4',
  'audio/aac',
  'audio/ogg',
  'audio/opus',
  'audio/wav',
  'audio/webm',
  'audio/flac',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'application/pdf',
]);
const otherNames: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/vnd.microsoft.icon': 'image/x-icon',
  'audio/mp3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/m4a': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
};

export function safeType(mime: string): SafeType {
  const bare = mime.toLowerCase().split(';', 1)[0]?.trim() ?? '';
  const type = otherNames[bare] ?? bare;
  if (shown.has(type)) return { type, disposition: 'inline' };
  // Other text is plain text, whatever it calls itself; the browser is told not to look for itself (nosniff).
  if (type === 'text/plain' || type === 'text/csv') return { type: 'text/plain; charset=utf-8', disposition: 'inline' };
  return { type: 'application/octet-stream', disposition: 'attachment' };
}

/** A file name without path, control or bidi characters, never empty, at most 200 characters. */
export function safeName(name: string): string {
  const clean = name
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (clean.length <= 200) return clean || 'attachment';
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 && clean.length - dot <= 16 ? clean.slice(dot) : '';
  return clean.slice(0, 200 - extension.length) + extension;
}
