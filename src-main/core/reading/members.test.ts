import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { ChannelError, defineChannel, type MembersPage } from '../../../src-shared/channel.ts';
import {
  asConversationKey,
  asCursor,
  asMessageKey,
  asUserKey,
  type ChannelEvent,
} from '../../../src-shared/model/index.ts';
import { type Behaviour, behaviour, scriptedChannel } from '../testing/channel.ts';
import { type Bench, openBench } from '../testing/harness.ts';
import { PretendNetwork } from '../testing/network.ts';

const harbour = asConversationKey('harbour');
const [zoe, ada, eve] = [asUserKey('zoe'), asUserKey('ada'), asUserKey('eve')];
const users = [zoe, ada, eve];
const named: readonly ChannelEvent[] = users.map((key) => ({ type: 'user', key, patch: { name: `${key} X` }, at: 1 }));

let bench: Bench;
let acts: Behaviour;
let asked: string[];
let answer: (text: string, cursor: string | undefined) => MembersPage;
beforeEach(async () => {
  asked = [];
  acts = behaviour();
  const base = scriptedChannel(new PretendNetwork(), acts);
  const channel = defineChannel({
    ...base,
    open: (context) => ({
      ...base.open(context),
      async members({ conversation, text, cursor }) {
        asked.push(`${conversation} "${text}" ${cursor ?? 'first'}`);
        return answer(text, cursor);
      },
    }),
  });
  bench = await openBench({ clock: fakeClock(), channels: () => [channel] });
  await bench.login();
});
afterEach(() => bench.close());

it('asks the network who is in a large conversation, page by page and by name, and keeps who they are', async () => {
  await acts.sessions.at(-1)?.context.emit({
    events: [
      { type: 'conversation', key: harbour, patch: { kind: 'group', members: [], memberCount: 1200 }, at: 1 },
      {
        type: 'message',
        message: {
          key: asMessageKey('m'),
          conversation: harbour,
          from: { is: 'user', key: asUserKey('bob') },
          at: 1,
          parts: [{ kind: 'text', format: 'plain', text: 'hello' }],
        },
      },
    ],
    origin: 'history',
  });
  const [row] = (await bench.call('inbox.page', { view: 'all', limit: 10 })).rows;
  if (!row) throw new Error('there is no conversation');
  const conversation = row.id;
  expect(await bench.call('conversation.get', { conversation })).toMatchObject({ memberCount: 1200, peopleCount: 1 });

  answer = (text, cursor) => {
    if (text === 'e') return { members: [eve], events: [], total: 1 };
    if (cursor === undefined) return { members: [zoe, ada], events: named, next: asCursor('2'), total: 1200 };
    throw new ChannelError('busy', 'not-done', 'The network asks to wait.');
  };
  const namesIn = async (input: { text?: string; cursor?: string }) => {
    const found = await bench.call('conversation.members', { conversation, ...input });
    return { ...found, people: found?.people.map(({ name }) => name) };
  };
  expect(await namesIn({})).toEqual({ people: ['zoe X', 'ada X'], next: '2', total: 1200 });
  expect(await namesIn({ text: ' e ' })).toEqual({ people: ['eve X'], total: 1 });
  await expect(namesIn({ cursor: '2' })).rejects.toThrow('The network asks to wait.');
  expect(asked).toEqual(['harbour "" first', 'harbour "e" first', 'harbour "" 2']);
  // That they are in it is not kept: it changes, and there are too many.
  expect(await bench.call('conversation.get', { conversation })).toMatchObject({ peopleCount: 1 });
});
