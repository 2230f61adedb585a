import type * as view from '../../../src-shared/ipc/index.ts';
import type { IdentityId } from '../../../src-shared/model/index.ts';
import { me, type ReactionCounts } from '../model.ts';
import type { MaskRow, ReactionCountsRow, ReactionRow } from '../schema.ts';

type Reaction = Pick<ReactionRow, 'who' | 'emoji' | 'on_at' | 'off_at'>;
/** What the network counted of one emoji, and when; absent where it does not count. */
interface Counted {
  readonly at: number;
  readonly count: number;
  /** Absent where it did not say. */
  readonly mine?: boolean;
}

/**
 * Names and counts as one (SPEC, I-19). `rows`: of one message, those taken back among them, in the order they are shown in;
 * `masks`: what is on its way there, the last last.
 */
export function reactionViews(
  rows: readonly Reaction[],
  counted: Pick<ReactionCountsRow, 'told' | 'at'> | undefined,
  masks: readonly Pick<MaskRow, 'field' | 'value'>[],
  name: (id: IdentityId) => string,
): view.MessageView['reactions'] {
  const told: ReactionCounts = counted ? JSON.parse(counted.told) : { counts: [] };
  const counts = new Map(told.counts);
  const asked = new Map(
    masks.flatMap(({ field, value }) =>
      field.startsWith('reaction:') ? [[field.slice('reaction:'.length), value === 'true'] as const] : [],
    ),
  );
  const emojis = new Set([...counts.keys(), ...rows.map(({ emoji }) => emoji), ...asked.keys()]);
  return [...emojis].flatMap((emoji) => {
    const said = told.mine && { mine: told.mine.includes(emoji) };
    const total: Counted | undefined = counted && { at: counted.at, count: counts.get(emoji) ?? 0, ...said };
    const of = rows.filter((row) => row.emoji === emoji);
    const shown = reactionView(of, total, asked.get(emoji));
    return shown.count === 0 ? [] : [{ emoji, ...shown, by: shown.by.map(name) }];
  });
}

function reactionView(rows: readonly Reaction[], total: Counted | undefined, asked: boolean | undefined) {
  const mine = ownOf(
    rows.find(({ who }) => who === me),
    total,
  );
  const by = namesOf(
    rows.filter(({ who }) => who !== me),
    total,
    mine.counted,
  );
  const isMine = asked ?? mine.now;
  const count = (total?.count ?? 0) - Number(mine.counted) + Number(isMine);
  return { count: Math.max(count, by.length + Number(isMine)), mine: isMine, by };
}

/** Whether it is mine, and whether the count has it. */
function ownOf(row: Reaction | undefined, total: Counted | undefined): { now: boolean; counted: boolean } {
  const on = row !== undefined && row.on_at >= row.off_at;
  if (!total) return { now: on, counted: false };
  const later = row !== undefined && Math.max(row.on_at, row.off_at) >= total.at;
  // Where it was not said: it was mine then if it was put there by then, or taken away only since.
  const before = row !== undefined && (row.on_at === total.at || (later ? !on && row.off_at > total.at : on));
  const counted = total.count > 0 && (total.mine ?? before);
  return { now: later ? on : counted, counted };
}

/** The others who stand: of those named before the count, all or, where it has no room for them, none. */
function namesOf(rows: readonly Reaction[], total: Counted | undefined, mine: boolean): readonly IdentityId[] {
  const standing = rows.filter(({ on_at, off_at }) => on_at >= off_at);
  const counted = standing.filter(({ on_at }) => total && on_at <= total.at).length + Number(mine);
  const room = total === undefined || counted <= total.count;
  return standing.filter(({ on_at }) => room || on_at >= total.at).map(({ who }) => who as IdentityId);
}
