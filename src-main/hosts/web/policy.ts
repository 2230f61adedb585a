/**
 * The headers both hosts serve their pages with. The window's own page runs its own scripts and nothing else; a frame
 * that shows mail runs none at all.
 */

/** @param socket where the page may hold a WebSocket besides its own origin; Safari does not count ws: as 'self'. */
export const pagePolicy = (socket?: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${socket === undefined ? '' : ` ${socket}`}`,
    "frame-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** @param remote the person lets this message load its pictures from the network. */
export const framePolicy = (remote: boolean): string =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src 'self' data:${remote ? ' https: http:' : ''}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; ');

/** A document opened by itself from an attachment: no script, no origin, nothing loaded. */
export const attachmentPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** On every answer, whatever it is. */
export const everywhere: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), usb=(), serial=(), hid=()',
};

/** The empty page a message is put into. Its language and colours are set by the window. */
export const framePage = '<!doctype html><html><head><meta charset="utf-8"><title></title></head><body></body></html>';
