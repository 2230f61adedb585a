import { createHash } from 'node:crypto';
import { asMessageKey, type MessageKey } from '../../../src-shared/model/index.ts';

/**
 * Key of a message that has a Message-ID: unique over one account as far as senders keep to RFC 5322, the same for every
 * copy of one message (folders, lists, archives). The date keeps apart different messages under one reused identifier.
 * `messageId` without angle brackets; `date` Unix ms of the Date field itself, undefined when it cannot be read.
 */
export const messageKeyOf = (messageId: string, date: number | undefined): MessageKey =>
  asMessageKey(`${messageId}|${date === undefined ? 0 : Math.floor(date / 1000)}`);

/** Key of a message without one: a digest of its bytes. */
export const contentKeyOf = (source: Uint8Array): MessageKey =>
  asMessageKey(`sha256:${createHash('sha256').update(source).digest('hex')}`);
