import { idList } from '../queries/query.ts';
import type { Handlers } from './command.ts';

export const noticeCommands: Handlers<'notifications.clear'> = {
  'notifications.clear'(work, { conversations, messages }) {
    const { sql } = work;
    let gone = 0;
    if (conversations)
      gone += sql.run(
        'DELETE FROM notifications WHERE conversation IN (SELECT value FROM json_each(?))',
        idList(conversations),
      );
    if (messages)
      gone += sql.run('DELETE FROM notifications WHERE message IN (SELECT value FROM json_each(?))', idList(messages));
    if (!conversations && !messages) gone += sql.run('DELETE FROM notifications');
    if (gone > 0) work.touch('notifications');
    return {};
  },
};
