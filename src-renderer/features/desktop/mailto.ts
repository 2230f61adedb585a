/** What an address of the system asks to be written. */
export interface Letter {
  readonly to: string;
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string | null;
  readonly text: string | null;
}
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
const addresses = (text: string): readonly string[] =>
  text
    .split(',')
    .map((one) => decode(one).trim())
    .filter((one) => one !== '');

/**
 * Reads a `mailto:` address (RFC 6068). Header fields it could smuggle in beside these five (attachments, From) are
 * passed over, as section 4 and 7 ask. Null when it is none.
 */
export function parseMailto(url: string): Letter | null {
  const match = /^mailto:([^?#]*)(?:\?([^#]*))?/i.exec(url);
  if (!match) return null;
  const fields: Record<'to' | 'cc' | 'bcc', string[]> = { to: [...addresses(match[1] ?? '')], cc: [], bcc: [] };
  let subject: string | null = null;
  const body: string[] = [];
  for (const field of (match[2] ?? '').split('&')) {
    const at = field.indexOf('=');
    const name = decode(at < 0 ? field : field.slice(0, at)).toLowerCase();
    const value = at < 0 ? '' : field.slice(at + 1);
    if (name === 'to' || name === 'cc' || name === 'bcc') fields[name].push(...addresses(value));
    else if (name === 'subject') subject = decode(value).replaceAll(/[\r\n]+/g, ' ');
    else if (name === 'body') body.push(decode(value).replaceAll('\r\n', '\n'));
  }
  return {
    to: fields.to.join(', '),
    cc: fields.cc,
    bcc: fields.bcc,
    subject,
    text: body.length === 0 ? null : body.join('\n'),
  };
}
