import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { realClock } from '../../../adapters/_kit/testing/index.ts';
import teams from '../../../adapters/teams/index.ts';
import { type Bench, openBench } from '../../../src-main/core/testing/harness.ts';
import { chance, visit } from '../../simulators/_base/index.ts';
import { client, type Microsoft, startMicrosoft } from '../../simulators/microsoft/index.ts';

/** The hub dies at points of backfill, live and send that chance chooses; then the database is compared with the network. */
let microsoft: Microsoft;
let bench: Bench;
beforeEach(async () => {
  microsoft = await startMicrosoft({ talks: 1, messages: 1, teams: { talks: 4, messages: 40 } });
  bench = await openBench({ clock: realClock, channels: () => [teams] });
  await bench.call('settings.set', { patch: { undoSendSeconds: 0 } });
});
afterEach(async () => {
  await bench.close();
  await microsoft.stop();
});

const seed = Number(process.env.CARILLON_SEED ?? 20_261_122);
const deaths = Number(process.env.CARILLON_DEATHS ?? 3);

it(`loses nothing and doubles nothing over ${deaths} deaths (seed ${seed})`, async () => {
  const luck = chance('deaths', seed);
  const network = microsoft.teams.world;
  const first = await bench.call('login.start', { channel: 'teams', flow: 'browser-channels' });
  const fields = { clientId: client.id, tenant: client.tenant, server: microsoft.address };
  const second = await bench.call('login.answer', { login: first.login, answers: fields });
  if (second.step?.show !== 'browser') throw new Error(`no page to visit: ${second.error}`);
  await visit(second.step.url);
  const conversation = await vi.waitFor(
    async () => {
      const [found] = (await bench.call('inbox.page', { view: 'inbox', limit: 200 })).rows;
      if (!found) throw new Error('no conversation yet');
      return found.id;
    },
    { timeout: 60_000 },
  );
  for (let death = 0; death < deaths; death++) {
    const chat = luck.pick(network.chats);
    if (luck.next() < 0.7) network.post(chat.id, { by: chat.members[1], html: `<p>News ${death}</p>` });
    const { quoted: _, ...start } = await bench.call('compose.start', { kind: 'new', conversation });
    await bench.call('compose.send', { ...start, text: `Said ${death}`, format: 'plain', notBefore: 0 });
    // Dies after so many more requests: anywhere between claiming a message, asking Teams, and noting the answer.
    const until = microsoft.seen.length + luck.between(0, 12);
    await vi.waitFor(() => expect(microsoft.seen.length).toBeGreaterThanOrEqual(until), {
      timeout: 60_000,
      interval: 1,
    });
    await bench.crash();
  }
  const said = () =>
    network.ledger
      .of('message')
      .flatMap(({ html }) => /Said \d+/.exec(html)?.[0] ?? [])
      .toSorted();
  const all = Array.from({ length: deaths }, (_, death) => `Said ${death}`);
  await vi.waitFor(() => expect(said()).toEqual(all), { timeout: 240_000, interval: 200 });
  await vi.waitFor(
    async () => {
      const { messages, outboxWaiting } = await bench.call('app.stats', {});
      expect({ messages, outboxWaiting }).toEqual({ messages: network.messages.length, outboxWaiting: 0 });
    },
    { timeout: 60_000, interval: 200 },
  );
  const { messages } = await bench.call('conversation.page', { conversation, limit: 200 });
  for (const words of all)
    expect(
      messages.filter(({ parts }) => JSON.stringify(parts).includes(words)),
      words,
    ).toHaveLength(1);
}, 400_000);
