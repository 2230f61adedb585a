import { beforeAll, expect, it } from 'vitest';
import teams from '../../../adapters/teams/index.ts';
import type { Bench } from '../../../src-main/core/testing/harness.ts';
import type { ConversationRow, MessageView } from '../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import { cast } from '../../simulators/_base/index.ts';
import { client, type Microsoft, startMicrosoft } from '../../simulators/microsoft/index.ts';
import { idOf, type TeamsWorld } from '../../simulators/microsoft/teams/index.ts';
import { livedIn, soon } from '../lived-in.ts';

/** One account is lived in from first login on. */
const home = livedIn<Microsoft>({
  channel: teams,
  start: () => startMicrosoft({ talks: 1, messages: 1, teams: { talks: 6, messages: 60 } }),
  flow: 'browser-channels',
  fields: (server) => ({ clientId: client.id, tenant: client.tenant, server }),
});
const { inbox: rows, titled, state, online, messages } = home;
let microsoft: Microsoft;
let network: TeamsWorld;
let bench: Bench;
beforeAll(() => {
  ({ network: microsoft, bench } = home);
  network = microsoft.teams.world;
});

const there = (wanted: Parameters<TeamsWorld['ledger']['until']>[0]) =>
  network.ledger.until(wanted, AbortSignal.timeout(60_000));
const said = async (conversation: ConversationId): Promise<readonly MessageView[]> =>
  (await bench.call('conversation.page', { conversation, limit: 200 })).messages;
const ines = idOf(cast[0] ?? unheard());
function unheard(): never {
  throw new Error('an empty cast');
}
const group = () => {
  const found = network.chats.find(({ type }) => type === 'group');
  if (!found) throw new Error('no group');
  return found;
};
/** Somebody looks at it, so it is looked into at once. */
const lookAt = async ({ id }: ConversationRow) => {
  await bench.call('act.focus', { conversation: null });
  await bench.call('act.focus', { conversation: id });
};
const inGroup = () => soon('the group is there', () => titled(group().topic ?? ''));

it('logs in by the browser, and everything comes in with the conversations Teams has', async () => {
  await home.logIn();
  await online();
  await soon('everything is here', async () => (await messages()) === network.messages.length);
  expect(await rows()).toHaveLength(network.chats.length + network.channels.length);
  expect((await rows()).map(({ parent }) => parent)).toContain('Northwind');
});

it('shows what somebody says soon after, unread, and reads it there too', async () => {
  network.post(group().id, { by: ines, html: '<p>The <strong>crane</strong> is here.</p>' });
  await lookAt(await inGroup());
  const row = await soon('it is unread', async () => {
    const found = await inGroup();
    return found.preview.includes('The crane is here.') && found.unread > 0 && found;
  });
  await bench.call('act.flag', { conversations: [row.id], read: true });
  await there((ledger) => ledger.of('read').length > 0);
  await soon('it is read here', async () => (await inGroup()).unread === 0);
});

it('answers, reacts, edits and takes back, each of it there once and here as it is there', async () => {
  const row = await inGroup();
  const [question] = (await said(row.id)).slice(-1);
  if (!question) throw new Error('nothing to answer');
  const { quoted: _, ...start } = await bench.call('compose.start', { kind: 'reply', message: question.id });
  await bench.call('compose.send', { ...start, text: 'On my **way**', format: 'markdown', notBefore: 0 });
  await there((ledger) => ledger.of('message').some(({ html }) => html.includes('On my <strong>way</strong>')));
  const mine = async () => (await said(row.id)).filter(({ fromMe }) => fromMe).at(-1);
  const answer = await soon('it is shown as sent', async () => {
    const found = await mine();
    return (
      found &&
      (found.delivery === null || found.delivery.state === 'sent') &&
      JSON.stringify(found.parts).includes('way') &&
      found
    );
  });
  await bench.call('act.react', { message: question.id, emoji: '👍', on: true });
  await there((ledger) => ledger.of('reacted').length === 1);
  await bench.call('act.edit', { message: answer.id, text: 'Nearly there', format: 'plain' });
  await there((ledger) => ledger.of('edited').length === 1);
  await soon('the edit shows', async () => JSON.stringify((await mine())?.parts).includes('Nearly there'));
  await soon('the reaction shows', async () =>
    JSON.stringify((await said(row.id)).find(({ id }) => id === question.id)?.reactions).includes('👍'),
  );
  expect(network.ledger.of('message').filter(({ html }) => html.includes('On my'))).toHaveLength(1);
  await bench.call('act.remove', { messages: [answer.id], scope: 'everyone' });
  await there((ledger) => ledger.of('deleted').length === 1);
});

it('finds out what became of a send that was cut off, and shows it once', async () => {
  const row = await inGroup();
  microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-after' });
  const { quoted: _, ...start } = await bench.call('compose.start', { kind: 'new', conversation: row.id });
  await bench.call('compose.send', { ...start, text: 'Once only', format: 'plain', notBefore: 0 });
  const shown = async () => (await said(row.id)).filter(({ parts }) => JSON.stringify(parts).includes('Once only'));
  await soon('it is settled', async () => {
    const { outboxWaiting } = await bench.call('app.stats', {});
    return outboxWaiting === 0 && (await shown()).every(({ delivery }) => (delivery?.state ?? 'sent') === 'sent');
  });
  expect(network.ledger.of('message').filter(({ html }) => html.includes('Once only'))).toHaveLength(1);
  expect(await shown()).toHaveLength(1);
});

it('is the same after a crash, with what came meanwhile', async () => {
  const before = await messages();
  await bench.crash();
  const [channel] = network.channels;
  network.post(channel?.id ?? '', { by: ines, html: '<p>While away</p>' });
  await online();
  await soon('the new one is there', async () => (await rows()).some(({ preview }) => preview.includes('While away')));
  expect(await messages()).toBe(before + 1);
});

it('has the faces of people at hand after a restart with nobody connected, and asks for none of them again', async () => {
  const known = async (text: string) => {
    const [found] = await bench.call('people.reach', { text });
    return found?.picture !== undefined && found;
  };
  const ines = await soon('she is known', () => known('ines'));
  const hana = await soon('she, who has no picture, is known', () => known('hana'));
  const faces = () => Promise.all([ines, hana].map(({ identity }) => bench.call('people.picture', { identity })));
  const before = await soon('both are asked for', () => faces().catch(() => undefined));
  expect(before).toMatchObject([{ mime: 'image/png' }, null]);
  const asked = () => microsoft.seen.filter(({ path }) => /\/photos?\//.test(path)).length;
  const once = asked();
  await bench.restart({ offline: true });
  expect(await faces()).toEqual(before);
  await bench.restart();
  await online();
  expect(await faces()).toEqual(before);
  expect(asked()).toBe(once);
});

it('asks for a login when access was taken back, keeps everything, and goes on after it', async () => {
  const before = await messages();
  microsoft.grants.revoke();
  const row = await inGroup();
  await soon('it is noticed', async () => {
    // The longer nothing happens, the rarer it is looked by itself: as seldom as once a minute.
    await lookAt(row);
    return (await state())?.is === 'needs-login';
  });
  expect(await messages()).toBe(before);
  network.post(group().id, { by: ines, html: '<p>After the break</p>' });
  const [account] = await bench.call('accounts.list', {});
  await home.logIn(account?.id);
  await online();
  await soon('the new one is there', async () => (await inGroup()).preview.includes('After the break'));
  expect(await bench.call('accounts.list', {})).toHaveLength(1);
  expect(bench.logged.join('\n')).not.toContain('sim-secret');
});
