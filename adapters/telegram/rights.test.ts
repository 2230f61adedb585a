import { expect, it, vi } from 'vitest';
import { asTxnId } from '../../src-shared/model/index.ts';
import { eachOnTelegram, forum, group, news, patience } from '../../tests/simulators/telegram/joined.ts';
import type { Memory, Recorder } from '../_kit/testing/index.ts';
import { conversationKey } from './ids.ts';

vi.setConfig({ testTimeout: 120_000 });

const barred = 'You may not write in this group.';
const closed = 'This topic is closed.';
const { join, joined } = eachOnTelegram();
const whyNot = (memory: Memory, key: string): unknown => {
  const limits = memory.fact('conversation', key, 'limits');
  return typeof limits === 'object' && limits !== null && 'readOnly' in limits ? limits.readOnly : undefined;
};
/** Waits until this is why nobody can write there; undefined: one can. */
const said = async (record: Recorder, key: string, why: string | undefined): Promise<void> =>
  record.until(() => whyNot(record.memory, key) === why, patience());

it('whether one may write in a group or channel is known as soon as it changes', async () => {
  const { network, session, record } = await joined();
  const { telling } = network;
  expect(['n3', 'n3/2', 'c2'].map((key) => whyNot(record.memory, key))).toEqual([undefined, undefined, undefined]);
  expect(whyNot(record.memory, 'n50')).toBe('Only administrators write in this channel.');
  const steps = [
    [{ everybodySilent: true }, barred],
    [{ everybodySilent: true, admin: true }, undefined],
    [{ silentUntil: 2_147_483_647 }, barred],
    // A time that is over bars nobody (core.telegram.org/constructor/chatBannedRights).
    [{ silentUntil: 1_700_000_000 }, undefined],
    [{ left: true }, 'You are no longer in it.'],
    [{}, undefined],
  ] as const;
  for (const [rights, why] of steps) {
    telling.rights(forum, rights);
    for (const key of ['n3', 'n3/2']) await said(record, key, why);
  }
  telling.rights(news, { admin: true });
  await said(record, 'n50', undefined);
  telling.rights(group, { everybodySilent: true });
  await said(record, 'c2', barred);
  const options = { txn: asTxnId('mine'), signal: new AbortController().signal };
  const sent = session.send(
    {
      conversation: conversationKey({ kind: 'chat', id: '2' }),
      at: 1,
      parts: [{ kind: 'text', format: 'plain', text: 'Me?' }],
    },
    { ...options, stage: undefined, reached: async () => {}, progress: () => {}, open: async () => new Uint8Array() },
  );
  await expect(sent).rejects.toMatchObject({ outcome: 'refused', message: 'You may not write here.' });
  telling.rights(group, {});
  await said(record, 'c2', undefined);
});

it('a closed topic is open to those who may open it, and what changed meanwhile is known after a restart', async () => {
  const member = await join();
  const { telling, world } = member.network;
  const close = (on: boolean) => {
    const channel = world.channels.get(forum.id);
    const topics = channel?.topics.map((topic) => ({ ...topic, closed: on && topic.id === 2 }));
    if (channel && topics) world.channels.set(forum.id, { ...channel, topics });
  };
  close(true);
  const { session, record } = await member.connect();
  await said(record, 'n3/2', closed);
  telling.rights(forum, { admin: true });
  await said(record, 'n3/2', undefined);
  telling.rights(forum, {});
  await said(record, 'n3/2', closed);
  expect(whyNot(record.memory, 'n3')).toBeUndefined();
  await session.disconnect();
  close(false);
  const again = await member.connect(record.memory);
  await said(again.record, 'n3/2', undefined);
});
