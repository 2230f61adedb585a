import type { PersonId } from '../../../src-shared/model/index.ts';
import { joinPeople } from '../ingest/identities.ts';
import { idList } from '../queries/query.ts';
import type { Handlers } from './command.ts';

export const peopleCommands: Handlers<'people.merge' | 'people.split' | 'people.note'> = {
  'people.merge'(work, { into, from }) {
    if (into !== from) joinPeople(work, into, from);
    return {};
  },
  'people.note'(work, { person, text }) {
    if (text.trim() === '') work.sql.run('DELETE FROM notes WHERE person = ?', person);
    else
      work.sql.run(
        `INSERT INTO notes (person, text) SELECT id, ?2 FROM people WHERE id = ?1
         ON CONFLICT (person) DO UPDATE SET text = ?2`,
        person,
        text,
      );
    work.touch('people');
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
    for (const source of sources) {
      const left = sql.get('SELECT 1 FROM identities WHERE person = ? LIMIT 1', source.person);
      if (left) continue;
      // All of them went: it is the same person under a new number, note and all.
      joinPeople(work, person, source.person);
    }
    work.touch('people');
    return { person };
  },
};
