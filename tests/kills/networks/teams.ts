import { messageKey, type Place } from '../../../adapters/teams/ids.ts';
import { me, visit } from '../../simulators/_base/index.ts';
import { client, startMicrosoft } from '../../simulators/microsoft/index.ts';
import { idOf, type Stored } from '../../simulators/microsoft/teams/index.ts';
import { marks } from '../here.ts';
import { composition, type Facts, type Network, ownWords } from '../network.ts';
import { logInByBrowser } from './mail.ts';

const emoji: Readonly<Record<string, string>> = { like: '👍', heart: '❤️', laugh: '😆', surprised: '😮', sad: '🙁' };

/** Teams with chats and channels: answers in threads, changes, words taken back, reactions. */
export async function teams(messages: number): Promise<Network> {
  const microsoft = await startMicrosoft({ teams: { talks: 8, messages } });
  const { world } = microsoft.teams;
  const own = idOf(me);
  const placeOf = (id: string): Place => {
    const channel = world.channels.find((one) => one.id === id);
    return channel ? { is: 'channel', team: channel.team, channel: id } : { is: 'chat', chat: id };
  };
  const keyOf = ({ place, id, root }: Stored): string => messageKey(placeOf(place), id, root);
  const quiet = world.chats.at(-1);
  const places = [...world.chats, ...world.channels].filter((one) => one !== quiet);
  /** What others said last, for them to change and take back. */
  const recent = new Map<string, Stored[]>();
  let count = 0;
  return {
    logIn: (hub) =>
      logInByBrowser(
        hub,
        'teams',
        { clientId: client.id, tenant: client.tenant, server: microsoft.address },
        visit,
        'browser-channels',
      ),
    happen(luck) {
      const { id: place, members } = luck.pick(places);
      const by = luck.pick(members.filter((one) => one !== own));
      const before = recent.get(place) ?? [];
      const target = before.length > 0 ? luck.pick(before) : undefined;
      const draw = luck.next();
      count++;
      if (target && draw < 0.1) world.edit(target, { html: `<p>changed ${count}</p>` });
      else if (target && draw < 0.15) {
        world.remove(target);
        recent.delete(place);
      } else if (target && draw < 0.25)
        world.react(target, 'like', by, !target.reactions.some((one) => one.by === by && one.type === 'like'));
      else if (target && draw < 0.4 && world.channels.some(({ id }) => id === place))
        world.post(place, { by, html: `<p>answer ${count}</p>`, root: target.root ?? target.id });
      else recent.set(place, [...before, world.post(place, { by, html: `<p>news ${count}</p>` })].slice(-3));
    },
    ...(quiet && {
      whisper: (text: string) => {
        const by = quiet.members.find((one) => one !== own) ?? own;
        // Its time goes on with what happens there; what is written now is to be the newest in the window too.
        microsoft.time.advance(Math.max(0, Date.now() - microsoft.time.now()));
        world.post(quiet.id, { by, html: `<p>${text}</p>` });
        return microsoft.handedOut(/\/messages$/, text);
      },
    }),
    async letter(hub, account, text, luck) {
      const { rows } = await hub.call('inbox.page', { view: 'all', account, limit: 100 });
      return rows.length === 0 ? undefined : composition(account, text, { conversation: luck.pick(rows).id });
    },
    get asked() {
      return microsoft.seen.length;
    },
    async standing() {
      const all = world.messages;
      const said = all.filter(({ deletedAt, eventDetail }) => deletedAt === undefined && eventDetail === undefined);
      const byPlace = Map.groupBy(all, ({ place }) => place);
      return {
        facts: new Map(said.map((message) => [keyOf(message), factsOf(message)])),
        beside: new Set(all.flatMap((message) => (message.eventDetail ? [keyOf(message)] : []))),
        orders: [...byPlace.values()].map((messages) => messages.toSorted((a, b) => a.at - b.at).map(keyOf)),
      };
    },
    sent: async () =>
      world.ledger.of('message').flatMap(({ by, html }) => {
        const text = wordsOf(html);
        return by === own && text.startsWith(ownWords) ? [text] : [];
      }),
    stop: () => microsoft.stop(),
  };
}

const wordsOf = (html: string): string => html.replace(/<[^>]*>/g, '').trim();
/** Of what was formatted, or came with files, the words are told in the adapter's own tests. */
const isPlain = (html: string): boolean => /^(<(p|div)>)?[\w ,.]+(<\/(p|div)>)?$/.test(html);

function factsOf({ body, reactions }: Stored): Facts {
  const counts = Map.groupBy(reactions, ({ type }) => emoji[type] ?? type);
  return {
    ...(isPlain(body.content) ? { text: wordsOf(body.content) } : {}),
    reactions: marks([...counts].map(([sign, all]) => `${sign} ${all.length}`)),
  };
}
