import { mediaOf, type Part, type PartOf } from '../../../src-shared/model/index.ts';
import { calendarParts } from './calendar.ts';
import { headerOf, readHeaders } from './headers.ts';
import { htmlToPlain } from './html-text.ts';
import { limits } from './limits.ts';
import { attachmentPart, fileName, fileNameOf, mediaOfEntity, refOf } from './media.ts';
import { reportPart } from './report.ts';
import { encryptedPart, inlinePgp, isLegacyDisplay, opaquePart, securedLeaf, signaturePart } from './security.ts';
import { plainOf, textOf, uufileBytes, uufilesOf, withoutEnrichment } from './text.ts';
import { contentOf, type Entity, entitiesOf, readTree } from './tree.ts';
import { contactParts } from './vcard.ts';
import { decodeWords } from './words.ts';

type Text = PartOf<'text'>;

interface Reading {
  readonly damage: Set<string>;
  /** Characters of text that may still be taken. */
  room: number;
  /** A text has been met: a further one with a file name is a file. */
  hasText: boolean;
}

/** What a person sees of a message, in its own order. What cannot be shown becomes a document, never nothing. */
export function partsOf(root: Entity, damage: Set<string>): Part[] {
  const reading: Reading = { damage, room: limits.totalTextBytes, hasText: false };
  const parts = visit(root, reading);
  if (!parts.some((part) => part.kind === 'text' && part.text.trim() !== '')) parts.push(...textWithin(root, reading));
  const worded = parts.some((part) => part.kind === 'text' && part.text.trim() !== '');
  return (worded ? parts.filter((part) => part.kind !== 'text' || part.text.trim() !== '') : parts).slice(0, 1000);
}

function visit(entity: Entity, reading: Reading): Part[] {
  if (entity.children.length === 0) return leaf(entity, reading);
  switch (entity.mime) {
    case 'multipart/alternative':
      return alternative(
        entity.children.map((child) => visit(child, { ...reading, hasText: false })),
        reading,
      );
    case 'multipart/signed': {
      const [content, , ...more] = entity.children;
      return [
        signaturePart(entity),
        ...(content ? visit(content, reading) : []),
        ...more.flatMap((child) => visit(child, reading)),
      ];
    }
    case 'application/pkcs7-mime':
    case 'application/x-pkcs7-mime':
    case 'application/octet-stream':
      return [opaquePart(entity), ...entity.children.flatMap((child) => visit(child, reading))];
    case 'multipart/encrypted':
      return [encryptedPart(entity), ...entity.children.slice(2).flatMap((child) => visit(child, reading))];
    case 'multipart/appledouble':
      // The first part is the resource fork of a classic Macintosh file (RFC 1740); the second is the file.
      return entity.children.slice(1).flatMap((child) => visit(child, reading));
    default:
      return entity.children.flatMap((child) => visit(child, reading));
  }
}

/** The best of several forms of one text (RFC 2046 section 5.1.4): HTML with the plain words beside it, else the last. */
function alternative(forms: readonly Part[][], reading: Reading): Part[] {
  const isHtml = (part: Part): part is Text => part.kind === 'text' && part.format === 'html';
  const isPlain = (part: Part): part is Text =>
    part.kind === 'text' && part.format === 'plain' && part.text.trim() !== '';
  const withHtml = forms.findLast((form) => form.some((part) => isHtml(part) && (part.plain ?? '') !== ''));
  const chosen = withHtml ?? forms.findLast((form) => form.some((part) => part.kind === 'text')) ?? forms.at(-1) ?? [];
  if (chosen.some((part) => part.kind === 'text')) reading.hasText = true;
  const plain = forms
    .filter((form) => form !== chosen)
    .flat()
    .find(isPlain)?.text;
  let first = true;
  const parts = chosen.map((part): Part => {
    if (!isHtml(part) || !first || plain === undefined) return part;
    first = false;
    return { ...part, plain: betterPlain(plain, part.plain ?? '') };
  });
  // What comes only with a form that is not shown (an invitation, a file) is kept.
  const others = forms
    .filter((form) => form !== chosen)
    .flat()
    .filter((part) => part.kind !== 'text');
  const refs = new Set(parts.flatMap(mediaOf).map((media) => media.ref));
  return [...parts, ...others.filter((part) => mediaOf(part).every((media) => !refs.has(media.ref)))];
}
/** "Your program cannot show HTML" is no alternative to a newsletter. */
const betterPlain = (written: string, derived: string): string =>
  written.length < 300 && derived.length > written.length * 4 ? derived : written;

