import type { HostContact } from '../../../src-shared/ipc/index.ts';
import type { Handlers } from './query.ts';

export const hostQueries: Handlers<'hosts'> = {
  hosts: (sql) =>
    sql.all<HostContact>(
      `SELECT host, port, who, why, first_at AS firstAt, last_at AS lastAt, times FROM hosts
       ORDER BY last_at DESC, host, port`,
    ),
};
