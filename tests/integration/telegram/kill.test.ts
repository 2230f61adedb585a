import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { messageKey } from '../../../adapters/telegram/ids.ts';
import type { Composition } from '../../../src-shared/ipc/index.ts';
import type { AccountId, ChannelEvent, ConversationId } from '../../../src-shared/model/index.ts';
import { answers } from '../../simulators/telegram/answers.ts';
import { startTelegram, type Telegram } from '../../simulators/telegram/index.ts';
import { called } from '../../simulators/telegram/people.ts';
import type { Message, Peer } from '../../simulators/telegram/world.ts';
import { type HubProcess, soon, startHub, temporaryFolder } from '../hub/process.ts';

/** How often the hub is killed; `CARILLON_KILLS=200 npm run vitest -- --project integration tests/integration/telegram`. */
const kills = Number(process.env.CARILLON_KILLS ?? 4);
const perKill = 60_000;
const between = (low: number, high: number): number => low + Math.random() * (high - low);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const hana: Peer = { kind: 'user', id: called('hana') };
const keyOf = ({ peer, id }: Message): string => messageKey({ kind: peer.kind, id: String(peer.id) }, id);

let network: Telegram;
beforeEach(async () => {
  network = await startTelegram({ messages: 600 });
});
afterEach(() => network.stop());

async function logIn(hub: HubProcess): Promise<AccountId> {
  let view = await hub.call('login.start', { channel: 'telegram' });
  while (view.step) view = await hub.call('login.answer', { login: view.login, answers: answers(view.step, network) });
  if (view.account === null) throw new Error(view.error ?? 'there is no account');
  return view.account;
}
/** What is written by others and by this account meanwhile: new messages everywhere, some changed, some taken back. */
function chatter(): { readonly stop: () => void } {
  let count = 0;
  const { world, telling } = network;
  const timer = setInterval(() => {
    const peers = world.peers().filter(({ kind, id }) => kind !== 'user' || id !== world.me.id);
    const peer = peers[Math.floor(Math.random() * peers.length)] ?? hana;
    const from = peer.kind === 'channel' && peer.id === 50 ? peer : hana;
    const { message } = telling.post(peer, peer.kind === 'user' ? peer : from, { text: `live ${count++}` });
    const luck = Math.random();
    if (luck < 0.1) telling.edit(message, { text: `${message.text}, changed` });
    else if (luck < 0.2) telling.remove(peer, [message.id]);
  }, 40);
  return { stop: () => clearInterval(timer) };
}
/** Every message that stands, by key, with its newest words; and those taken away. */
async function here(hub: HubProcess): Promise<{ texts: Map<string, string>; times: Map<string, number> }> {
  const path = join(temporaryFolder(), 'all.jsonl');
  await hub.call('export.start', { path, format: 'jsonl' });
  const texts = new Map<string, string>();
  const versions = new Map<string, number>();
  const times = new Map<string, number>();
  const removed = new Set<string>();
  for (const line of (await readFile(path, 'utf8')).trim().split('\n')) {
    const { events }: { events: readonly ChannelEvent[] } = JSON.parse(line);
    // A line is one message; each of its texts may be told as the message again.
    const keys = new Set(events.flatMap((event) => (event.type === 'message' ? [event.message.key] : [])));
    for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
    for (const event of events) {
      if (event.type === 'removed') removed.add(event.target);
      const told =
        event.type === 'message'
          ? { key: event.message.key, parts: event.message.parts, version: event.message.version ?? 0 }
          : event.type === 'edited'
            ? { key: event.target, parts: event.content.parts, version: event.version }
            : undefined;
      if (!told) continue;
      if (told.version < (versions.get(told.key) ?? 0)) continue;
      versions.set(told.key, told.version);
      const [text] = told.parts.flatMap((part) => (part.kind === 'text' ? [part.plain ?? part.text] : []));
      texts.set(told.key, text ?? '');
    }
  }
  for (const key of removed) texts.delete(key);
  return { texts, times };
}

it(`killed ${kills} times while history comes in, news come in and messages go out, it loses nothing and doubles nothing`, {
  timeout: 120_000 + kills * perKill,
}, async () => {
  const profile = temporaryFolder();
  let hub = await startHub(profile);
  const account = await logIn(hub);
  await hub.call('settings.set', { patch: { undoSendSeconds: 0 } });
  const conversation = await soon('the talk with Hana is there', async () => {
    const { rows } = await hub.call('inbox.page', { view: 'all', limit: 200 });
    return rows.find(({ title }) => title === 'Hana Dvořáková')?.id;
  });
  const write = (id: ConversationId, text: string): Composition & { notBefore: number } => ({
    account,
    conversation: id,
    from: null,
    recipients: [],
    subject: '',
    text,
    format: 'plain',
    parts: [],
    replyTo: null,
    forwards: null,
    notBefore: 0,
  });
  const talk = chatter();
  const sent: string[] = [];
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      // Sometimes before it is online, sometimes in the middle of everything.
      await pause(between(0, 1200));
      const text = `mine ${kill}`;
      await hub.call('compose.send', write(conversation, text));
      sent.push(text);
      await pause(between(0, 400));
      await hub.kill();
      hub = await startHub(profile);
    }
  } finally {
    talk.stop();
  }
  await soon(
    'everything is here',
    async () => {
      const [now] = await hub.call('accounts.list', {});
      const out = await hub.call('outbox.list', {});
      const idle = out.every(({ delivery }) => delivery.state === 'sent') && now?.backfill?.running !== true;
      if (now?.state.is !== 'online' || !idle) return false;
      const { texts } = await here(hub);
      return network.world.all().every((message) => texts.has(keyOf(message)));
    },
    perKill * 2,
  ).catch((cause: unknown) => console.warn(String(cause)));
  const { texts, times } = await here(hub);
  const expected = new Map(network.world.all().map((message) => [keyOf(message), message]));
  expect([...expected.keys()].filter((key) => !texts.has(key))).toEqual([]);
  expect([...texts.keys()].filter((key) => !expected.has(key))).toEqual([]);
  expect([...times].filter(([, count]) => count > 1)).toEqual([]);
  const wrong = [...expected].filter(([key, { text, media }]) => !media && text !== '' && texts.get(key) !== text);
  expect(wrong.map(([key, { text }]) => [key, text, texts.get(key)])).toEqual([]);
  for (const text of sent)
    expect(
      network.world.messages(hana).filter((one) => one.out && one.text === text),
      text,
    ).toHaveLength(1);
  console.info(`killed ${kills} times; ${expected.size} messages, ${sent.length} of them sent`);
  await hub.kill();
});
