import { describe, expect, it } from 'vitest';
import { cast, me } from '../../tests/simulators/_base/index.ts';
import { type Slack, type SlackMessage, userId } from '../../tests/simulators/slack/index.ts';
import type { Memory } from '../_kit/testing/index.ts';
import { type Account, keyOf, leave, onSlack, text } from './testing/index.ts';

let running: Slack;
const begin = onSlack(
  (started) => {
    running = started;
  },
  { messages: 16, talks: 2 },
);
/** The first of the two conversations there are. */
const somewhere = (): { readonly id: string } => ({ id: [...running.workspace.channels.keys()][0] ?? '' });
const connect = (memory?: Memory, live = true): Promise<Account> => begin({ live, ...(memory && { memory }) });
const ines = userId(cast[0] ?? me);
const say = (id: string, count: number): readonly SlackMessage[] =>
  Array.from({ length: count }, (_, index) => running.say(`Said ${index}`, { channel: id }));
/** Online with all history, then gone, with nothing left that would be handed out again. */
async function away(live = true): Promise<Account> {
  const one = await connect(undefined, live);
  await one.backfill();
  await leave(running, one);
  return one;
}
/** Everything was looked at as far back as it should be. */
const isDone = ({ record }: Account): boolean =>
  record.batches.some(({ checkpoint }) => checkpoint?.scope === 'further' && checkpoint.cursor === '{}');
const histories = (): number => running.seen.filter(({ path }) => path.endsWith('conversations.history')).length;
const words = (memory: Memory, id: string, ts: string): string => JSON.stringify(memory.content(keyOf(id, ts))?.parts);

