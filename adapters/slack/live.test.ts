import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cast, me } from '../../tests/simulators/_base/index.ts';
import { appToken, type Slack, userId } from '../../tests/simulators/slack/index.ts';
import { keyOf, lookAgain, onSmallSlack, sending, text } from './testing/index.ts';

let running: Slack;
const { connect, settled } = onSmallSlack((started) => {
  running = started;
});
const ines = userId(cast[0] ?? me);

describe('what is told live', () => {
  it('arrives with who wrote it, and is acknowledged once it is kept', async () => {
    const one = await settled();
    const { id } = running.channel('public');
    const before = running.socketMode.acked;
    const said = running.say('The crane is *here*.', { channel: id, by: ines });
    await one.until(() => one.record.memory.message(keyOf(id, said.ts)) !== undefined);
    const told = one.record.memory.message(keyOf(id, said.ts));
    expect(told).toMatchObject({
      from: { is: 'user', key: ines },
      parts: [{ format: 'markdown', text: 'The crane is **here**.' }],
    });
    expect(one.record.memory.fact('user', ines, 'name')).toBe('Inês');
    await running.socketMode.until((mode) => mode.acked > before);
  });

  it('is not acknowledged when it could not be kept, and comes again to the next session', async () => {
    const one = await settled();
    const { memory } = one.record;
    one.record.crash();
    const { id } = running.channel('public');
    const before = running.socketMode.acked;
    const said = running.say('Nobody kept this.', { channel: id });
    await running.socketMode.until(({ unacked }) => unacked > 0);
    await one.session.disconnect();
    expect(running.socketMode.acked).toBe(before);
    const next = await connect(memory);
    await next.until(() => memory.message(keyOf(id, said.ts)) !== undefined);
    await running.socketMode.until(({ unacked }) => unacked === 0);
  });

  it('changes nothing when it comes twice', async () => {
    const one = await settled();
    running.socketMode.doubled = true;
    const { id } = running.channel('public');
    const said = running.say('Once.', { channel: id });
    running.workspace.react(id, said.ts, ines, '+1', true);
    await one.until(() => one.record.memory.reactionsOf(keyOf(id, said.ts)).length > 0);
    await running.socketMode.until(({ unacked }) => unacked === 0);
    expect(one.record.memory.reactionsOf(keyOf(id, said.ts))).toEqual([`${ines} 👍`]);
  });

  it('tells edits with their version, removals, and reactions taken back', async () => {
    const one = await settled();
    const { id } = running.channel('public');
    const [first, second] = [running.say('First', { channel: id }), running.say('Second', { channel: id })];
    running.workspace.edit(id, first.ts, { text: 'First, changed' });
    running.workspace.react(id, first.ts, ines, 'heart', true);
    running.workspace.react(id, first.ts, ines, 'heart', false);
    running.workspace.remove(id, second.ts);
    const { memory } = one.record;
    await one.until(() => memory.isRemoved(keyOf(id, second.ts)));
    expect(memory.content(keyOf(id, first.ts))?.parts).toEqual([
      { kind: 'text', format: 'plain', text: 'First, changed' },
    ]);
    expect(memory.reactionsOf(keyOf(id, first.ts))).toEqual([]);
  });

  it('takes over what an app changed in its blocks alone, of which no edit is marked', async () => {
    const one = await settled();
    const { id } = running.channel('public');
    const built = (text: string) => [{ type: 'section', text: { type: 'plain_text', text } }];
    const said = running.workspace.post(id, { bot_id: 'B0BUILD', text: 'Build', blocks: built('Running for a while') });
    const words = () => JSON.stringify(one.record.memory.content(keyOf(id, said.ts))?.parts);
    await one.until(() => words()?.includes('Running'));
    running.workspace.edit(id, said.ts, { blocks: built('Done') }, false);
    await one.until(() => words().includes('Done'));
  });

  it('introduces a conversation that is new, with its history', async () => {
    const one = await settled();
    const opened = running.workspace.openChannel('private', 'surprise', [running.workspace.me, ines]);
    const said = running.say('Welcome!', { channel: opened.id, by: ines });
    await one.until(() => one.record.memory.message(keyOf(opened.id, said.ts)) !== undefined);
    expect(one.record.memory.fact('conversation', opened.id, 'title')).toBe('#surprise');
    expect(one.record.memory.scopes).toContain(opened.id);
  });

  it('leaves alone a public channel the person is not in, of which another one’s app tells', async () => {
    const one = await settled();
    const elsewhere = running.workspace.openChannel('public', 'elsewhere', [ines]);
    running.workspace.post(elsewhere.id, { user: ines, text: 'Not for you' });
    const said = running.say('For you', { channel: running.channel('private').id });
    await one.until(() => one.record.memory.message(keyOf(running.channel('private').id, said.ts)) !== undefined);
    expect(one.record.memory.scopes).not.toContain(elsewhere.id);
  });

  it('follows no channel that was left, and catches up with it when one is back', async () => {
    const one = await settled();
    const { memory } = one.record;
    const channel = running.channel('public');
    const { me: self } = running.workspace;
    const member = (event: string) =>
      running.workspace.tell({ type: event, channel: channel.id, user: self, team: running.workspace.team.id });
    channel.members = channel.members.filter((id) => id !== self);
    member('member_left_channel');
    const limits = () => JSON.stringify(memory.fact('conversation', channel.id, 'limits'));
    await one.until(() => limits().includes('not in this channel'));
    const meanwhile = running.workspace.post(channel.id, { user: ines, text: 'Among us' }, true);
    await lookAgain(running, one);
    expect(memory.message(keyOf(channel.id, meanwhile.ts))).toBeUndefined();
    channel.members.push(self);
    member('member_joined_channel');
    await one.until(() => memory.message(keyOf(channel.id, meanwhile.ts)) !== undefined);
    expect(limits()).toBe('{}');
  });

  it('takes nobody else’s leaving for one’s own, where several people installed the same app', async () => {
    const one = await settled();
    const { id } = running.channel('public');
    const limits = () => one.record.memory.fact('conversation', id, 'limits');
    const left = (user: string) => {
      const authorizations = [{ team_id: running.workspace.team.id, user_id: user, is_bot: false }];
      const event = { type: 'channel_left', channel: id, event_ts: running.workspace.ts() };
      running.socketMode.deliver({ event_id: `Ev0LEFT${user}`, event, authorizations });
    };
    left(ines);
    const said = running.say('Still here', { channel: id });
    await one.until(() => one.record.memory.message(keyOf(id, said.ts)) !== undefined);
    expect(limits()).toEqual({});
    left(running.workspace.me);
    await one.until(() => JSON.stringify(limits()).includes('not in this channel'));
  });

  it('is looked for beside listening where another machine listens with the same app', async () => {
    const opened = await fetch(`${running.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${appToken}` },
    });
    const { url } = z.object({ url: z.string() }).parse(await opened.json());
    const other = new WebSocket(url);
    await running.socketMode.until(({ connections }) => connections === 1);
    const one = await settled();
    const { id } = running.channel('public');
    one.session.focus?.(text(id, '').conversation);
    const said = running.say('Told to the other one', { channel: id });
    await one.until(() => one.record.memory.message(keyOf(id, said.ts)) !== undefined);
    const told = one.record.batches.find(({ events }) =>
      events.some((event) => event.type === 'message' && event.message.key === keyOf(id, said.ts)),
    );
    expect(told?.origin).toBe('live');
    expect(one.session.standing?.().nextLookAt).toBeGreaterThan(0);
    other.close();
    await running.socketMode.until(({ connections }) => connections === 1);
    running.socketMode.refresh();
    await expect.poll(() => one.session.standing?.().nextLookAt).toBeUndefined();
  });

  it('keeps a frame that is not understood from doing harm', async () => {
    const one = await settled();
    const frames = [
      'no JSON',
      '[]',
      '{"type":"events_api","envelope_id":"x1"}',
      '{"type":"events_api","envelope_id":"x2","payload":null}',
      '{"type":"events_api","envelope_id":"x3","payload":{"event":{"type":"disconnected"}}}',
      '{"type":"events_api","envelope_id":"x4","payload":{"event":{"type":"message","channel":5}}}',
      '{"type":"error","envelope_id":"x5"}',
    ];
    for (const frame of frames) running.socketMode.raw(frame);
    const { id } = running.channel('public');
    const said = running.say('Still here.', { channel: id });
    await one.until(() => one.record.memory.message(keyOf(id, said.ts)) !== undefined);
    expect(one.record.states.at(-1)).toEqual({ is: 'online' });
  });

  it('keeps a message without a time where it was met', async () => {
    const one = await settled();
    const { id } = running.channel('public');
    running.workspace.tell({ type: 'message', channel: id, user: ines, text: 'When?', ts: 'yesterday' });
    await one.until(() => one.record.memory.messages.some(({ raw }) => JSON.stringify(raw ?? {}).includes('When?')));
  });
});

it('reads a message sent from here back as the same message', async () => {
  const one = await settled();
  const { id } = running.channel('public');
  const result = await one.session.send(text(id, 'Mine'), sending('txn-1'));
  if (result.is !== 'sent') throw new Error('not sent');
  await one.until(() => one.record.memory.message(result.key) !== undefined);
  expect(one.record.memory.messages.filter(({ parts }) => JSON.stringify(parts).includes('Mine'))).toHaveLength(1);
  expect(one.record.memory.message(result.key)).toMatchObject({ from: { is: 'me' }, txn: 'txn-1' });
});
