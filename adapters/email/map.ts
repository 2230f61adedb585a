import type { MessageStructureObject } from 'imapflow';
import type { FlagName, Flags } from '../../src-shared/model/index.ts';
import type { RemotePart } from '../_kit/mail/index.ts';

/** Wire words to model words and back; pure. */

/** Mail has nothing that is pinned for everybody. */
type MailFlag = Exclude<FlagName, 'pinned'>;
/** System flags of RFC 3501, 2.3.2, and the registered keywords that mean the same to every client (RFC 5788, 8457). */
const flagWords: Readonly<Record<MailFlag, string>> = {
  read: '\\Seen',
  starred: '\\Flagged',
  answered: '\\Answered',
  forwarded: '$Forwarded',
  draft: '\\Draft',
  important: '$Important',
};
const flagNames: readonly MailFlag[] = ['read', 'starred', 'answered', 'forwarded', 'draft', 'important'];

const has = (flags: ReadonlySet<string>, word: string): boolean => {
  if (flags.has(word)) return true;
  const lower = word.toLowerCase();
  for (const flag of flags) if (flag.toLowerCase() === lower) return true;
  return false;
};

/** Every flag, set or not, so that a later state can take one back. */
export function toFlags(flags: ReadonlySet<string>): Flags {
  return Object.fromEntries(flagNames.map((name) => [name, has(flags, flagWords[name])]));
}

/** What to add to and what to remove from a message to give it these flags. */
export function toFlagWords(flags: Flags): { add: readonly string[]; remove: readonly string[] } {
  const add: string[] = [];
  const remove: string[] = [];
  for (const name of flagNames) {
    const value = flags[name];
    if (value !== undefined) (value ? add : remove).push(flagWords[name]);
  }
  return { add, remove };
}

/** Keywords that are a machine's notes and no label of a person's. */
const machine =
  /^(\\.*|\$(forwarded|important|mdnsent|submitpending|submitted|junk|notjunk|phishing|hasattachment|hasnoattachment|canunsubscribe|istrusted|muted|followed|new|recent|ismailinglist|isnotification|autosent|hasmemo|hasnomemo|maskedemail|unread|x-me-.*|mailflagbit[0-2]))$|^(nonjunk|junk|notjunk|forwarded|mdnsent|redirected|autojunk|jabadkeyword|old|redirect.*|xevolution.*|receipthandled|forwarded.*|answered)$/i;
export const isLabelKeyword = (keyword: string): boolean => !machine.test(keyword);
export const keywordsOf = (flags: ReadonlySet<string>): readonly string[] => [...flags].filter(isLabelKeyword);

/** The five tags Thunderbird has shipped under fixed keywords since version 1; everyone else shows them so too. */
const tagNames: Readonly<Record<string, string>> = {
  $label1: 'Important',
  $label2: 'Work',
  $label3: 'Personal',
  $label4: 'To do',
  $label5: 'Later',
};
export const keywordName = (keyword: string): string => tagNames[keyword.toLowerCase()] ?? keyword;

/** A text section worth fetching at once. */
export interface TextSection {
  readonly section: string;
  readonly contentType: string;
  readonly transferEncoding: string | undefined;
}
export interface Plan {
  readonly text: TextSection | undefined;
  readonly html: TextSection | undefined;
  readonly attachments: readonly RemotePart[];
}

const quote = (value: string): string => `"${value.replace(/[\\"]/g, '\\$&')}"`;
function textSection(node: MessageStructureObject): TextSection {
  const parameters = Object.entries(node.parameters ?? {})
    .map(([name, value]) => `; ${name}=${quote(value)}`)
    .join('');
  return { section: node.part ?? '1', contentType: node.type + parameters, transferEncoding: node.encoding };
}

/** Base64 carries 3 bytes in 4 characters and a line break every 76 (RFC 2045, 6.8). */
const decodedSize = (size: number, encoding: string | undefined): number =>
  encoding?.toLowerCase() === 'base64' ? Math.floor(((size * 76) / 78) * 0.75) : size;

function remotePart(node: MessageStructureObject, related: boolean): RemotePart {
  const name = node.dispositionParameters?.filename ?? node.parameters?.name;
  const contentId = node.id?.replace(/^\s*<|>\s*$/g, '');
  return {
    section: node.part ?? '1',
    mime: node.type,
    ...(name ? { name } : {}),
    ...(node.size === undefined ? {} : { bytes: decodedSize(node.size, node.encoding) }),
    ...(contentId ? { contentId } : {}),
    inline: related && node.disposition?.toLowerCase() !== 'attachment',
  };
}

/**
 * What of a large message to fetch now (its words) and what to leave for later, read off BODYSTRUCTURE
 * (RFC 3501, 7.4.2). Of alternatives the first plain and the first HTML text are the words; a signature, a second text
 * or an enclosed message is an attachment.
 */
export function planParts(root: MessageStructureObject): Plan {
  let text: TextSection | undefined;
  let html: TextSection | undefined;
  const attachments: RemotePart[] = [];
  const visit = (node: MessageStructureObject, related: boolean): void => {
    if (node.type.startsWith('multipart/')) {
      const inRelated = related || node.type === 'multipart/related';
      for (const child of node.childNodes ?? []) visit(child, inRelated);
      return;
    }
    const attached = node.disposition?.toLowerCase() === 'attachment';
    if (!attached && node.type === 'text/plain' && !text && !html) text = textSection(node);
    else if (!attached && node.type === 'text/html' && !html) html = textSection(node);
    else attachments.push(remotePart(node, related));
  };
  visit(root, false);
  return { text, html, attachments };
}

/** The node of a section, undefined when the message has none of that number. */
export function findSection(root: MessageStructureObject, section: string): MessageStructureObject | undefined {
  if ((root.part ?? (root.childNodes ? '' : '1')) === section) return root;
  for (const child of root.childNodes ?? []) {
    const found = findSection(child, section);
    if (found) return found;
  }
  return undefined;
}

/** Sorted UIDs as a sequence set (RFC 3501 `sequence-set`): "3,5:9". */
export function uidSet(uids: readonly number[]): string {
  const sorted = [...new Set(uids)].sort((a, b) => a - b);
  const runs: string[] = [];
  for (let index = 0; index < sorted.length; ) {
    const first = sorted[index];
    let last = first;
    index += 1;
    while (last !== undefined && sorted[index] === last + 1) {
      last = sorted[index];
      index += 1;
    }
    runs.push(first === last ? `${first}` : `${first}:${last}`);
  }
  return runs.join(',');
}
