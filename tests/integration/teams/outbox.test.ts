import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeClock, fakeClock, type LettingGo, lettingGo } from '../../../adapters/_kit/testing/index.ts';
import teams from '../../../adapters/teams/index.ts';
import { type Bench, openBench } from '../../../src-main/core/testing/harness.ts';
import { me, visit } from '../../simulators/_base/index.ts';
import { client, type Microsoft, startMicrosoft } from '../../simulators/microsoft/index.ts';
import { idOf } from '../../simulators/microsoft/teams/index.ts';

/** What has piled up goes out on a clock of the test's own: only what Teams and its rates ask for takes time. */
let clock: FakeClock;
let time: LettingGo;
let microsoft: Microsoft;
let bench: Bench;
beforeEach(async () => {
  clock = fakeClock(Date.now());
  time = lettingGo(clock);
  microsoft = await startMicrosoft({
    talks: 1,
    messages: 1,
    until: clock.now(),
    teams: { talks: 8, messages: 40 },
  });
  bench = await openBench({ clock, channels: () => [teams] });
  await bench.call('settings.set', { patch: { undoSendSeconds: 0 } });
});
afterEach(async () => {
  await bench.close();
  await microsoft.stop();
});

it('does not wait longer for messages whose fate is unknown than Teams may still be at them, and sends each once', async () => {
  const { world } = microsoft.teams;
  const { login } = await bench.call('login.start', { channel: 'teams', flow: 'browser-channels' });
  const answers = { clientId: client.id, tenant: client.tenant, server: microsoft.address };
  const { step } = await time.passing(bench.call('login.answer', { login, answers }));
  if (step?.show !== 'browser') throw new Error('no page to visit');
  await visit(step.url);
  const here = async () => (await time.passing(bench.call('app.stats', {}))).messages;
  while ((await here()) < world.messages.length) await time.passing(clock.sleep(1000));

  const { rows } = await bench.call('inbox.page', { view: 'all', limit: 50 });
  expect(rows).toHaveLength(8);
  const each = 4;
  // The first message in each conversation is cut off on its way: of half of them Teams has heard.
  const path = /\/messages$/;
  for (let index = 0; index < rows.length; index++)
    microsoft.faults.arm({ method: 'POST', path }, { is: index % 2 === 0 ? 'cut-before' : 'cut-after' });
  const begun = world.ledger.entries.length;
  const said = (): readonly string[] =>
    world.ledger.entries
      .slice(begun)
      .flatMap(({ kind, what }) => (kind === 'message' && what.by === idOf(me) ? [what.html] : []));
  const at = clock.now();
  for (let nth = 0; nth < each; nth++)
    for (const { id } of rows) {
      const { quoted: _, ...start } = await bench.call('compose.start', { kind: 'new', conversation: id });
      await bench.call('compose.send', { ...start, text: `${nth} in ${id}`, format: 'plain', notBefore: 0 });
    }
  await time.until(() => said().length >= rows.length * each);
  expect(microsoft.faults.waiting).toBe(0);
  // Twenty seconds pass before what Teams has not shown by then is sent again.
  expect(clock.now() - at).toBeLessThanOrEqual(30_000);
  const waiting = async () => (await bench.call('app.stats', {})).outboxWaiting;
  while ((await time.passing(waiting())) > 0) await time.passing(clock.sleep(1000));
  expect(new Set(said()).size).toBe(rows.length * each);
  expect(said()).toHaveLength(rows.length * each);
});
