import type { IdentityId } from '../../../src-shared/model/index.ts';
import { personRefs } from './people-refs.ts';
import type { Handlers } from './query.ts';

/** People as an account's network calls them, in the order asked for; those nobody told of are left out. */
export const peopleByKeyQueries: Handlers<'people.byKey'> = {
  'people.byKey'(sql, { account, keys }) {
    const ids = sql
      .all<{ id: IdentityId }>(
        `SELECT i.id FROM json_each(?2) k JOIN identities i ON i.account = ?1 AND i.key = k.value ORDER BY k.key`,
        account,
        JSON.stringify(keys),
      )
      .map(({ id }) => id);
    const people = personRefs(sql, ids);
    return ids.flatMap((id) => people.get(id) ?? []);
  },
};
