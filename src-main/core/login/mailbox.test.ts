import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { behaviour, scriptedChannel } from '../testing/channel.ts';
import { type Bench, eventually, openBench } from '../testing/harness.ts';
import { PretendNetwork } from '../testing/network.ts';
import { mailboxOf } from './mailbox.ts';

/** One mailbox over two protocols, and a chat network that happens to name people by their address too. */
const scripted = scriptedChannel(new PretendNetwork(), behaviour());
const over = (id: string, style: 'mail' | 'chat') => ({ ...scripted, id, name: id, send: { ...scripted.send, style } });
let bench: Bench;
beforeEach(async () => {
  bench = await openBench({
    clock: fakeClock(),
    channels: () => [scripted, over('another', 'mail'), over('chatter', 'chat')],
  });
});
afterEach(() => bench.close());

const Ended = z.object({ login: z.string(), account: z.unknown(), error: z.string().nullable() });
const endOf = (id: string) =>
  bench.heard
    .flatMap(({ event, payload }) => (event === 'login' ? [Ended.parse(payload)] : []))
    .find((ended) => ended.login === id);
const login = async (channel: string) => {
  const { login: id } = await bench.call('login.start', { channel });
  await bench.call('login.answer', { login: id, answers: { password: 'right' } });
  return await eventually(() => endOf(id));
};

it('takes a mailbox in once, and says over what it is here already', async () => {
  expect(await login('scripted')).toMatchObject({ error: null });
  expect(await login('another')).toMatchObject({ account: null, error: expect.stringContaining('Me at example') });
  expect(await bench.call('accounts.list', {})).toHaveLength(1);
  expect(bench.secrets.size).toBe(1);
});

it('knows a mailbox at Google by every way of writing its address, and takes no other two for one', () => {
  const ways = ['alexmorgan@gmail.com', 'Alex.Morgan@gmail.com', 'alex.morgan@GoogleMail.com'];
  expect(new Set(ways.map(mailboxOf)).size).toBe(1);
  const others = ['alex.morgan@northwind.example', 'alexmorgan@northwind.example', 'alexmorgan@notgmail.com'];
  expect(new Set([...ways, ...others].map(mailboxOf)).size).toBe(4);
});

it('takes the same person in on a network that carries no mail', async () => {
  await login('scripted');
  expect(await login('chatter')).toMatchObject({ error: null });
  expect(await bench.call('accounts.list', {})).toHaveLength(2);
});
