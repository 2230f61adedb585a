import type { PartOf } from '../../../src-shared/model/index.ts';
import { headerOf, readHeaders } from './headers.ts';
import { cleanLine, decodeWords } from './words.ts';

/** `rfc822; someone@example.com` (RFC 3464 section 2.1.2): what follows the type. */
const afterType = (value: string | undefined): string => cleanLine(decodeWords((value ?? '').replace(/^[^;]*;/, '')));

/**
 * Machine-readable reports told in a sentence a recipient: delivery status (RFC 3464) and disposition notifications
 * (RFC 8098). Undefined when the part holds neither.
 */
export function reportPart(bytes: Buffer): PartOf<'system'> | undefined {
  const lines: string[] = [];
  let event = 'delivery-report';
  for (let at = 0; at < bytes.length && lines.length < 100; ) {
    while (bytes[at] === 0x0a || bytes[at] === 0x0d) at++;
    const { fields, bodyStart } = readHeaders(bytes, at, bytes.length);
    if (bodyStart <= at || fields.length === 0) break;
    at = bodyStart;
    const recipient = headerOf(fields, 'original-recipient') ?? headerOf(fields, 'final-recipient');
    if (recipient === undefined) continue;
    const disposition = headerOf(fields, 'disposition');
    if (disposition !== undefined) event = 'disposition-report';
    const action = cleanLine(
      (disposition === undefined
        ? (headerOf(fields, 'action') ?? '')
        : disposition.replace(/^[^;]*;/, '')
      ).toLowerCase(),
    );
    const status = cleanLine(headerOf(fields, 'status')?.split(/[\s(]/)[0] ?? '');
    const why = afterType(headerOf(fields, 'diagnostic-code'));
    const words = [action, status === '' ? '' : `(${status})`].filter(Boolean).join(' ');
    lines.push(`${afterType(recipient)}: ${words}${why === '' ? '' : `, ${why}`}`);
  }
  return lines.length === 0 ? undefined : { kind: 'system', event, text: lines.join('\n') };
}
