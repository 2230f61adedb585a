import type { Handlers } from './command.ts';

/** Older ones make way: the log is for looking at, not for ever. */
const most = 2000;

export const hostCommands: Handlers<'hosts.note' | 'hosts.forget'> = {
  'hosts.note'(work, { contacts }) {
    for (const { host, port, why, who, at, times } of contacts)
      work.sql.run(
        `INSERT INTO hosts (host, port, why, who, first_at, last_at, times) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)
         ON CONFLICT DO UPDATE SET last_at = max(last_at, ?5), times = times + ?6`,
        host,
        port,
        why,
        who,
        at,
        times,
      );
    work.sql.run(
      `DELETE FROM hosts WHERE (host, port, why, who) IN (
         SELECT host, port, why, who FROM hosts ORDER BY last_at DESC LIMIT -1 OFFSET ${most})`,
    );
    return {};
  },
  'hosts.forget'(work) {
    work.sql.run('DELETE FROM hosts');
    return {};
  },
};
