import type { AccountView, ChannelView, ReachView } from '../../../../src-shared/ipc/index.ts';
import type { PersonId } from '../../../../src-shared/model/index.ts';
import type { Why } from '../../conversation/why.ts';

/** Somebody, and every way there is to them. */
export interface Reachable {
  readonly id: string;
  readonly person: PersonId | null;
  readonly name: string;
  readonly ways: readonly ReachView[];
}
/** An account all of the chosen can be reached by, and whether a conversation can begin there now. */
export interface Way {
  readonly account: AccountView;
  readonly channel: ChannelView;
  readonly to: readonly ReachView[];
  /** A letter is written; elsewhere a conversation is opened on the network. */
  readonly letter: boolean;
  readonly why: Why | null;
}
const addressOf = (way: ReachView): string => (way.address ?? way.key).replace(/^mailto:/, '');
const isMailable = (way: ReachView): boolean => /^[^\s@]+@[^\s@]+$/.test(addressOf(way));
export const mailAddress = addressOf;

/** One entry a person: those met on several networks first, then whoever was heard of last. */
export function byPerson(reached: readonly ReachView[]): readonly Reachable[] {
  const people = new Map<string, ReachView[]>();
  for (const way of reached) {
    const id = way.person === null ? `identity ${way.identity}` : `person ${way.person}`;
    people.set(id, [...(people.get(id) ?? []), way]);
  }
  const all = [...people].map(([id, ways]): Reachable => {
    const named = ways.find(({ name, key }) => name !== '' && name !== key) ?? ways[0];
    return { id, person: ways[0]?.person ?? null, name: named?.name ?? '', ways };
  });
  const networks = ({ ways }: Reachable): number => new Set(ways.map(({ account }) => account)).size;
  return all.toSorted((a, b) => Number(networks(b) > 1) - Number(networks(a) > 1));
}

/**
 * The accounts by which everybody chosen can be reached: those that work now first, of these the one by which the first of
 * them was heard of last.
 */
export function waysTo(
  chosen: readonly Reachable[],
  accounts: readonly AccountView[],
  channels: readonly ChannelView[],
): readonly Way[] {
  if (chosen.length === 0) return [];
  const ways = accounts.flatMap((account): Way[] => {
    const channel = channels.find(({ id }) => id === account.channel);
    if (!channel) return [];
    const to = chosen.flatMap((one) => one.ways.find((way) => way.account === account.id && !way.gone) ?? []);
    // To write a letter an address is enough, whichever account knows it.
    const letters = chosen.flatMap((one) => one.ways.find(isMailable) ?? []);
    const writes = channel.send.recipients && Object.values(channel.send.formats).includes('full');
    const known = to.length === chosen.length;
    if (writes && (known ? to : letters).length === chosen.length && (known ? to : letters).every(isMailable))
      return [{ account, channel, to: known ? to : letters, letter: true, why: null }];
    if (!known) return [];
    return [{ account, channel, to, letter: false, why: hindrance(account, channel, to.length) }];
  });
  const lately = chosen[0]?.ways.map(({ account }) => account) ?? [];
  const rank = ({ account }: Way): number => (lately.includes(account.id) ? lately.indexOf(account.id) : lately.length);
  return ways.toSorted((a, b) => Number(a.why !== null) - Number(b.why !== null) || rank(a) - rank(b));
}

function hindrance(account: AccountView, channel: ChannelView, people: number): Why | null {
  const { group } = channel.features;
  const name = channel.name;
  if (!group) return { key: 'start.cannot', values: { name } };
  if (group.maxMembers !== undefined && people > group.maxMembers)
    return { key: 'start.tooMany', values: { name, count: group.maxMembers } };
  return account.state.is === 'online' && !account.paused
    ? null
    : { key: 'why.offline', values: { name: account.label } };
}
