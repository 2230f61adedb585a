import type { PartOf } from '../../../src-shared/model/index.ts';
import { decodeText } from './charset.ts';
import { decodeTransfer } from './encodings.ts';
import { cleanLine } from './words.ts';

interface Line {
  readonly name: string;
  readonly parameters: string;
  readonly value: string;
}

const mostCards = 100;
const mostBytes = 2 * 1024 * 1024;

/** Logical lines of a vCard: RFC 6350 folding, and the soft line breaks quoted-printable has in vCard 2.1. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const physical = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n|\r/);
  for (let i = 0; i < physical.length; i++) {
    const first = physical[i] ?? '';
    const soft = [first];
    if (/quoted-printable/i.test(first.slice(0, first.indexOf(':'))))
      while (soft.at(-1)?.endsWith('=') && i + 1 < physical.length) soft.push(physical[++i] ?? '');
    const line = soft.map((piece, at) => (at < soft.length - 1 ? piece.slice(0, -1) : piece)).join('');
    const colon = colonOf(line);
    if (colon < 0) continue;
    const [head = '', ...rest] = line.slice(0, colon).split(';');
    // A group prefix ("item1.EMAIL") only ties lines together.
    const name = head
      .slice(head.lastIndexOf('.') + 1)
      .trim()
      .toUpperCase();
    lines.push({ name, parameters: rest.join(';'), value: line.slice(colon + 1) });
  }
  return lines;
}
function colonOf(line: string): number {
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') quoted = !quoted;
    else if (line[i] === ':' && !quoted) return i;
  }
  return line.indexOf(':');
}

function valueIn({ parameters, value }: Line): string {
  if (!/quoted-printable|encoding=b(?:ase64)?\b/i.test(parameters)) return value;
  const bytes = decodeTransfer(
    Buffer.from(value, 'latin1'),
    /quoted/i.test(parameters) ? 'quoted-printable' : 'base64',
  );
  return decodeText(bytes, /charset="?([^";]+)/i.exec(parameters)?.[1]);
}
/** Components of a structured value, escapes undone. */
const componentsOf = (value: string): string[] =>
  value.split(/(?<!\\);/).map((one) =>
    one
      .replace(/\\n/gi, '\n')
      .replace(/\\([,;:\\])/g, '$1')
      .trim(),
  );
const oneLine = (value: string): string => cleanLine(componentsOf(value).filter(Boolean).join(', '));

/** Contact cards of a vCard file, versions 2.1 to 4.0; empty when it holds none. `bytes` in `charset`, UTF-8 unless it says. */
export function contactParts(bytes: Uint8Array, charset: string | undefined): PartOf<'contact'>[] {
  const text = decodeText(bytes.subarray(0, mostBytes), charset);
  const cards: PartOf<'contact'>[] = [];
  let lines: Line[] | undefined;
  for (const line of linesOf(text)) {
    const mark = line.value.trim().toUpperCase();
    if (line.name === 'BEGIN' && mark === 'VCARD') lines = [];
    else if (line.name === 'END' && mark === 'VCARD') {
      if (lines && cards.length < mostCards) cards.push(cardOf(lines));
      lines = undefined;
    } else lines?.push(line);
  }
  if (lines && lines.length > 0 && cards.length === 0) cards.push(cardOf(lines));
  const [only] = cards;
  return only && cards.length === 1 && text.length < 200_000 ? [{ ...only, vcard: text }] : cards;
}

function cardOf(lines: readonly Line[]): PartOf<'contact'> {
  const all = (name: string): string[] =>
    lines
      .filter((line) => line.name === name)
      .map(valueIn)
      .filter((value) => value.trim() !== '');
  const emails = all('EMAIL').map((value) => oneLine(value).replace(/^mailto:/i, ''));
  const phones = all('TEL').map((value) => cleanLine(value.replace(/^tel:/i, '')));
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = componentsOf(all('N')[0] ?? '');
  const structured = cleanLine([prefix, given, middle, family, suffix].filter(Boolean).join(' '));
  const organisation = oneLine(all('ORG')[0] ?? '');
  const name =
    cleanLine(componentsOf(all('FN')[0] ?? '').join('; ')) ||
    structured ||
    organisation ||
    emails[0] ||
    phones[0] ||
    '';
  return { kind: 'contact', name, ...(organisation === '' ? {} : { organisation }), phones, emails };
}