function leaf(entity: Entity, reading: Reading): Part[] {
  const secured = securedLeaf(entity);
  if (secured) return [secured];
  const name = fileNameOf(entity);
  const attached = entity.disposition?.value === 'attachment' || (name !== undefined && reading.hasText);
  switch (entity.mime) {
    case 'text/calendar':
    case 'application/ics':
      return calendar(entity);
    case 'text/vcard':
    case 'text/x-vcard':
    case 'text/directory':
      return contacts(entity);
    case 'message/rfc822':
    case 'message/global':
      return [attachmentPart(mediaOfEntity(entity, { mime: 'message/rfc822', name: messageName(entity) }))];
    case 'message/delivery-status':
    case 'message/global-delivery-status':
    case 'message/disposition-notification': {
      const report = reportPart(contentOf(entity));
      return report ? [report] : [attachmentPart(mediaOfEntity(entity))];
    }
    case 'message/external-body':
    case 'message/partial':
      return [{ kind: 'unsupported', what: entity.mime, media: mediaOfEntity(entity) }];
    case 'text/html':
      return attached ? [attachmentPart(mediaOfEntity(entity))] : html(entity, reading);
    case 'text/x-amp-html':
      return [];
    case 'text/rfc822-headers':
      return isLegacyDisplay(entity) ? [] : [attachmentPart(mediaOfEntity(entity, { name: name ?? 'headers.txt' }))];
    default:
      if (!entity.mime.startsWith('text/') || attached) return [attachmentPart(mediaOfEntity(entity))];
      return plain(entity, reading);
  }
}

function take(entity: Entity, reading: Reading, read: typeof textOf): { text: string; whole: Part[] } {
  const { text, cut } = reading.room > 0 ? read(entity) : { text: '', cut: true };
  const kept = text.slice(0, reading.room);
  reading.room -= kept.length;
  if (!cut && kept.length === text.length) return { text: kept, whole: [] };
  reading.damage.add('a text is too long and was cut');
  return { text: kept, whole: [attachmentPart(mediaOfEntity(entity, { name: fileNameOf(entity) ?? 'text.txt' }))] };
}

function html(entity: Entity, reading: Reading): Part[] {
  const { text, whole } = take(entity, reading, textOf);
  reading.hasText ||= text.trim() !== '';
  return [{ kind: 'text', format: 'html', text, plain: htmlToPlain(text) }, ...whole];
}

function plain(entity: Entity, reading: Reading): Part[] {
  const { text, whole } = take(entity, reading, plainOf);
  reading.hasText ||= text.trim() !== '';
  if (/^text\/(?:enriched|richtext)$/.test(entity.mime))
    return [{ kind: 'text', format: 'plain', text: withoutEnrichment(text) }, ...whole];
  const pgp = inlinePgp(text);
  const files = uufilesOf(pgp.text);
  let at = 0;
  let words = '';
  const attachments = files.map((file, index): Part => {
    words += pgp.text.slice(at, file.start);
    at = file.end;
    const name = fileName(file.name);
    const media = {
      ref: refOf(entity.section, `uu${index + 1}`),
      mime: 'application/octet-stream',
      ...(name === undefined ? {} : { name }),
      bytes: uufileBytes(pgp.text, file).length,
    };
    return attachmentPart(media);
  });
  return [...pgp.parts, { kind: 'text', format: 'plain', text: words + pgp.text.slice(at) }, ...attachments, ...whole];
}

function calendar(entity: Entity): Part[] {
  const media = mediaOfEntity(entity, { name: fileNameOf(entity) ?? 'event.ics' });
  const events = calendarParts(textOf(entity).text, entity.type.parameters.get('method'), media);
  return events.length > 0 ? events : [attachmentPart(media)];
}

function contacts(entity: Entity): Part[] {
  const cards = contactParts(contentOf(entity), entity.type.parameters.get('charset'));
  const file = attachmentPart(mediaOfEntity(entity, { name: fileNameOf(entity) ?? 'contact.vcf' }));
  return cards.length === 1 ? cards : [...cards, file];
}

/** The words of the messages a message merely carries (a forward without comment, a digest), so that it can be read and found. */
function textWithin(root: Entity, reading: Reading): Part[] {
  const words: Part[] = [];
  for (const entity of entitiesOf(root)) {
    if (entity.mime !== 'message/rfc822' || reading.room <= 0 || words.length > 100) continue;
    const inner = readTree(contentOf(entity));
    words.push(
      ...visit(inner.root, { ...reading, damage: new Set(), hasText: false }).filter((part) => part.kind === 'text'),
    );
    reading.room -= entity.body.length;
  }
  return words;
}

/** A message within a message is a file named after its subject. */
function messageName(entity: Entity): string {
  const given = fileNameOf(entity);
  if (given !== undefined) return given;
  const inner = contentOf({ ...entity, body: entity.body.subarray(0, limits.headerBytes) });
  const subject = headerOf(readHeaders(inner, 0, inner.length).fields, 'subject');
  return `${(fileName(decodeWords(subject ?? '').replace(/[/\\:*?"<>|]+/g, ' ')) ?? 'message').slice(0, 120)}.eml`;
}
