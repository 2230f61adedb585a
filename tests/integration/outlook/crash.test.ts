import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { realClock } from '../../../adapters/_kit/testing/index.ts';
import outlook from '../../../adapters/outlook/index.ts';
import { type Bench, openBench } from '../../../src-main/core/testing/harness.ts';
import { chance, visit } from '../../simulators/_base/index.ts';
import { client, type Microsoft, startMicrosoft } from '../../simulators/microsoft/index.ts';

/** The hub dies at points of backfill, live and send that chance chooses; then the database is compared with the mailbox. */
let microsoft: Microsoft;
let bench: Bench;
beforeEach(async () => {
  microsoft = await startMicrosoft({ talks: 6, messages: 45 });
  bench = await openBench({ clock: realClock, channels: () => [outlook] });
  await bench.call('settings.set', { patch: { undoSendSeconds: 0 } });
});
afterEach(async () => {
  await bench.close();
  await microsoft.stop();
});

const seed = Number(process.env.CARILLON_SEED ?? Date.now() % 100_000);
const deaths = Number(process.env.CARILLON_DEATHS ?? 3);

it(`loses nothing and doubles nothing over ${deaths} deaths (seed ${seed})`, async () => {
  const luck = chance('deaths', seed);
  const first = await bench.call('login.start', { channel: 'outlook' });
  const fields = { clientId: client.id, tenant: client.tenant, server: microsoft.address };
  const second = await bench.call('login.answer', { login: first.login, answers: fields });
  if (second.step?.show !== 'browser') throw new Error(`no page to visit: ${second.error}`);
  await visit(second.step.url);
  const account = await vi.waitFor(
    async () => {
      const [found] = await bench.call('accounts.list', {});
      if (!found) throw new Error('no account yet');
      return found.id;
    },
    { timeout: 30_000 },
  );
  for (let death = 0; death < deaths; death++) {
    if (luck.next() < 0.7) microsoft.write(`News ${death}`);
    const { quoted: _, ...start } = await bench.call('compose.start', {
      kind: 'new',
      account,
      to: 'ines@northwind.example',
    });
    await bench.call('compose.send', { ...start, subject: `Letter ${death}`, text: 'Once.', notBefore: 0 });
    // Dies after so many more requests: anywhere between claiming a letter, asking Outlook, and noting the answer.
    const until = microsoft.seen.length + luck.between(0, 16);
    await vi.waitFor(() => expect(microsoft.seen.length).toBeGreaterThanOrEqual(until), {
      timeout: 60_000,
      interval: 1,
    });
    await bench.crash();
  }
  const sent = () =>
    microsoft.mailbox.ledger
      .of('sent')
      .map(({ subject }) => subject)
      .toSorted();
  const letters = Array.from({ length: deaths }, (_, death) => `Letter ${death}`);
  await vi.waitFor(() => expect(sent()).toEqual(letters), { timeout: 240_000, interval: 200 });
  await vi.waitFor(
    async () => expect((await bench.call('app.stats', {})).messages).toBe(microsoft.mailbox.messages.length),
    { timeout: 60_000, interval: 200 },
  );
  expect(microsoft.mailbox.messages.filter(({ isDraft }) => isDraft)).toEqual([]);
  const { rows } = await bench.call('inbox.page', { view: 'sent', limit: 200 });
  for (const letter of letters)
    expect(
      rows.filter(({ title }) => title === letter),
      letter,
    ).toHaveLength(1);
}, 400_000);
