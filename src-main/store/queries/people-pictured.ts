import { type AccountId, BlobRef, type ConversationKey, type UserKey } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import { parseRegisters } from '../ingest/registers.ts';
import type { Handlers } from './query.ts';

interface Told<K> {
  readonly account: AccountId;
  readonly key: K;
  readonly told: string | null;
}
const refIn = (told: string | null): BlobRef | undefined => BlobRef.safeParse(parseRegisters(told).avatar?.[0]).data;

/** Whose picture it is, for the adapter that fetches it. */
export const peoplePicturedQueries: Handlers<'people.pictured'> = {
  'people.pictured'(sql: Sql, of) {
    if ('identity' in of) {
      const row = sql.get<Told<UserKey>>('SELECT account, key, told FROM identities WHERE id = ?', of.identity);
      const ref = row && refIn(row.told);
      return ref ? { account: row.account, of: { is: 'user', key: row.key, ref } } : null;
    }
    const row = sql.get<Told<ConversationKey>>(
      `SELECT c.account, c.key, t.told FROM conversations c JOIN conversation_told t ON t.conversation = c.id
       WHERE c.id = ?`,
      of.conversation,
    );
    const ref = row && refIn(row.told);
    return ref ? { account: row.account, of: { is: 'conversation', key: row.key, ref } } : null;
  },
};
