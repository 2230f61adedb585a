import type { LabelView } from '../../../src-shared/ipc/index.ts';
import type { LabelId, LabelKey } from '../../../src-shared/model/index.ts';
import type { LabelRow } from '../schema.ts';
import { type Handlers, idList } from './query.ts';

const labelView = (row: LabelRow): LabelView => ({
  id: row.id,
  account: row.account,
  name: row.name,
  kind: row.kind as LabelView['kind'],
  role: row.role as LabelView['role'],
  colour: row.colour,
  unread: row.unread,
  conversations: row.conversations,
});

export const labelQueries: Handlers<'labels' | 'label.byRole' | 'label.keys'> = {
  labels: (sql, { account }) =>
    sql
      .all<LabelRow>(
        'SELECT * FROM labels WHERE (?1 IS NULL OR account = ?1) AND gone = 0 ORDER BY account, name, key',
        account ?? null,
      )
      .map(labelView),
  'label.byRole': (sql, { account, role }) =>
    sql.get<{ id: LabelId; key: LabelKey }>(
      'SELECT id, key FROM labels WHERE account = ? AND role = ? AND gone = 0 ORDER BY key LIMIT 1',
      account,
      role,
    ) ?? null,
  'label.keys': (sql, { labels }) =>
    sql.all<Pick<LabelRow, 'id' | 'key' | 'account'>>(
      'SELECT id, key, account FROM labels WHERE id IN (SELECT value FROM json_each(?))',
      idList(labels),
    ),
};
