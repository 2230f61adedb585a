import { z } from 'zod';
import type { Route } from '../../_base/index.ts';
import { method, type Place, page, paged, yes } from '../method.ts';
import { Refused } from '../state.ts';

export function peopleMethods(place: Place): readonly Route[] {
  const { workspace } = place;
  const user = (id: string) => {
    const found = workspace.users.get(id);
    if (!found) throw new Refused('user_not_found');
    return found;
  };
  return [
    method(place, 'auth.test', {
      scopes: [],
      arguments: {},
      answer: () => ({
        url: 'https://northwind.slack.example/',
        team: workspace.team.name,
        user: workspace.users.get(workspace.me)?.name,
        team_id: workspace.team.id,
        user_id: workspace.me,
        is_enterprise_install: false,
      }),
    }),
    method(place, 'users.list', {
      scopes: ['users:read'],
      arguments: { ...page, include_locale: yes.optional() },
      answer({ cursor, limit = 200 }) {
        const { items, response_metadata } = paged([...workspace.users.values()], cursor, limit);
        return { members: items, cache_ts: 0, response_metadata };
      },
    }),
    method(place, 'users.info', {
      scopes: ['users:read'],
      arguments: { user: z.string(), include_locale: yes.optional() },
      answer: ({ user: id }) => ({ user: user(id) }),
    }),
    method(place, 'users.getPresence', {
      scopes: ['users:read'],
      arguments: { user: z.string() },
      answer: ({ user: id }) => ({ presence: workspace.presence.get(user(id).id) ?? 'away' }),
    }),
    method(place, 'dnd.info', {
      scopes: ['dnd:read'],
      arguments: { user: z.string().optional(), team_id: z.string().optional() },
      answer({ user: id = workspace.me }) {
        const [start, end] = workspace.quiet.get(user(id).id) ?? [1, 1];
        return { dnd_enabled: start > 1, next_dnd_start_ts: start, next_dnd_end_ts: end };
      },
    }),
    method(place, 'users.setPresence', {
      scopes: ['users:write'],
      arguments: { presence: z.enum(['auto', 'away']) },
      answer({ presence }) {
        workspace.presence.set(workspace.me, presence === 'auto' ? 'active' : 'away');
        workspace.ledger.record('presence', { channel: '', ts: '', text: presence });
        return {};
      },
    }),
    method(place, 'usergroups.list', {
      scopes: ['usergroups:read'],
      arguments: { include_users: yes.optional() },
      answer: ({ include_users: users }) => ({
        usergroups: [
          { id: 'S0ROOFERS', handle: 'roofers', name: 'Roofers', ...(users && { users: [workspace.me] }) },
          { id: 'S0MASONS', handle: 'masons', name: 'Masons', ...(users && { users: [] }) },
        ],
      }),
    }),
    method(place, 'emoji.list', {
      scopes: ['emoji:read'],
      arguments: {},
      answer: () => ({
        emoji: Object.fromEntries(
          [...workspace.emoji].map(([name, path]) => [
            name,
            path.startsWith('alias:') ? path : `${place.address()}${path}`,
          ]),
        ),
        cache_ts: '1700000000.000000',
      }),
    }),
    method(place, 'apps.connections.open', {
      scopes: ['connections:write'],
      token: 'app',
      arguments: {},
      answer: () => ({
        url: `${place.address().replace('http', 'ws')}/link/?ticket=sim-${workspace.next()}&app_id=A0CARILLON`,
      }),
    }),
  ];
}
