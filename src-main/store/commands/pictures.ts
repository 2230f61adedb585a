import { subjectOf } from '../queries/people-pictured.ts';
import type { Handlers } from './command.ts';

/** What a row takes besides its picture, bytes: one that says there is none takes that alone. */
const besides = 200;

export const pictureCommands: Handlers<'picture.stored' | 'pictures.seen'> = {
  'picture.stored'({ sql }, { account, of, picture, at, most }) {
    const { subject, ref } = subjectOf(of);
    sql.run('DELETE FROM pictures WHERE account = ? AND subject = ?', account, subject);
    sql.run(
      `INSERT INTO pictures (account, subject, ref, fetched_at, seen_at, bytes, mime, content)
       SELECT id, ?2, ?3, ?4, ?4, ?5, ?6, ?7 FROM accounts WHERE id = ?1`,
      account,
      subject,
      ref,
      at,
      besides + (picture?.content.byteLength ?? 0),
      picture?.mime ?? null,
      picture?.content ?? null,
    );
    const held = sql.get<{ bytes: number }>('SELECT coalesce(sum(bytes), 0) AS bytes FROM pictures')?.bytes ?? 0;
    if (held > most)
      sql.run(
        `DELETE FROM pictures WHERE id IN (
           SELECT id FROM (
             SELECT id, sum(bytes) OVER (ORDER BY seen_at DESC, bytes DESC, id DESC) AS with_newer FROM pictures
           ) WHERE with_newer > ?)`,
        most,
      );
    return {};
  },
  'pictures.seen'({ sql }, { pictures, at }) {
    for (const { account, of } of pictures)
      sql.run('UPDATE pictures SET seen_at = ? WHERE account = ? AND subject = ?', at, account, subjectOf(of).subject);
    return {};
  },
};
