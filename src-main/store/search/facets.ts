import type { SearchFacets } from '../../../src-shared/ipc/index.ts';
import type { AccountId, UserKey } from '../../../src-shared/model/index.ts';
import type { Sql } from '../../store/connection/sql.ts';
import { authorIs, states } from '../model.ts';

/** Newest hits that facets are counted over. */
export const facetSample = 500;
const mostPeople = 12;

interface FacetRow {
  readonly account: number;
  readonly label: string;
  readonly channel: string;
  readonly at: number;
  readonly files: number;
  readonly key: string | null;
  readonly name: string | null;
}

export function facetsOf(sql: Sql, ids: readonly number[]): SearchFacets {
  const rows = sql.all<FacetRow>(
    `SELECT m.account, a.label, a.channel, m.at, m.state & ${states.files} AS files, i.key, i.name
     FROM json_each(?) found CROSS JOIN messages m ON m.id = found.value CROSS JOIN accounts a ON a.id = m.account
     LEFT JOIN identities i ON i.id = m.author AND m.author_is = ${authorIs.user}`,
    JSON.stringify(ids),
  );
  const by = <K, L>(key: (row: FacetRow) => K | null, label: (row: FacetRow) => L) => {
    const counted = new Map<K, { label: L; count: number }>();
    for (const row of rows) {
      const value = key(row);
      if (value === null) continue;
      const entry = counted.get(value);
      if (entry) entry.count += 1;
      else counted.set(value, { label: label(row), count: 1 });
    }
    return [...counted].map(([value, rest]) => ({ value, ...rest })).sort((a, b) => b.count - a.count);
  };
  return {
    channels: by(
      ({ channel }) => channel,
      () => null,
    ).map(({ value, count }) => ({ value, count })),
    accounts: by(
      ({ account }) => account as AccountId,
      ({ label }) => label,
    ),
    people: by(
      ({ key }) => key as UserKey | null,
      ({ key, name }) => name ?? key ?? '',
    ).slice(0, mostPeople),
    years: by(
      ({ at }) => new Date(at).getFullYear(),
      () => null,
    )
      .map(({ value, count }) => ({ value, count }))
      .sort((a, b) => b.value - a.value),
    withAttachment: rows.filter(({ files }) => files !== 0).length,
    sampled: rows.length,
  };
}
