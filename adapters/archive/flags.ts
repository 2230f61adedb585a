import type { Flags } from '../../src-shared/model/index.ts';

/** What an archive says beside the message itself. */
export interface Marks {
  readonly flags: Flags;
  readonly labels: readonly string[];
}

/** Maildir info (https://cr.yp.to/proto/maildir.html): letters after ":2,"; in `new` nobody has seen it. */
export function maildirFlags(path: string): Flags {
  const letters = /[:;!]2,([A-Za-z]*)$/.exec(path)?.[1] ?? '';
  return {
    read: letters.includes('S') && !/[/\\]new[/\\][^/\\]*$/.test(path),
    ...(letters.includes('F') ? { starred: true } : {}),
    ...(letters.includes('R') ? { answered: true } : {}),
    ...(letters.includes('P') ? { forwarded: true } : {}),
    ...(letters.includes('D') ? { draft: true } : {}),
  };
}

/** Apple Mail keeps flags as bits of a number in the property list after the message. */
export function emlxFlags(propertyList: string): Flags {
  const bits = Number(/<key>flags<\/key>\s*<integer>(\d+)<\/integer>/.exec(propertyList)?.[1] ?? 1);
  return {
    read: (bits & 1) !== 0,
    ...((bits & 16) !== 0 ? { starred: true } : {}),
    ...((bits & 4) !== 0 ? { answered: true } : {}),
    ...((bits & 64) !== 0 ? { draft: true } : {}),
    ...((bits & 256) !== 0 ? { forwarded: true } : {}),
  };
}

const wanted =
  /^(status|x-status|x-mozilla-status|x-gmail-labels|x-keywords|x-mozilla-keys)[ \t]*:(.*(?:\n[ \t].*)*)/gim;
const marksAt = ['tatus:', 'X-Gmail-Labels:', 'X-Keywords:', 'X-Mozilla-Keys:'];

/**
 * Flags and labels that mail programs write into the header of messages in an mbox: Status and X-Status (mutt, Dovecot,
 * pine), X-Mozilla-Status (Thunderbird), X-Gmail-Labels (Google Takeout). With none of them the message counts as read.
 */
export function headerMarks(source: Uint8Array, decode: (text: string) => string): Marks {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const header = bytes.subarray(0, Math.min(bytes.length, 64 * 1024));
  if (!marksAt.some((mark) => header.includes(mark))) return { flags: { read: true }, labels: [] };
  const text = header.toString('latin1').replaceAll('\r', '');
  const end = text.indexOf('\n\n');
  const fields = new Map<string, string>();
  for (const [, name = '', value = ''] of text.slice(0, end < 0 ? undefined : end).matchAll(wanted))
    fields.set(name.toLowerCase(), value.replace(/\n[ \t]+/g, ' ').trim());
  const gmail = fields.get('x-gmail-labels');
  const labels = [
    ...(gmail === undefined ? [] : splitLabels(decode(gmail))),
    ...splitWords(fields.get('x-keywords')),
    ...splitWords(fields.get('x-mozilla-keys')),
  ];
  if (gmail !== undefined)
    return { flags: gmailFlags(labels), labels: labels.filter((label) => !gmailStates.has(label)) };
  return { flags: statusFlags(fields), labels };
}

function statusFlags(fields: ReadonlyMap<string, string>): Flags {
  const status = fields.get('status');
  const more = fields.get('x-status') ?? '';
  const mozilla = Number.parseInt(fields.get('x-mozilla-status') ?? '', 16);
  const bits = Number.isNaN(mozilla) ? 0 : mozilla;
  const known = status !== undefined || !Number.isNaN(mozilla) || more !== '';
  return {
    read: known ? (status ?? '').includes('R') || (bits & 0x0001) !== 0 : true,
    ...(more.includes('F') || (bits & 0x0004) !== 0 ? { starred: true } : {}),
    ...(more.includes('A') || (bits & 0x0002) !== 0 ? { answered: true } : {}),
    ...(more.includes('T') ? { draft: true } : {}),
    ...((bits & 0x1000) !== 0 ? { forwarded: true } : {}),
  };
}

/** States Gmail writes among the labels. */
const gmailStates = new Set(['Unread', 'Opened', 'Starred', 'Important', 'Archived', 'Draft', 'Drafts']);
const gmailFlags = (labels: readonly string[]): Flags => ({
  read: !labels.includes('Unread'),
  ...(labels.includes('Starred') ? { starred: true } : {}),
  ...(labels.includes('Important') ? { important: true } : {}),
  ...(labels.includes('Draft') || labels.includes('Drafts') ? { draft: true } : {}),
});

/** Comma-separated, in quotes where a label has a comma itself. */
const splitLabels = (text: string): string[] =>
  [...text.matchAll(/"([^"]*)"|([^,]+)/g)]
    .map((match) => (match[1] ?? match[2] ?? '').trim())
    .filter((label) => label !== '');
const splitWords = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[\s,]+/)
    .filter((word) => word !== '' && !/^\$/.test(word))
    .slice(0, 100);
