import type { PersonId } from '../../../src-shared/model/index.ts';
import { joinPeople } from '../ingest/identities.ts';
import { idList } from '../queries/query.ts';
import type { Handlers } from './command.ts';

export const peopleCommands: Handlers<'people.merge' | 'people.split'> = {
  'people.merge'(work, { into, from }) {
    if (into !== from) joinPeople(work, into, from);
    return {};
  },
  'people.split'(work, { identities }) {
    const { sql } = work;
    const list = idList(identities);
    const sources = sql.all<{ person: PersonId }>(
      'SELECT DISTINCT person FROM identities WHERE person IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
      list,
    );
    const person = sql.insert('INSERT INTO people DEFAULT VALUES') as PersonId;
    sql.run(
      'UPDATE identities SET person = ? WHERE person IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
      person,
      list,
    );
    for (const source of sources)
      sql.run(
        'DELETE FROM people WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM identities WHERE person = ?1)',
        source.person,
      );
    work.touch('people');
    return { person };
  },
};
