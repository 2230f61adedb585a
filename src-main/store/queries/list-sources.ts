import type { ListFilter, SystemView } from '../../../src-shared/ipc/index.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { Sql, Value } from '../connection/sql.ts';
import { views } from '../model.ts';

/** A list that one index holds in order; a view over several accounts is several of them. */
export interface Source {
  readonly from: string;
  readonly where: string;
  readonly values: readonly Value[];
  /** Columns of the order. */
  readonly time: string;
  readonly id: string;
}
interface Condition {
  readonly sql: string;
  readonly value?: Value;
}

/** What a filter lets through, by the index that answers it best: the label's, the person's, else each account's. */
export function sourcesOf(sql: Sql, filter: ListFilter): Source[] {
  const { bit, conditions } = stateOf(filter);
  const inView = bit ? [{ sql: `c.views & ${bit}` }] : [];
  if (filter.label !== undefined) {
    const more = [...inView, ...conditions, ...whose(filter), ...who(filter)];
    const unread = filter.unread === undefined ? [] : [{ sql: `l.unread = ${filter.unread ? 1 : 0}` }];
    const join = more.length > 0 ? ' JOIN conversations c ON c.id = l.conversation' : '';
    return [
      source(`conversation_labels l${join}`, 'l.sort_at', 'l.conversation', [
        { sql: 'l.label = ?', value: filter.label },
        ...unread,
        ...more,
      ]),
    ];
  }
  if (filter.person !== undefined) {
    const there = bit ? inView : [{ sql: 'c.messages > 0' }];
    return [
      source('conversations c', 'c.sort_at', 'c.id', [...who(filter), ...there, ...conditions, ...whose(filter)]),
    ];
  }
  const accounts = sql.all<{ id: AccountId }>(
    'SELECT id FROM accounts WHERE (?1 IS NULL OR id = ?1) AND (?2 IS NULL OR channel = ?2)',
    filter.account ?? null,
    filter.channel ?? null,
  );
  return accounts.map(({ id }) =>
    source('conversations c', 'c.sort_at', 'c.id', [{ sql: 'c.account = ?', value: id }, ...inView, ...conditions]),
  );
}

const source = (from: string, time: string, id: string, conditions: readonly Condition[]): Source => ({
  from,
  time,
  id,
  where: conditions.map((condition) => condition.sql).join(' AND '),
  values: conditions.flatMap(({ value }) => (value === undefined ? [] : [value])),
});

const whose = ({ account, channel }: ListFilter): Condition[] => [
  ...(account === undefined ? [] : [{ sql: 'c.account = ?', value: account }]),
  ...(channel === undefined
    ? []
    : [{ sql: 'c.account IN (SELECT id FROM accounts WHERE channel = ?)', value: channel }]),
];
const who = ({ person }: ListFilter): Condition[] =>
  person === undefined
    ? []
    : [
        {
          sql: `c.id IN (SELECT p.conversation FROM identities i JOIN participants p ON p.identity = i.id
                WHERE i.person = ?)`,
          value: person,
        },
      ];

/** The view's bit, with `unread` and `hasAttachment` taken into it where a list of its own exists for them. */
function stateOf(filter: ListFilter): { bit: number; conditions: Condition[] } {
  const view: SystemView | undefined = filter.view ?? (filter.label || filter.person ? undefined : 'all');
  const conditions: Condition[] = [];
  const has = (column: string, wanted: boolean | undefined): void => {
    if (wanted !== undefined) conditions.push({ sql: `c.${column} ${wanted ? '> 0' : '= 0'}` });
  };
  has('starred', filter.starred);
  if (filter.unread && view === 'inbox') {
    has('files', filter.hasAttachment);
    return { bit: views.inboxUnread, conditions };
  }
  has('unread', filter.unread);
  if (filter.hasAttachment && view === 'all') return { bit: views.files, conditions };
  has('files', filter.hasAttachment);
  return { bit: view ? views[view] : 0, conditions };
}