describe('what was changed long before the newest messages while nobody listened', () => {
  it('is found once the news are told: words, removals, reactions, pins', async () => {
    const { id } = somewhere();
    const said = say(id, 330).map(({ ts }) => ts);
    const [edited = '', marked = '', doomed = '', liked = '', pinned = ''] = [10, 20, 30, 40, 60].map((at) => said[at]);
    const one = await connect();
    await one.backfill();
    const { memory } = one.record;
    // Told live, although it is older than what is looked at every time.
    running.workspace.react(id, marked, ines, 'eyes', true);
    await one.until(() => memory.reactionsOf(keyOf(id, marked)).length === 1);
    await leave(running, one);

    running.workspace.edit(id, edited, { text: 'Changed my mind' });
    running.workspace.react(id, marked, ines, 'eyes', false);
    running.workspace.react(id, liked, ines, 'tada', true);
    running.workspace.pin(id, pinned, ines, true);
    running.workspace.remove(id, doomed);
    const elsewhere = [...running.workspace.channels.keys()].map((channel) => running.say('News', { channel }));
    const next = await connect(memory);
    await next.until(() => isDone(next));
    expect(words(memory, id, edited)).toContain('Changed my mind');
    expect(memory.reactionsOf(keyOf(id, marked))).toEqual([]);
    expect(memory.reactionsOf(keyOf(id, liked))).toEqual([`${ines} 🎉`]);
    expect(memory.flagsOf(keyOf(id, pinned)).pinned).toBe(true);
    expect(memory.isRemoved(keyOf(id, doomed))).toBe(true);
    expect(said.filter((ts) => memory.isRemoved(keyOf(id, ts)))).toEqual([doomed]);

    const told = (key: string) =>
      next.record.batches.findIndex(({ events }) =>
        events.some((event) => event.type === 'message' && event.message.key === key),
      );
    const news = elsewhere.map(({ ts }, at) => told(keyOf([...running.workspace.channels.keys()][at] ?? '', ts)));
    expect(Math.min(...news)).toBeGreaterThanOrEqual(0);
    expect(told(keyOf(id, edited))).toBeGreaterThan(Math.max(...news));
  });

  it('is found although the looking was cut short the first time, and first where the person is', async () => {
    const { id } = somewhere();
    const [first] = say(id, 150);
    const { memory } = (await away()).record;
    running.workspace.edit(id, first?.ts ?? '', { text: 'Changed early' });
    // Nothing is looked at further back before the search for answers has ended.
    const held = Promise.withResolvers<void>();
    const searched = () => running.seen.filter(({ path }) => path.endsWith('search.messages')).length;
    const before = searched();
    running.faults.arm({ path: /search\.messages/, times: 100 }, { is: 'slow', until: held.promise });
    const second = await connect(memory);
    await expect.poll(searched).toBeGreaterThan(before);
    await leave(running, second);
    expect(words(memory, id, first?.ts ?? '')).not.toContain('Changed early');
    const third = await connect(memory);
    await expect.poll(searched).toBeGreaterThan(before + 1);
    third.session.focus?.(text(id, '').conversation);
    await third.until(() => words(memory, id, first?.ts ?? '').includes('Changed early'));
    held.resolve();
    running.faults.clear();
    await third.until(() => isDone(third));
  });

  it('is found of messages that are here and were not remembered one by one', async () => {
    const { id } = somewhere();
    const [first] = say(id, 150);
    const { memory } = (await away()).record;
    memory.apply({ events: [], checkpoint: { scope: `past:${id}`, cursor: undefined } });
    running.workspace.edit(id, first?.ts ?? '', { text: 'Changed early' });
    const next = await connect(memory);
    await next.until(() => words(memory, id, first?.ts ?? '').includes('Changed early'));
    await next.until(() => isDone(next));
    await leave(running, next);
    running.workspace.remove(id, first?.ts ?? '');
    const last = await connect(memory);
    await last.until(() => memory.isRemoved(keyOf(id, first?.ts ?? '')));
  });

  it('is found where Slack is asked, once nothing else is to be looked at', async () => {
    const { id } = somewhere();
    const [first] = say(id, 150);
    const { memory } = (await away(false)).record;
    running.workspace.edit(id, first?.ts ?? '', { text: 'Changed early' });
    const next = await connect(memory, false);
    await next.until(() => words(memory, id, first?.ts ?? '').includes('Changed early'));
  });

  it('is looked for in a thousand messages of a conversation, and after a short time in those of a day', async () => {
    const { id } = somewhere();
    const old = Date.now() - 3 * 86_400_000;
    for (let index = 0; index < 500; index++)
      running.workspace.post(id, { user: ines, text: 'Old', ts: running.workspace.ts(old + index) }, true);
    say(id, 110);
    const { memory } = (await away()).record;
    const channels = running.workspace.channels.size;
    const before = histories();
    const second = await connect(memory);
    await second.until(() => isDone(second));
    // One look at each, and of this one a page more.
    expect(histories() - before).toBe(channels + 1);
    await leave(running, second);
    say(id, 1200);
    const third = await connect(memory);
    await third.backfill();
    await leave(running, third);
    const then = histories();
    const fourth = await connect(memory);
    await fourth.until(() => isDone(fourth));
    expect(histories() - then).toBe(channels + 5);
  });
});

describe('an app sold outside the marketplace', () => {
  let small: Slack;
  const beginSmall = onSlack(
    (started) => {
      small = started;
    },
    { most: 15, messages: 20, talks: 2 },
  );

  it('keeps what little Slack gives it for news', async () => {
    const [id = ''] = small.workspace.channels.keys();
    for (let index = 0; index < 60; index++) small.say(`Said ${index}`, { channel: id });
    const one = await beginSmall();
    await one.backfill();
    const { memory } = one.record;
    await leave(small, one);
    const asked = () => small.seen.filter(({ path }) => path.endsWith('conversations.history')).length;
    const before = asked();
    const { size } = small.workspace.channels;
    const next = await beginSmall({ memory });
    // One look at each, and the first page further back, which says how little there is.
    await expect.poll(() => asked() - before).toBeGreaterThan(size);
    const said = small.say('News', { channel: id });
    await next.until(() => memory.message(keyOf(id, said.ts)) !== undefined);
    expect(asked() - before).toBe(size + 1);
  });
});
