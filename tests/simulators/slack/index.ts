import { type Double, me, type NetworkTime, type Simulator, startDouble } from '../_base/index.ts';
import type { Place } from './method.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import { peopleMethods } from './methods/people.ts';
import { setScene, userId } from './scene.ts';
import { showcase } from './showcase.ts';
import { SocketMode } from './socket-mode.ts';
import type { SlackChannel, SlackMessage } from './state.ts';
import { appToken, Tokens, userToken } from './tokens.ts';
import { Workspace } from './workspace.ts';

export { userId } from './scene.ts';
export type { SlackMessage } from './state.ts';
export { appToken, userToken } from './tokens.ts';
export type { Accepted, Workspace } from './workspace.ts';

/** What a token of an app with the documented manifest may do. */
const grantedScopes = [
  ...['channels', 'groups', 'im', 'mpim'].flatMap((kind) => [`${kind}:history`, `${kind}:read`, `${kind}:write`]),
  'chat:write',
  'reactions:read',
  'reactions:write',
  'pins:read',
  'pins:write',
  'files:read',
  'files:write',
  'users:read',
  'users:read.email',
  'users:write',
  'dnd:read',
  'usergroups:read',
  'emoji:read',
  'team:read',
  'search:read',
];

export interface SlackOptions {
  readonly seed?: string;
  readonly talks?: number;
  readonly messages?: number;
  readonly port?: number;
  /** Unix ms of the newest message. */
  readonly until?: number;
  /** Most messages a page of history may have: 999, or 15 for apps sold outside the marketplace. */
  readonly most?: number;
}
export interface Slack extends Double {
  readonly workspace: Workspace;
  readonly socketMode: SocketMode;
  readonly tokens: Tokens;
  /** `http://127.0.0.1:<port>/api/`. */
  readonly apiUrl: string;
  /** Somebody else writes into a conversation; by default the first one. */
  say(text: string, more?: { readonly channel?: string; readonly by?: string; readonly thread?: string }): SlackMessage;
  /** The first conversation of this kind. */
  channel(kind: SlackChannel['kind']): SlackChannel;
}

/**
 * Goes with the machine's clock, for Slack orders what happens there and what is done here by one time. Two things never
 * happen in the same millisecond.
 */
function realTime(start: number): NetworkTime {
  let last = start;
  return {
    now: () => last,
    tick() {
      last = Math.max(Date.now(), last + 1);
      return last;
    },
    advance(ms) {
      last += ms;
    },
  };
}

/** Slack for one person in one workspace, on loopback. */
export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const time = realTime(options.until ?? Date.now());
  const tokens = new Tokens(grantedScopes);
  let listening: Double | undefined;
  const address = (): string => {
    if (!listening) throw new Error('not listening yet');
    return listening.address;
  };
  let events = 0;
  const socketMode = new SocketMode(() => {
    events++;
    return events;
  });
  const workspace = new Workspace(userId(me), time, (event) => {
    events++;
    socketMode.deliver({
      token: 'sim-verification',
      team_id: workspace.team.id,
      api_app_id: 'A0CARILLON',
      type: 'event_callback',
      event,
      event_id: `Ev0SIM${events}`,
      event_time: Math.floor(time.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: workspace.team.id,
          user_id: workspace.me,
          is_bot: false,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
    });
  });
  const place: Place = { workspace, tokens, address };
  const double = await startDouble({
    port: options.port ?? 0,
    routes: [
      ...conversationMethods(place, { most: options.most ?? 999 }),
      ...chatMethods(place),
      ...peopleMethods(place),
      ...fileMethods(place),
    ],
    manners: {
      unknown: () => ({ json: { ok: false, error: 'unknown_method' } }),
      bad: (detail) => ({ json: { ok: false, error: 'invalid_arguments', response_metadata: { messages: [detail] } } }),
      unauthenticated: () => ({ json: { ok: false, error: 'not_authed' } }),
    },
    onSocket: (socket) => socketMode.accept(socket),
  });
  listening = double;
  setScene(workspace, double.address, {
    seed: options.seed ?? 'northwind',
    talks: options.talks ?? 4,
    messages: options.messages ?? 60,
    until: time.now(),
  });
  const channel = (kind: SlackChannel['kind']): SlackChannel => {
    const found = [...workspace.channels.values()].find((one) => one.kind === kind);
    if (!found) throw new Error(`there is no conversation of the kind ${kind}`);
    return found;
  };
  return {
    ...double,
    // The spread would copy these once and for all.
    get seen() {
      return double.seen;
    },
    workspace,
    socketMode,
    tokens,
    apiUrl: `${double.address}/api/`,
    channel,
    say(text, { channel: where, by, thread } = {}) {
      const id = where ?? [...workspace.channels.keys()][0];
      if (id === undefined) throw new Error('there is no conversation');
      const other = workspace.channels.get(id)?.members.find((one) => one !== workspace.me);
      return workspace.post(id, {
        user: by ?? other ?? 'U0INES',
        text,
        ...(thread !== undefined && { thread_ts: thread }),
      });
    },
  };
}

const news = [
  'The crane is here.',
  'Can you look at the drawings?',
  'Soup at noon!',
  'The permit came.',
  'Thank you :northwind:',
];

export const simulator: Simulator = {
  name: 'slack',
  async start({ port, until }) {
    const running = await startSlack({ port, until, talks: 9, messages: 1200 });
    showcase(running.workspace);
    let said = 0;
    return {
      address: running.address,
      login: {
        channel: 'slack',
        flow: 'tokens',
        fields: { userToken, appToken, apiUrl: running.apiUrl },
      },
      async stir() {
        const channels = [...running.workspace.channels.keys()];
        const channel = channels[said % channels.length];
        const text = news[said % news.length] ?? '';
        said++;
        running.say(text, channel === undefined ? {} : { channel });
      },
      sent() {
        const { ledger, me: own } = running.workspace;
        return ledger.of('message').flatMap(({ user, text }) => (user === own && text !== undefined ? [text] : []));
      },
      stop: () => running.stop(),
    };
  },
};
