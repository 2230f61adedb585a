import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cast, me } from '../../tests/simulators/_base/index.ts';
import { type Slack, userId } from '../../tests/simulators/slack/index.ts';
import { keyOf, leave, lookAgain, onSmallSlack, text } from './testing/index.ts';

let running: Slack;
const { connect, settled } = onSmallSlack((started) => {
  running = started;
});
const ines = userId(cast[0] ?? me);

describe('what was missed while nobody listened', () => {
  it('is found after the line was cut: new, changed, answered, marked and removed', async () => {
    const one = await settled();
    const { memory } = one.record;
    const { id } = running.channel('public');
    const kept = running.say('Kept', { channel: id });
    const edited = running.say('Before', { channel: id });
    const doomed = running.say('Doomed', { channel: id });
    const marked = running.say('Marked', { channel: id });
    const early = running.say('Early', { channel: id, thread: edited.ts });
    running.workspace.react(id, marked.ts, ines, 'eyes', true);
    running.workspace.pin(id, kept.ts, ines, true);
    await one.until(() => memory.flagsOf(keyOf(id, kept.ts)).pinned === true);
    await one.until(() => memory.reactionsOf(keyOf(id, marked.ts)).length === 1);
    await leave(running, one);

    running.workspace.pin(id, kept.ts, ines, false);
    running.workspace.pin(id, marked.ts, ines, true);

    running.workspace.edit(id, edited.ts, { text: 'After' });
    running.workspace.remove(id, doomed.ts);
    running.workspace.react(id, marked.ts, ines, 'eyes', false);
    running.workspace.react(id, marked.ts, ines, 'tada', true);
    const answer = running.say('An answer', { channel: id, thread: kept.ts });
    running.workspace.edit(id, early.ts, { text: 'Early, changed' });
    const news = running.say('News', { channel: id });

    const next = await connect(memory);
    await next.until(() => memory.message(keyOf(id, news.ts)) !== undefined);
    await next.until(() => memory.message(keyOf(id, answer.ts)) !== undefined);
    expect(memory.message(keyOf(id, answer.ts))?.threadRoot).toBe(keyOf(id, kept.ts));
    expect(memory.content(keyOf(id, edited.ts))?.parts).toEqual([{ kind: 'text', format: 'plain', text: 'After' }]);
    expect(JSON.stringify(memory.content(keyOf(id, early.ts)))).toContain('Early, changed');
    expect(memory.isRemoved(keyOf(id, doomed.ts))).toBe(true);
    expect(memory.isRemoved(keyOf(id, kept.ts))).toBe(false);
    expect(memory.reactionsOf(keyOf(id, marked.ts))).toEqual([`${ines} 🎉`]);
    expect([kept, marked].map(({ ts }) => memory.flagsOf(keyOf(id, ts)).pinned)).toEqual([false, true]);
    const told = next.record.batches.find(({ events }) =>
      events.some((event) => event.type === 'message' && event.message.key === keyOf(id, news.ts)),
    );
    expect(told?.origin).toBe('live');
  });

  it('is found by the same session, which opens the next connection by itself', async () => {
    const one = await settled();
    const { id } = running.channel('public');
    running.socketMode.cut();
    const said = running.say('In between', { channel: id });
    await one.until(() => one.record.memory.message(keyOf(id, said.ts)) !== undefined);
    await running.socketMode.until(({ connections }) => connections === 1);
    expect(one.record.states.filter(({ is }) => is === 'offline')).toEqual([]);
  });

  it('goes on when Slack renews the connection', async () => {
    const one = await settled();
    running.socketMode.refresh();
    await running.socketMode.until(({ connections }) => connections === 0);
    await running.socketMode.until(({ connections }) => connections === 1);
    const { id } = running.channel('public');
    const said = running.say('After the renewal', { channel: id });
    await one.until(() => one.record.memory.message(keyOf(id, said.ts)) !== undefined);
  });

  it('begins the history anew when it was more than can be looked at', async () => {
    const one = await settled();
    const { memory } = one.record;
    await leave(running, one);
    const { id } = running.channel('public');
    for (let index = 0; index < 620; index++) running.say(`Flood ${index}`, { channel: id });
    const next = await connect(memory);
    await next.until(() => next.record.batches.some(({ events }) => events.some(({ type }) => type === 'gap')));
    await next.backfill();
    expect(memory.messages.filter(({ conversation }) => conversation === id).length).toBeGreaterThanOrEqual(620);
  });

  it('is found although a reaction is told before anything was looked at', async () => {
    const one = await settled();
    const { memory } = one.record;
    const { id } = running.channel('public');
    const known = running.say('Known', { channel: id });
    await one.until(() => memory.message(keyOf(id, known.ts)) !== undefined);
    await running.socketMode.until(({ unacked }) => unacked === 0);
    one.record.crash();
    running.workspace.react(id, known.ts, ines, 'eyes', true);
    await one.session.disconnect();
    await running.socketMode.until(({ connections }) => connections === 0);
    const missed = running.say('Missed', { channel: id });
    // The reaction comes again with the next connection, and nothing is looked at before it is kept.
    const kept = Promise.withResolvers<void>();
    running.faults.arm({ path: /users\.conversations/, times: 100 }, { is: 'slow', until: kept.promise });
    const coming = connect(memory);
    await running.socketMode.until(({ unacked, connections }) => connections > 0 && unacked === 0);
    running.faults.clear();
    kept.resolve();
    const next = await coming;
    await next.until(() => memory.message(keyOf(id, missed.ts)) !== undefined);
    expect(memory.reactionsOf(keyOf(id, known.ts))).toEqual([`${ines} 👀`]);
  });

  it('is found although something new is told first, even when that was all before the end', async () => {
    const one = await settled();
    const { memory } = one.record;
    await leave(running, one);
    const { id } = running.channel('public');
    const missed = Array.from({ length: 150 }, (_, index) => running.say(`Missed ${index}`, { channel: id }));
    // The first look back is held up until something new has arrived; the second session never gets to it.
    const held = Promise.withResolvers<void>();
    running.faults.arm({ path: /conversations\.info/, times: 1000 }, { is: 'slow', until: held.promise });
    const second = await connect(memory);
    const fresh = running.say('Fresh', { channel: id });
    await second.until(() => memory.message(keyOf(id, fresh.ts)) !== undefined);
    await leave(running, second);
    held.resolve();
    running.faults.clear();
    const third = await connect(memory);
    await third.until(() => missed.every(({ ts }) => memory.message(keyOf(id, ts)) !== undefined));
  });

  it('finds a late answer to a message long past', async () => {
    const { id } = running.channel('public');
    const old = running.say('Long ago', { channel: id });
    for (let index = 0; index < 120; index++) running.say(`Since then ${index}`, { channel: id });
    const one = await settled();
    const { memory } = one.record;
    await leave(running, one);
    const late = running.say('Better late', { channel: id, thread: old.ts });
    const next = await connect(memory);
    await next.until(() => memory.message(keyOf(id, late.ts)) !== undefined);
    expect(memory.message(keyOf(id, late.ts))?.threadRoot).toBe(keyOf(id, old.ts));
  });

  it('finds a late answer although the search for it was cut short the first time', async () => {
    const { id } = running.channel('public');
    const old = running.say('Long ago', { channel: id });
    for (let index = 0; index < 120; index++) running.say(`Since then ${index}`, { channel: id });
    const newest = running.say('Lately', { channel: id });
    const one = await settled();
    const { memory } = one.record;
    await lookAgain(running, one);
    await leave(running, one);
    const late = running.say('Better late', { channel: id, thread: old.ts });
    const held = Promise.withResolvers<void>();
    running.faults.arm({ path: /search\.messages/, times: 100 }, { is: 'slow', until: held.promise });
    const second = await connect(memory);
    // So many that the late one is not among the newest hundred any more.
    const after = Array.from({ length: 110 }, (_, n) => running.say(`${n}`, { channel: id, thread: newest.ts }));
    await second.until(() => after.every(({ ts }) => memory.message(keyOf(id, ts)) !== undefined));
    await leave(running, second);
    held.resolve();
    running.faults.clear();
    expect(memory.message(keyOf(id, late.ts))).toBeUndefined();
    const third = await connect(memory);
    await third.until(() => memory.message(keyOf(id, late.ts)) !== undefined);
  });

  it('takes no answer for removed that a page merely lacks, and one that is gone for nothing else', async () => {
    const one = await settled();
    const { memory } = one.record;
    const { id } = running.channel('public');
    const root = running.say('Root', { channel: id });
    const [kept, doomed] = ['Kept', 'Doomed'].map((words) => running.say(words, { channel: id, thread: root.ts }));
    if (!kept || !doomed) throw new Error('nothing was said');
    await one.until(() => memory.message(keyOf(id, doomed.ts)) !== undefined);
    await leave(running, one);
    running.workspace.remove(id, doomed.ts);
    // A page of somebody who has not heard of it yet.
    const Page = z.looseObject({ messages: z.array(z.looseObject({ ts: z.string() })) });
    const stale = (body: string) => {
      const page = Page.safeParse(JSON.parse(body)).data;
      const others = page?.messages.filter(({ ts }) => ts !== kept.ts) ?? [];
      return others.length === 0 ? body : JSON.stringify({ ...page, messages: others });
    };
    running.faults.arm({ path: /conversations\.replies/, times: 100 }, { is: 'spoilt', change: stale });
    const next = await connect(memory);
    await next.until(() => memory.isRemoved(keyOf(id, doomed.ts)));
    expect(memory.isRemoved(keyOf(id, kept.ts))).toBe(false);
  });

  it('takes nothing for removed that a free workspace merely hides for its age', async () => {
    const { id } = running.channel('im');
    const day = 86_400_000;
    const { workspace } = running;
    const said = (days: number) =>
      workspace.post(id, { user: ines, text: `${days} days ago`, ts: workspace.ts(Date.now() - days * day) }, true);
    const [hidden, gone] = [said(100), said(60)];
    const one = await settled();
    const { memory } = one.record;
    await leave(running, one);
    workspace.remove(id, gone.ts);
    // Nothing is left that would show how far back it goes.
    workspace.shownSince = Date.now() + day;
    const next = await connect(memory);
    await next.until(() => memory.isRemoved(keyOf(id, gone.ts)));
    await leave(running, next);
    workspace.shownSince = Date.now() - 90 * day;
    const news = running.say('News', { channel: id });
    const last = await connect(memory);
    await last.until(() => memory.message(keyOf(id, news.ts)) !== undefined);
    expect(memory.isRemoved(keyOf(id, hidden.ts))).toBe(false);
  });

  it('tells that a message was deleted although its answers keep its place', async () => {
    const one = await settled();
    const { memory } = one.record;
    const { id } = running.channel('public');
    const root = running.say('Root', { channel: id });
    const answer = running.say('Answer', { channel: id, thread: root.ts });
    await one.until(() => memory.message(keyOf(id, answer.ts)) !== undefined);
    await leave(running, one);
    running.workspace.remove(id, root.ts);
    const next = await connect(memory);
    await next.until(() => memory.isRemoved(keyOf(id, root.ts)));
    expect(memory.isRemoved(keyOf(id, answer.ts))).toBe(false);
  });

  it('takes no reaction back of whom Slack merely does not list, and finds all of them', async () => {
    running.workspace.listed = 2;
    const { id } = running.channel('public');
    const said = running.say('Popular', { channel: id });
    const everybody = cast.slice(0, 5).map(userId);
    const [last = '', ...first] = everybody;
    for (const user of first) running.workspace.react(id, said.ts, user, '+1', true);
    const one = await settled();
    const { memory } = one.record;
    const who = () => memory.reactionsOf(keyOf(id, said.ts)).toSorted();
    expect(who()).toEqual(first.map((user) => `${user} 👍`).toSorted());
    await lookAgain(running, one);
    expect(who()).toHaveLength(4);
    await leave(running, one);
    running.workspace.react(id, said.ts, last, '+1', true);
    const next = await connect(memory);
    await next.until(() => who().length === 5);
  });

  it('calls no direct conversation left that was only put out of sight', async () => {
    const one = await settled();
    await one.session.disconnect();
    const direct = running.channel('im');
    direct.hidden = true;
    const next = await connect(one.record.memory);
    expect(next.record.memory.fact('conversation', direct.id, 'limits')).toEqual({});
  });

  it('notices what was read elsewhere in conversations nobody has in front here', async () => {
    const one = await settled();
    const { memory } = one.record;
    await lookAgain(running, one);
    const channel = running.channel('public');
    const said = running.say('Read on the telephone', { channel: channel.id });
    await one.until(() => memory.message(keyOf(channel.id, said.ts)) !== undefined);
    channel.lastRead = said.ts;
    one.session.focus?.(text(running.channel('private').id, '').conversation);
    await one.until(() =>
      one.record.batches.some(({ events }) =>
        events.some((event) => event.type === 'receipt' && event.upTo === keyOf(channel.id, said.ts)),
      ),
    );
  });

  it('takes over how far was read on another device', async () => {
    const one = await settled();
    const { memory } = one.record;
    await leave(running, one);
    const channel = running.channel('public');
    const said = running.say('Read elsewhere', { channel: channel.id });
    channel.lastRead = said.ts;
    const next = await connect(memory);
    await next.until(() =>
      next.record.batches.some(({ events }) =>
        events.some((event) => event.type === 'receipt' && event.upTo === keyOf(channel.id, said.ts)),
      ),
    );
  });

  it('says that a conversation was left', async () => {
    const one = await settled();
    await one.session.disconnect();
    const channel = running.channel('private');
    channel.members = channel.members.filter((member) => member !== running.workspace.me);
    await connect(one.record.memory);
    expect(one.record.memory.fact('conversation', channel.id, 'limits')).toEqual({
      readOnly: 'You are not in this channel.',
    });
  });
});
