import { extname } from 'node:path';

const text = (type: string) => `${type}; charset=utf-8`;
const byExtension: Readonly<Record<string, string>> = {
  '.html': text('text/html'),
  '.js': text('text/javascript'),
  '.css': text('text/css'),
  '.json': text('application/json'),
  '.svg': text('image/svg+xml'),
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wasm': 'application/wasm',
  '.map': text('application/json'),
  '.txt': text('text/plain'),
};
/** For files of the renderer's own build. */
export const pageType = (path: string): string =>
  byExtension[extname(path).toLowerCase()] ?? 'application/octet-stream';

/** Types a browser only draws or plays. Everything else from a message is handed over as a file, never interpreted. */
const safe = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/mp4',
  'audio/aac',
  'audio/webm',
  'audio/flac',
  'video/mp4',
  'video/webm',
  'video/ogg',
]);
export const safeType = (mime: string): { readonly type: string; readonly shown: boolean } => {
  const bare = mime.split(';')[0]?.trim().toLowerCase() ?? '';
  if (safe.has(bare)) return { type: bare, shown: true };
  if (bare === 'text/plain') return { type: text('text/plain'), shown: true };
  return { type: 'application/octet-stream', shown: false };
};
