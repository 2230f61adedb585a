import './standing.css';
import type { Allowance } from '../../../src-shared/channel.ts';
import type { AccountView } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { useNow } from '../../ui/useNow.ts';
import { tightest } from './allowances.ts';
import { channelOf } from './store.ts';

const shown = 4;
const recentMs = 10 * 60_000;

/** How an account fares, in words: what was proven last, when it is looked at next, and what its network still allows. */
export function AccountStanding({ account }: { account: AccountView }) {
  const t = useT();
  const formats = useFormats();
  const now = useNow(1_000);
  const { standing, state, asOf, lastProvenAt, backfill } = account;
  const nextLookAt = standing?.nextLookAt;
  /** Files that were read: nobody tells of news in them. */
  const archive = useFeature('accounts', (all) => channelOf(all, account.channel)?.features.import !== undefined);
  const allowances = tightest(standing?.allowances ?? []);
  const retryAt = state.is === 'offline' ? state.retryAt : undefined;
  const seconds = (until: number): string =>
    until - now < 1_000 ? t('standing.now') : t('standing.in', { time: formats.duration(until - now) });
  /** What is so recent counts by its age; of what is older one wants to know the hour. */
  const said = (at: number): string =>
    now - at < recentMs ? t('standing.ago', { time: formats.duration(Math.max(0, now - at)) }) : formats.full(at);
  const rows: readonly (readonly [string, string])[] = [
    ...(asOf === undefined ? [] : [[t('standing.asOf'), formats.full(asOf)] as const]),
    [t('standing.proven'), lastProvenAt === null ? t('standing.never') : said(lastProvenAt)],
    ...(retryAt === undefined || asOf !== undefined ? [] : [[t('standing.retry'), seconds(retryAt)] as const]),
    ...(nextLookAt === undefined || state.is !== 'online' ? [] : [[t('standing.next'), seconds(nextLookAt)] as const]),
    ...(nextLookAt === undefined && state.is === 'online' && !archive
      ? [[t('standing.next'), t('standing.pushed')] as const]
      : []),
    ...(backfill?.running
      ? [
          [
            t('standing.history'),
            backfill.total === null
              ? t('login.fetched', { count: backfill.done })
              : t('login.fetchedOf', { count: backfill.done, total: formats.number(backfill.total) }),
          ] as const,
        ]
      : []),
  ];
  return (
    <div className="standing">
      <dl>
        {rows.map(([title, text]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {allowances.length > 0 ? (
        <>
          <h4>{t('standing.allowances')}</h4>
          <ul>
            {allowances.slice(0, shown).map((one) => (
              <AllowanceLine key={`${one.rule} ${one.of ?? ''}`} allowance={one} now={now} />
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

function AllowanceLine({ allowance, now }: { allowance: Allowance; now: number }) {
  const t = useT();
  const formats = useFormats();
  const { rule, of, left, limit, fullAt, blockedUntil } = allowance;
  const blocked = blockedUntil !== undefined && blockedUntil > now;
  const still = Math.max(0, Math.floor(left));
  const name = of === undefined ? rule : `${rule} · ${of}`;
  return (
    <li>
      <span className="truncate" title={name}>
        {name}
      </span>
      <meter min={0} max={limit} low={limit / 5} optimum={limit} value={Math.max(0, left)} aria-label={name} />
      <span title={fullAt > now ? t('standing.full', { time: formats.duration(fullAt - now) }) : undefined}>
        {blocked
          ? t('standing.blocked', { time: formats.duration(blockedUntil - now) })
          : t('standing.left', { left: formats.number(still), limit: formats.number(limit) })}
      </span>
    </li>
  );
}
