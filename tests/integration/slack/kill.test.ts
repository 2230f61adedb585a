import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { messageKey } from '../../../adapters/slack/ids.ts';
import type { AccountId, ChannelEvent } from '../../../src-shared/model/index.ts';
import { chance } from '../../simulators/_base/index.ts';
import { appToken, type Slack, startSlack, userToken } from '../../simulators/slack/index.ts';
import { type HubProcess, soon, startHub, temporaryFolder } from '../hub/process.ts';

/** How often the hub is killed; `CARILLON_KILLS=200 npm run vitest -- --project integration tests/integration/slack`. */
const kills = Number(process.env.CARILLON_KILLS ?? 8);
const perKill = 20_000;
const seed = Number(process.env.CARILLON_SEED ?? Date.now() % 100_000);
const luck = chance('slack kills', seed);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let network: Slack;
beforeEach(async () => {
  network = await startSlack({ talks: 5, messages: 100 });
});
afterEach(() => network.stop());

async function logIn(hub: HubProcess): Promise<AccountId> {
  const { login } = await hub.call('login.start', { channel: 'slack', flow: 'tokens' });
  const view = await hub.call('login.answer', { login, answers: { userToken, appToken, apiUrl: network.apiUrl } });
  if (view.account === null) throw new Error(view.error ?? JSON.stringify(view.step));
  return view.account;
}

/** How much happens on the network between two kills, however slow the machine is. */
const atOnce = 40;
/** What others write meanwhile, in every conversation: also answers, changes, and words taken back. */
function chatter(): { more(): void; stop(): void } {
  const { workspace } = network;
  let count = 0;
  let most = atOnce;
  const timer = setInterval(() => {
    if (count >= most) return;
    const channel = luck.pick([...workspace.channels.keys()]);
    const before = workspace.topLevel(channel).slice(-3);
    const [target] = luck.shuffle(before.filter(({ user, subtype }) => user !== workspace.me && subtype === undefined));
    const draw = luck.next();
    count++;
    if (target && draw < 0.1) workspace.edit(channel, target.ts, { text: `changed ${count}` });
    else if (target && draw < 0.15) workspace.remove(channel, target.ts);
    else if (target && draw < 0.2) network.say(`answer ${count}`, { channel, thread: target.ts });
    else network.say(`news ${count}`, { channel });
  }, 60);
  return {
    more() {
      most += atOnce;
    },
    stop: () => clearInterval(timer),
  };
}

/** What stands on the network, by key: the words of what people wrote. */
function there(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [channel, messages] of network.workspace.messages)
    for (const { ts, text = '', subtype } of messages.values())
      if (subtype === undefined) found.set(messageKey(channel, ts), text.replaceAll('&amp;', '&'));
  return found;
}
/** The same here, with how often each text of each message is told. */
async function here(
  hub: HubProcess,
): Promise<{ texts: ReadonlyMap<string, string>; times: ReadonlyMap<string, number> }> {
  const path = join(temporaryFolder(), 'all.jsonl');
  await hub.call('export.start', { path, format: 'jsonl' });
  const newest = new Map<string, { version: number; text: string }>();
  const times = new Map<string, number>();
  const removed = new Set<string>();
  for (const line of (await readFile(path, 'utf8')).trim().split('\n')) {
    const { events }: { events: readonly ChannelEvent[] } = JSON.parse(line);
    for (const event of events) {
      if (event.type === 'removed') removed.add(event.target);
      if (event.type !== 'message' && event.type !== 'edited') continue;
      const {
        key,
        parts,
        version = 0,
      } = event.type === 'message' ? event.message : { key: event.target, ...event.content, version: event.version };
      // Each of its texts is told once.
      const told = `${key} ${version}`;
      times.set(told, (times.get(told) ?? 0) + 1);
      if (version < (newest.get(key)?.version ?? 0)) continue;
      const [text = ''] = parts.flatMap((part) => (part.kind === 'text' ? [part.plain ?? part.text] : []));
      newest.set(key, { version, text });
    }
  }
  const standing = [...newest].filter(([key]) => !removed.has(key));
  return { texts: new Map(standing.map(([key, { text }]) => [key, text])), times };
}

type Texts = ReadonlyMap<string, string>;
/** What stands on the network and not here, or in other words. */
const missing = (texts: Texts) => [...there()].filter(([key, text]) => texts.get(key) !== text);
/** What was taken back on the network and stands here. */
const leftOver = (texts: Texts) => {
  const standing = there();
  return [...texts].filter(([key, text]) => !standing.has(key) && /^(news|answer|changed|mine) /.test(text));
};

it(`killed ${kills} times while history comes in, news come in and messages go out, it loses nothing and doubles nothing`, {
  timeout: 240_000 + kills * perKill,
}, async () => {
  console.info(`seed ${seed}`);
  const profile = temporaryFolder();
  let hub = await startHub(profile);
  const account = await logIn(hub);
  await hub.call('settings.set', { patch: { undoSendSeconds: 0 } });
  const channel = network.channel('public');
  const conversation = await soon('the channel is there', async () => {
    const { rows } = await hub.call('inbox.page', { view: 'all', limit: 100 });
    return rows.find(({ title }) => title === `#${channel.name}`)?.id;
  });
  const talk = chatter();
  const sent: string[] = [];
  try {
    for (let kill = 0; kill < kills; kill++) {
      // Sometimes before it is online, sometimes in the middle of everything.
      talk.more();
      await pause(luck.between(0, 1500));
      const text = `mine ${kill}`;
      await hub.call('compose.send', {
        from: null,
        subject: null,
        replyTo: null,
        forwards: null,
        recipients: [],
        parts: [],
        account,
        conversation,
        text,
        format: 'plain',
        notBefore: 0,
      });
      sent.push(text);
      await pause(luck.between(0, 400));
      await hub.kill();
      hub = await startHub(profile);
    }
  } finally {
    talk.stop();
  }
  const complete = async (): Promise<boolean> => {
    const [now] = await hub.call('accounts.list', {});
    const out = await hub.call('outbox.list', {});
    const idle = out.every(({ delivery }) => delivery.state === 'sent') && now?.backfill?.running !== true;
    if (now?.state.is !== 'online' || !idle) return false;
    const { texts } = await here(hub);
    return missing(texts).length === 0 && leftOver(texts).length === 0;
  };
  const look = async (): Promise<boolean> => {
    const all = await complete();
    // The whole database is read to see; not more often than needed.
    if (!all) await pause(1000);
    return all;
  };
  // In vain is not the end: what is missing is told below.
  await soon('everything is here', look, 180_000).catch((cause: unknown) => console.warn(String(cause)));
  const { texts, times } = await here(hub);
  expect(missing(texts)).toEqual([]);
  expect(leftOver(texts), 'words taken back on the network').toEqual([]);
  expect([...times].filter(([, often]) => often > 1)).toEqual([]);
  const mine = network.workspace.ledger
    .of('message')
    .flatMap(({ text = '' }) => (text.startsWith('mine ') ? [text] : []));
  expect(mine.toSorted()).toEqual(sent.toSorted());
  console.info(`killed ${kills} times; ${there().size} messages stand, ${sent.length} sent`);
  await hub.kill();
});
