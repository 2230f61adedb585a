import { describe, expect, it } from 'vitest';
import { AccountId, asUserKey, IdentityId, PersonId } from '../../../../src-shared/ids.ts';
import type { AccountView, ChannelView, ReachView } from '../../../../src-shared/ipc/index.ts';
import { conversation } from '../../../testing/views.ts';
import { byPerson, waysTo } from './ways.ts';

const { limits } = conversation(1);
const channel = (id: string, letters: boolean, features: ChannelView['features']): ChannelView => ({
  id,
  name: id,
  features,
  send: { ...limits, style: letters ? 'mail' : 'chat', recipients: letters },
  risk: { official: 'official-api', needs: [], cannot: [], encryption: 'transport' },
  logins: [],
});
const channels = [
  channel('mail', true, {}),
  channel('chat', false, { group: { maxMembers: 2 } }),
  channel('dumb', false, {}),
];
const account = (id: number, of: string, is: 'online' | 'connecting' = 'online'): AccountView => ({
  id: AccountId.parse(id),
  channel: of,
  key: asUserKey('me'),
  label: `${of} ${id}`,
  identities: [],
  colour: null,
  paused: false,
  unread: 0,
  state: { is },
  lastProvenAt: null,
  standing: null,
  backfill: null,
});
let identity = 1;
const reach = (person: number, of: number, key: string, change: Partial<ReachView> = {}): ReachView => ({
  identity: IdentityId.parse(identity++),
  person: PersonId.parse(person),
  key: asUserKey(key),
  name: `Person ${person}`,
  address: null,
  me: false,
  account: AccountId.parse(of),
  channel: channels[of - 1]?.id ?? '',
  ...change,
});
const ann = [reach(1, 2, 'U1'), reach(1, 1, 'ann@example.org')];
const bob = [reach(2, 2, 'U2')];
const accounts = [account(1, 'mail'), account(2, 'chat'), account(3, 'dumb')];
const ways = (reached: readonly ReachView[], all = accounts) =>
  waysTo(byPerson(reached), all, channels).map(({ account: by, letter, why }) => [by.id, letter, why?.key ?? null]);

describe('whom one can write to, and how', () => {
  it('is one entry a person, those on several networks first', () => {
    expect(byPerson([...bob, ...ann]).map(({ name, ways: all }) => [name, all.length])).toEqual([
      ['Person 1', 2],
      ['Person 2', 1],
    ]);
  });
  it('is every account that reaches all of them, the one they were heard of by last first', () => {
    expect(ways(ann)).toEqual([
      [2, false, null],
      [1, true, null],
    ]);
    expect(ways(ann.toReversed())).toEqual([
      [1, true, null],
      [2, false, null],
    ]);
    expect(ways([...ann, ...bob])).toEqual([[2, false, null]]);
    expect(ways([...bob, reach(3, 1, 'c@example.org')])).toEqual([]);
  });
  it('is no account of theirs that is closed', () => {
    const gone = [reach(7, 2, 'U7', { gone: true }), reach(7, 1, 'eve@example.org')];
    expect(ways(gone)).toEqual([[1, true, null]]);
  });
  it('needs nothing but an address for a letter', () => {
    expect(ways([reach(4, 2, 'U4', { address: 'mailto:dan@example.org' })])).toEqual([
      [2, false, null],
      [1, true, null],
    ]);
  });
  it('says why a network is of no use now', () => {
    expect(ways([reach(5, 3, 'D1')])).toEqual([[3, false, 'start.cannot']]);
    expect(ways(bob, [account(2, 'chat', 'connecting')])).toEqual([[2, false, 'why.offline']]);
    expect(ways([...bob, ...ann.slice(0, 1), reach(6, 2, 'U6')])).toEqual([[2, false, 'start.tooMany']]);
  });
});
