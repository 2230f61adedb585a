import type { PictureOf } from '../../../src-shared/channel.ts';
import type { Picture, PictureQuery } from '../../../src-shared/ipc/index.ts';
import { type AccountId, BlobRef, type ConversationKey, type UserKey } from '../../../src-shared/model/index.ts';
import type { KeptPicture } from '../api.ts';
import type { Sql } from '../connection/sql.ts';
import { parseRegisters } from '../ingest/registers.ts';
import type { PictureRow } from '../schema.ts';
import type { Handlers } from './query.ts';

interface Told<K> {
  readonly account: AccountId;
  readonly key: K;
  readonly told: string | null;
}
interface Found {
  readonly account: AccountId;
  readonly of: PictureOf;
}
const refIn = (told: string | null): BlobRef | undefined => BlobRef.safeParse(parseRegisters(told).avatar?.[0]).data;

/** What a kept picture is of, and which one of it: another word of the network's means another picture. */
export const subjectOf = (of: PictureOf): { readonly subject: string; readonly ref: string } =>
  of.is === 'emoji' ? { subject: `emoji ${of.emoji}`, ref: '' } : { subject: `${of.is} ${of.key}`, ref: of.ref };

/** Whose picture it is, for the adapter that fetches it, and what it fetched before. */
export const peoplePicturedQueries: Handlers<'people.pictured'> = {
  'people.pictured'(sql, query) {
    const found = foundBy(sql, query);
    return found && { ...found, kept: keptOf(sql, found) };
  },
};

function foundBy(sql: Sql, query: PictureQuery): Found | null {
  if ('emoji' in query) return { account: query.account, of: { is: 'emoji', emoji: query.emoji } };
  if ('identity' in query) {
    const row = sql.get<Told<UserKey>>('SELECT account, key, told FROM identities WHERE id = ?', query.identity);
    const ref = row && refIn(row.told);
    return ref ? { account: row.account, of: { is: 'user', key: row.key, ref } } : null;
  }
  const row = sql.get<Told<ConversationKey>>(
    `SELECT c.account, c.key, t.told FROM conversations c JOIN conversation_told t ON t.conversation = c.id
     WHERE c.id = ?`,
    query.conversation,
  );
  const ref = row && refIn(row.told);
  return ref ? { account: row.account, of: { is: 'conversation', key: row.key, ref } } : null;
}

function keptOf(sql: Sql, { account, of }: Found): KeptPicture | null {
  const { subject, ref } = subjectOf(of);
  const row = sql.get<PictureRow & { mime: Picture['mime'] | null }>(
    'SELECT * FROM pictures WHERE account = ? AND subject = ? AND ref = ?',
    account,
    subject,
    ref,
  );
  if (!row) return null;
  const { mime, content, fetched_at: fetchedAt, seen_at: seenAt } = row;
  return { picture: mime && content && { mime, content }, fetchedAt, seenAt };
}
