import { extname } from 'node:path';

const text = (type: string) => `${type}; charset=utf-8`;
const byExtension: Readonly<Record<string, string>> = {
  '.html': text('text/html'),
  '.js': text('text/javascript'),
  '.mjs': text('text/javascript'),
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
