import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { asLabelKey, type LabelKey, type TxnId } from '../../src-shared/model/index.ts';

/** Keys of this channel: how folders, keywords, places and scopes are written down. Parsed nowhere else. */

export const folderLabel = (path: string): LabelKey => asLabelKey(`folder:${path}`);
export const keywordLabel = (keyword: string): LabelKey => asLabelKey(`keyword:${keyword}`);

export type ParsedLabel =
  | { readonly is: 'folder'; readonly path: string }
  | { readonly is: 'keyword'; readonly keyword: string };
export function parseLabel(key: LabelKey): ParsedLabel | undefined {
  if (key.startsWith('folder:')) return { is: 'folder', path: key.slice('folder:'.length) };
  if (key.startsWith('keyword:')) return { is: 'keyword', keyword: key.slice('keyword:'.length) };
  return undefined;
}

/** A message's place in a folder. UIDs mean nothing without the UIDVALIDITY they were given under (RFC 3501, 2.3.1.1). */
export const refOf = (uidValidity: bigint | string, uid: number): string => `${uidValidity}:${uid}`;
export function parseRef(ref: string): { uidValidity: string; uid: number } | undefined {
  const match = /^(\d+):(\d+)$/.exec(ref);
  return match?.[1] && match[2] ? { uidValidity: match[1], uid: Number(match[2]) } : undefined;
}

/** Scope of a folder's checkpoint and of its backfill task. */
export const folderScope = (path: string): string => `folder:${path}`;
export const pathOfScope = (scope: string): string | undefined =>
  scope.startsWith('folder:') ? scope.slice('folder:'.length) : undefined;

/**
 * The Message-ID (RFC 5322, 3.6.4; no angle brackets) of what a transaction sends. It is made from the transaction
 * alone, so every try and every search for the message afterwards knows it.
 */
export function messageIdOf(txn: TxnId, from: string): string {
  const domain = domainToASCII(from.slice(from.lastIndexOf('@') + 1)) || 'localhost';
  return `${createHash('sha256').update(txn).digest('hex').slice(0, 40)}@${domain}`;
}
