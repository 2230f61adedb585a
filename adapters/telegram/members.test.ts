import { afterEach, expect, it, vi } from 'vitest';
import { asConversationKey } from '../../src-shared/model/index.ts';
import { Member } from '../../tests/simulators/telegram/member.ts';
import type { Person } from '../../tests/simulators/telegram/world.ts';

vi.setConfig({ testTimeout: 120_000 });

const { signal } = new AbortController();
let member: Member | undefined;
afterEach(async () => {
  await member?.leave();
  member = undefined;
});

it('tells how many are in a supergroup, and names the others when they are asked for, page by page or by name', async () => {
  member = await Member.join();
  const { world } = member.network;
  const [supergroup] = [...world.channels.values()].filter(({ kind }) => kind !== 'broadcast');
  if (!supergroup) throw new Error('there is no supergroup');
  const crowd: Person[] = Array.from({ length: 450 }, (_, index) => ({
    id: 10_000 + index,
    hash: 5,
    first: index === 420 ? 'Zbigniew' : `Guest ${index}`,
  }));
  world.channels.set(supergroup.id, { ...supergroup, crowd });
  const { session, record } = await member.connect();
  await member.backfill({ session, record });
  const conversation = asConversationKey(`n${supergroup.id}`);
  const all = [...world.people.values()].filter(({ bot }) => !bot).length + crowd.length;
  expect(record.memory.fact('conversation', conversation, 'memberCount')).toBe(all);
  expect(record.memory.fact('conversation', conversation, 'members')).toHaveLength(199);

  const asked = () => member?.network.ledger.of('asked').filter(({ method }) => method === 'channels.GetParticipants');
  const before = asked()?.length ?? 0;
  const found = new Set<string>();
  let pages = 0;
  let cursor: Parameters<NonNullable<typeof session.members>>[0]['cursor'];
  do {
    const page = await session.members?.({ conversation, text: '', cursor, signal });
    for (const key of page?.members ?? []) found.add(key);
    expect(page?.total).toBe(all);
    cursor = page?.next;
    pages++;
  } while (cursor !== undefined);
  expect([found.size, pages, (asked()?.length ?? 0) - before]).toEqual([all, 3, 3]);
  const named = await session.members?.({ conversation, text: 'zbig', cursor: undefined, signal });
  expect(named).toMatchObject({ members: ['u10420'], total: 1 });
  expect(JSON.stringify(named?.events)).toContain('"Zbigniew"');
  const small = session.members?.({ conversation: asConversationKey('c2'), text: '', cursor: undefined, signal });
  await expect(small).rejects.toMatchObject({ outcome: 'refused' });
});
