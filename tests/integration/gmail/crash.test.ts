import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { realClock } from '../../../adapters/_kit/testing/index.ts';
import gmail from '../../../adapters/gmail/index.ts';
import { type Bench, openBench } from '../../../src-main/core/testing/harness.ts';
import { chance, visit } from '../../simulators/_base/index.ts';
import { client, type Google, startGoogle } from '../../simulators/google/index.ts';

/** The hub dies at points of backfill, live and send that chance chooses; then the database is compared with the mailbox. */
let google: Google;
let bench: Bench;
beforeEach(async () => {
  google = await startGoogle({ talks: 6, messages: 45 });
  bench = await openBench({ clock: realClock, channels: () => [gmail] });
  await bench.call('settings.set', { patch: { undoSendSeconds: 0 } });
});
afterEach(async () => {
  await bench.close();
  await google.stop();
});

const seed = Number(process.env.CARILLON_SEED ?? Date.now() % 100_000);
const deaths = Number(process.env.CARILLON_DEATHS ?? 3);

it(`loses nothing and doubles nothing over ${deaths} deaths (seed ${seed})`, async () => {
  const luck = chance('deaths', seed);
  const first = await bench.call('login.start', { channel: 'gmail' });
  const fields = { clientId: client.id, clientSecret: client.secret, server: google.address };
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
    if (luck.next() < 0.7) google.write(`News ${death}`);
    const { quoted: _, ...start } = await bench.call('compose.start', {
      kind: 'new',
      account,
      to: 'ines@northwind.example',
    });
    await bench.call('compose.send', { ...start, subject: `Letter ${death}`, text: 'Once.', notBefore: 0 });
    // Dies after so many more requests: anywhere between claiming a letter, asking Google, and noting the answer.
    const until = google.seen.length + luck.between(0, 12);
    await vi.waitFor(() => expect(google.seen.length).toBeGreaterThanOrEqual(until), { timeout: 60_000, interval: 1 });
    await bench.crash();
  }
  const sent = () =>
    google.mailbox.ledger
      .of('sent')
      .map(({ subject }) => subject)
      .toSorted();
  const letters = Array.from({ length: deaths }, (_, death) => `Letter ${death}`);
  await vi.waitFor(() => expect(sent()).toEqual(letters), { timeout: 240_000, interval: 200 });
  await vi.waitFor(
    async () => expect((await bench.call('app.stats', {})).messages).toBe(google.mailbox.messages.length),
    { timeout: 60_000, interval: 200 },
  );
  const { rows } = await bench.call('inbox.page', { view: 'sent', limit: 200 });
  for (const letter of letters)
    expect(
      rows.filter(({ title }) => title === letter),
      letter,
    ).toHaveLength(1);
}, 400_000);
