import type { Part, PartOf } from '../../../src-shared/model/index.ts';
import { headerOf, readHeaders } from './headers.ts';
import { mediaOfEntity } from './media.ts';
import { contentOf, type Entity, isPkcs7 } from './tree.ts';
import { cleanLine, decodeWords } from './words.ts';

type Secured = PartOf<'secured'>;
const secured = (scheme: Secured['scheme'], what: Secured['what'], entity?: Entity): Secured => ({
  kind: 'secured',
  scheme,
  what,
  verified: 'not-checked',
  ...(entity ? { media: mediaOfEntity(entity) } : {}),
});

/** multipart/signed (RFC 1847): the content is its first part, the signature its second. */
export function signaturePart(entity: Entity): Secured {
  const protocol = entity.type.parameters.get('protocol') ?? entity.children[1]?.mime ?? '';
  return secured(/pkcs7/i.test(protocol) ? 'smime' : 'pgp', 'signed', entity.children[1]);
}

/** multipart/encrypted (RFC 1847, RFC 3156): the second part is the ciphertext. */
export const encryptedPart = (entity: Entity): Secured =>
  secured(
    /pkcs7/i.test(entity.type.parameters.get('protocol') ?? '') ? 'smime' : 'pgp',
    'encrypted',
    entity.children[1] ?? entity.children[0],
  );

/** A signature around the message it covers (RFC 8551 section 3.5.2). */
export const opaquePart = (entity: Entity): Secured => secured('smime', 'signed', entity);

/** S/MIME in one part (RFC 8551 section 3.2.2), and keys on their own. Undefined for anything else. */
export function securedLeaf(entity: Entity): Secured | undefined {
  if (isPkcs7(entity)) {
    const name = (entity.type.parameters.get('name') ?? '').toLowerCase();
    const type = (entity.type.parameters.get('smime-type') ?? '').toLowerCase();
    if (type === 'certs-only' || name.endsWith('.p7c')) return secured('smime', 'key', entity);
    if (type.startsWith('signed')) return secured('smime', 'signed', entity);
    return secured('smime', type.includes('enveloped') ? 'encrypted' : 'signed-or-encrypted', entity);
  }
  if (entity.mime === 'application/pgp-keys') return secured('pgp', 'key', entity);
  if (entity.mime === 'application/pgp') return secured('pgp', 'signed-or-encrypted', entity);
  return undefined;
}

const armour = { 'SIGNED MESSAGE': 'SIGNATURE', MESSAGE: 'MESSAGE', 'PUBLIC KEY BLOCK': 'PUBLIC KEY BLOCK' } as const;
const meaning = { 'SIGNED MESSAGE': 'signed', MESSAGE: 'encrypted', 'PUBLIC KEY BLOCK': 'key' } as const;
const mostArmoured = 100;
const kindOf = (name: string | undefined): keyof typeof armour =>
  name === 'SIGNED MESSAGE' || name === 'PUBLIC KEY BLOCK' ? name : 'MESSAGE';

/**
 * PGP written into the text itself (RFC 9580 section 6 armour). A clear-signed text is shown without its armour; a
 * ciphertext or a key is not shown as words.
 */
export function inlinePgp(text: string): { text: string; parts: Part[] } {
  if (!text.includes('-----BEGIN PGP ')) return { text, parts: [] };
  const found = new Set<Secured['what']>();
  const begin = /^-----BEGIN PGP (SIGNED MESSAGE|MESSAGE|PUBLIC KEY BLOCK)-----[ \t]*\n/gm;
  let words = '';
  let at = 0;
  for (let count = 0, match = begin.exec(text); match && count < mostArmoured; match = begin.exec(text), count++) {
    const kind = kindOf(match[1]);
    const last = `-----END PGP ${armour[kind]}-----`;
    const end = text.indexOf(`\n${last}`, begin.lastIndex - 1);
    if (end < 0) break;
    words += text.slice(at, match.index);
    if (kind === 'SIGNED MESSAGE') words += clearSigned(text.slice(begin.lastIndex, end));
    found.add(meaning[kind]);
    at = end + 1 + last.length;
    begin.lastIndex = at;
  }
  return { text: words + text.slice(at), parts: [...found].map((what) => secured('pgp', what)) };
}
/** The signed words: after the Hash headers and a blank line, before the signature, dashes unescaped. */
function clearSigned(block: string): string {
  const blank = block.search(/^[ \t]*$/m);
  const body = blank < 0 ? block : block.slice(blank + 1);
  const signature = body.indexOf('-----BEGIN PGP SIGNATURE-----');
  return body.slice(0, signature < 0 ? undefined : signature).replace(/^- /gm, '');
}

const isProtected = (entity: Entity): boolean =>
  entity.type.parameters.get('hp') !== undefined || /^v1$/i.test(entity.type.parameters.get('protected-headers') ?? '');

/**
 * The subject a signed message protects (RFC 9788; the older `protected-headers="v1"`): that of the payload the
 * signature covers, and of nothing deeper or unsigned, which anyone could add. The outer one may be a mere "...".
 */
export function protectedSubject(root: Entity): string | undefined {
  if (root.mime !== 'multipart/signed' && !isPkcs7(root)) return undefined;
  const [payload] = root.children;
  if (!payload) return undefined;
  if (isProtected(payload)) return headerOf(payload.fields, 'subject');
  // RFC 8551 section 3.1 wrapped whole messages: message/rfc822; forwarded=no.
  if (payload.mime === 'message/rfc822' && payload.type.parameters.get('forwarded') === 'no') {
    const inner = contentOf(payload);
    const subject = headerOf(readHeaders(inner, 0, inner.length).fields, 'subject');
    return subject === undefined ? undefined : cleanLine(decodeWords(subject));
  }
  return undefined;
}

/** The copy of protected headers made for programs that know none of this: not for eyes. */
export const isLegacyDisplay = (entity: Entity): boolean =>
  entity.mime === 'text/rfc822-headers' && isProtected(entity);
