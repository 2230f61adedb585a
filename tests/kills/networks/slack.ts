import { messageKey } from '../../../adapters/slack/ids.ts';
import { appToken, type SlackMessage, startSlack, userToken } from '../../simulators/slack/index.ts';
import { marks } from '../here.ts';
import { composition, type Facts, type Network, ownWords } from '../network.ts';

const emoji: Readonly<Record<string, string>> = { '+1': '👍', tada: '🎉', heart: '❤️', wave: '👋' };

/** Slack with a few channels: threads, changes, words taken back, reactions. */
export async function slack(messages: number): Promise<Network> {
  const network = await startSlack({ talks: 6, messages });
  const { workspace } = network;
  const all = [...workspace.channels.values()];
  const quiet = all.findLast(({ kind }) => kind === 'im');
  const channels = all.filter((one) => one !== quiet);
  const writable = channels.filter(({ kind }) => kind === 'public' || kind === 'private').map(({ name }) => `#${name}`);
  /** What was said last in each channel, for others to change and answer. */
  const recent = new Map<string, SlackMessage[]>();
  let count = 0;
  return {
    async logIn(hub) {
      const { login } = await hub.call('login.start', { channel: 'slack', flow: 'tokens' });
      const view = await hub.call('login.answer', { login, answers: { userToken, appToken, apiUrl: network.apiUrl } });
      if (view.account === null) throw new Error(view.error ?? JSON.stringify(view.step));
      return view.account;
    },
    happen(luck) {
      const { id: channel, members } = luck.pick(channels);
      const before = recent.get(channel) ?? [];
      const target = before.length > 0 ? luck.pick(before) : undefined;
      const other = luck.pick(members.filter((one) => one !== workspace.me));
      const draw = luck.next();
      count++;
      if (target && draw < 0.1) workspace.edit(channel, target.ts, { text: `changed ${count}` });
      else if (target && draw < 0.15) {
        workspace.remove(channel, target.ts);
        recent.delete(channel);
      } else if (target && draw < 0.25) network.say(`answer ${count}`, { channel, thread: target.ts });
      else if (target && draw < 0.35) {
        const { reactions } = workspace.message(channel, target.ts);
        const on = !reactions?.some(({ name, users }) => name === 'tada' && users.includes(other));
        workspace.react(channel, target.ts, other, 'tada', on);
      } else recent.set(channel, [...before, network.say(`news ${count}`, { channel })].slice(-3));
    },
    ...(quiet && {
      whisper: (text: string) => {
        network.say(text, { channel: quiet.id });
        return undefined;
      },
    }),
    async letter(hub, account, text, luck) {
      const { rows } = await hub.call('inbox.page', { view: 'all', account, limit: 100 });
      const found = rows.filter(({ title }) => writable.includes(title));
      return found.length === 0 ? undefined : composition(account, text, { conversation: luck.pick(found).id });
    },
    get asked() {
      return network.seen.length;
    },
    async standing() {
      const held = [...workspace.messages].flatMap(([channel, messages]) =>
        [...messages.values()].map((message) => ({ key: messageKey(channel, message.ts), message })),
      );
      const isSaid = ({ subtype }: SlackMessage): boolean => subtype === undefined;
      return {
        facts: new Map(held.flatMap(({ key, message }) => (isSaid(message) ? [[key, factsOf(message)] as const] : []))),
        beside: new Set(held.flatMap(({ key, message }) => (isSaid(message) ? [] : [key]))),
        orders: [...workspace.messages].map(([channel, messages]) =>
          [...messages.keys()].toSorted().map((ts) => messageKey(channel, ts)),
        ),
      };
    },
    sent: async () =>
      workspace.ledger.of('message').flatMap(({ text = '' }) => (text.startsWith(ownWords) ? [text] : [])),
    stop: () => network.stop(),
  };
}

const factsOf = ({ text = '', reactions = [] }: SlackMessage): Facts => ({
  text: text.replaceAll('&amp;', '&'),
  reactions: marks(reactions.map(({ name, count }) => `${emoji[name]} ${count}`)),
});
