import type { PersonRef } from '../../../src-shared/ipc/index.ts';
import type { IdentityId } from '../../../src-shared/model/index.ts';
import type { Sql } from '../connection/sql.ts';
import { parseRegisters } from '../ingest/registers.ts';
import type { IdentityRow } from '../schema.ts';
import { idList } from './query.ts';

export const personRef = (row: IdentityRow): PersonRef => ({
  identity: row.id,
  person: row.person,
  key: row.key,
  name: row.name,
  address: row.address,
  me: row.me === 1,
  ...(row.told === null ? {} : toldOf(row.told)),
});

/** Most have told none of these: their registers are not worth parsing. */
function toldOf(told: string): Pick<PersonRef, 'bot' | 'gone' | 'picture'> {
  if (!told.includes('"avatar"') && !told.includes('"bot"') && !told.includes('"gone"')) return {};
  const { avatar, bot, gone } = parseRegisters(told);
  return {
    ...(bot?.[0] === true && { bot: true }),
    ...(gone?.[0] === true && { gone: true }),
    ...(typeof avatar?.[0] === 'string' && avatar[0] !== '' && { picture: avatar[0] }),
  };
}

/** SQL: 1 where a row of `identities` is of an account that is closed, as its registers are written (ingest/registers.ts). */
export const isGone = `coalesce(told LIKE '%"gone":[true,%', 0)`;

/** Identities by id, for drawing names. */
export function personRefs(sql: Sql, ids: Iterable<IdentityId>): Map<IdentityId, PersonRef> {
  const rows = sql.all<IdentityRow>(
    'SELECT * FROM identities WHERE id IN (SELECT value FROM json_each(?))',
    idList(new Set(ids)),
  );
  return new Map(rows.map((row) => [row.id, personRef(row)]));
}
