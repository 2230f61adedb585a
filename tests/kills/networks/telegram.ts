import { emojiShown, messageKey } from '../../../adapters/telegram/ids.ts';
import { answers } from '../../simulators/telegram/answers.ts';
import { startTelegram } from '../../simulators/telegram/index.ts';
import { bot, called } from '../../simulators/telegram/people.ts';
import { type Message, nameOf, type Peer } from '../../simulators/telegram/world.ts';
import { marks } from '../here.ts';
import { composition, type Facts, type Network, ownWords } from '../network.ts';

const hana: Peer = { kind: 'user', id: called('hana') };
const train: Peer = { kind: 'user', id: bot };
const keyOf = ({ peer, id }: Message): string => messageKey({ kind: peer.kind, id: String(peer.id) }, id);

/** Telegram with private chats, a group, a supergroup with topics and a channel. */
export async function telegram(messages: number): Promise<Network> {
  const network = await startTelegram({ messages });
  const { world, telling, ledger } = network;
  const titles = ['Hana Dvořáková', ...[...world.groups.values()].map(({ title }) => title)];
  let count = 0;
  return {
    async logIn(hub) {
      let view = await hub.call('login.start', { channel: 'telegram' });
      while (view.step)
        view = await hub.call('login.answer', { login: view.login, answers: answers(view.step, network) });
      if (view.account === null) throw new Error(view.error ?? 'there is no account');
      return view.account;
    },
    happen(luck) {
      const peer = luck.pick(
        world.peers().filter(({ kind, id }) => kind !== 'user' || (id !== world.me.id && id !== bot)),
      );
      const from = peer.kind === 'user' || (peer.kind === 'channel' && peer.id === 50) ? peer : hana;
      count++;
      const { message } = telling.post(peer, from, { text: `live ${count}` });
      const draw = luck.next();
      if (draw < 0.1) telling.edit(message, { text: `${message.text}, changed` });
      else if (draw < 0.2) telling.remove(peer, [message.id]);
      else if (draw < 0.3) telling.react(message, hana.id, ['👍']);
      else if (draw < 0.35) telling.read(peer, message.id);
    },
    whisper(text) {
      telling.post(train, train, { text });
      return undefined;
    },
    async letter(hub, account, text, luck) {
      const { rows } = await hub.call('inbox.page', { view: 'all', account, limit: 100 });
      const found = rows.filter(({ title }) => titles.includes(title));
      return found.length === 0 ? undefined : composition(account, text, { conversation: luck.pick(found).id });
    },
    // Reactions of the time in between are told of what is in front.
    async look(hub, account) {
      const { rows } = await hub.call('inbox.page', { view: 'all', account, limit: 100 });
      for (const { id } of rows) await hub.call('act.focus', { conversation: id });
    },
    get asked() {
      return ledger.entries.length;
    },
    async standing() {
      const all = world.all();
      const byPeer = Map.groupBy(all, ({ peer }) => nameOf(peer));
      return {
        facts: new Map(all.map((message) => [keyOf(message), factsOf(message)])),
        beside: new Set<string>(),
        orders: [...byPeer.values()].map((messages) => messages.toSorted((a, b) => a.id - b.id).map(keyOf)),
      };
    },
    sent: async () => world.all().flatMap(({ out, text }) => (out && text.startsWith(ownWords) ? [text] : [])),
    stop: () => network.stop(),
  };
}

/** Pictures and places have no words, or words beside them. */
const factsOf = (message: Message): Facts => ({
  ...(message.media || message.text === '' ? {} : { text: message.text }),
  reactions: reactionsOf(message),
});
function reactionsOf({ reactions, crowd = {} }: Message): string {
  const counts = new Map(Object.entries(crowd));
  for (const { emoji } of reactions) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  return marks([...counts].map(([emoji, count]) => `${emojiShown(emoji)} ${count}`));
}
