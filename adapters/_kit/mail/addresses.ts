import addressparser from 'nodemailer/lib/addressparser';
import type { Mailbox } from './api.ts';
import { limits } from './limits.ts';
import { cleanLine, decodeWords } from './words.ts';

// Nearly every mailbox real mail has: `Name <a@b.c>`, `"Name" <a@b.c>` or `a@b.c`, with nothing RFC 5322 makes difficult.
const simple =
  /^(?:"([^"\\]*)"[ \t]*|([^"\\<>()@,:;[\]]*))<([^\s"<>(),:;@\\[\]]+@[^\s"<>(),:;@\\[\]]+)>$|^([^\s"<>(),:;@\\[\]]+@[^\s"<>(),:;@\\[\]]+)$/;
/** Characters of an address field that are read. */
const longestField = 400_000;

// `bob at example.com (Bob Jones)`: list archives hide addresses from harvesters so.
const veiled = /^\s*([^\s@<>,"()]+) at ([^\s@<>,"()]+\.[a-z]{2,})\s*(?:\(([^()]*)\))?\s*$/i;

const named = (name: string, address: string): Mailbox => {
  const clean = cleanLine(decodeWords(name)).replace(/^'(.*)'$/, '$1');
  const bare = cleanLine(address).replace(/\s+/g, '').toLowerCase();
  return { name: clean.toLowerCase() === bare ? '' : clean.slice(0, 1024), address: bare.slice(0, 1024) };
};

/** Mailboxes of an address list (RFC 5322 section 3.4), groups opened; anything that is neither name nor address is left out. */
export function parseAddresses(header: string | undefined): Mailbox[] {
  if (header === undefined || header.trim() === '') return [];
  const hidden = header.length < 500 ? veiled.exec(header) : null;
  if (hidden) return [named(hidden[3] ?? '', `${hidden[1]}@${hidden[2]}`)];
  const pieces = header.split(',');
  const out: Mailbox[] = [];
  for (const piece of pieces) {
    const match = piece.length < 2000 ? simple.exec(piece.trim()) : null;
    if (!match) return difficult(header);
    out.push(named(match[1] ?? match[2] ?? '', match[3] ?? match[4] ?? ''));
    if (out.length >= limits.addresses) break;
  }
  return out;
}

function difficult(header: string): Mailbox[] {
  const out: Mailbox[] = [];
  for (const { name, address } of addressparser(header.slice(0, longestField).replace(/\s+/g, ' '), {
    flatten: true,
  })) {
    if (out.length >= limits.addresses) break;
    const box = named(name, address);
    if (box.address === '' && box.name === '') continue;
    // A name may hide the address: `=?utf-8?q?a=40b=2Ec?=` alone, or words around it.
    const inside =
      box.address === '' ? /[^\s"<>(),:;@\\[\]]+@[^\s"<>(),:;@\\[\]]+\.[a-z0-9-]+/i.exec(box.name)?.[0] : undefined;
    out.push(inside === undefined ? box : { name: '', address: inside.toLowerCase() });
  }
  return out;
}
