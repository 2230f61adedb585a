import { describe, expect, it } from 'vitest';
import { asBlobRef, asMessageKey, asUserKey, type OutgoingMessage } from '../../src-shared/model/index.ts';
import { cast, me } from '../../tests/simulators/_base/index.ts';
import { type Slack, userId } from '../../tests/simulators/slack/index.ts';
import { emojiRef, fileRef } from './ids.ts';
import { filesIn } from './send/files.ts';
import { collectBytes, keyOf, never, onSlack, sending, text } from './testing/index.ts';

let running: Slack;
const connect = onSlack((started) => {
  running = started;
});
const [ines = me, tomasz = me] = cast;
const file = (name: string): OutgoingMessage['parts'][number] => ({
  kind: 'document',
  media: { ref: asBlobRef(`upload/${name}`), mime: 'text/plain', name, bytes: 6 },
});
const accepted = (kind: string) => running.workspace.ledger.of(kind);

describe('sending', () => {
  it('writes mark-up, mentions and the thread in Slack’s way', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    const root = running.say('What do you think?', { channel: id });
    const answer = running.say('Not sure', { channel: id, thread: root.ts });
    const parts: OutgoingMessage['parts'] = [
      { kind: 'text', format: 'markdown', text: '**Yes**, @Inês @here: a < b & [see](https://e.example/?a=1&b=2)' },
    ];
    const mentions = [
      { key: asUserKey(userId(ines)), name: 'Inês' },
      { key: asUserKey('!here'), name: 'here' },
    ];
    const result = await session.send(
      { ...text(id, ''), parts, mentions, replyTo: keyOf(id, answer.ts) },
      sending('t1'),
    );
    if (result.is !== 'sent') throw new Error('not sent');
    const sent = running.workspace.message(id, result.key.split('/')[1] ?? '');
    expect(sent.text).toBe(`*Yes*, <@${userId(ines)}> <!here>: a &lt; b &amp; <https://e.example/?a=1&amp;b=2|see>`);
    expect(sent.thread_ts).toBe(root.ts);
    expect(result.events).toMatchObject([{ message: { threadRoot: keyOf(id, root.ts), txn: 't1' } }]);
  });

  it('writes signs that are only signs as rich text, is read back so, and found again', async () => {
    const one = await connect();
    const { id } = running.channel('public');
    const words = '2 * 3 * 4, *not bold*, `no code`\n> no quote';
    const message = text(id, words);
    const result = await one.session.send(message, sending('r1'));
    if (result.is !== 'sent') throw new Error('not sent');
    await one.until(() => one.record.memory.message(result.key) !== undefined);
    const parts = [{ kind: 'text', format: 'plain', text: words }];
    expect(result.events).toMatchObject([{ message: { parts, txn: 'r1' } }]);
    expect(one.record.memory.message(result.key)).toMatchObject({ parts, txn: 'r1' });
    running.faults.arm({ path: /chat\.postMessage/ }, { is: 'cut-after' });
    await expect(one.session.send(message, sending('r2'))).rejects.toMatchObject({ outcome: 'unknown' });
    const found = await one.session.reconcile?.(message, sending('r2'));
    expect(found).toMatchObject({ is: 'sent', result: { events: [{ message: { parts } }] } });
    expect(accepted('message').filter(({ txn }) => txn === 'r2')).toHaveLength(1);
  });

  it('writes mark-up alone where Slack takes no rich text, once', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    running.faults.arm(
      { path: /chat\.postMessage/ },
      { is: 'answer', reply: { json: { ok: false, error: 'invalid_blocks' } } },
    );
    const result = await session.send(text(id, '*stars*'), sending('r3'));
    if (result.is !== 'sent') throw new Error('not sent');
    const sent = running.workspace.message(id, result.key.split('/')[1] ?? '');
    expect([sent.text, sent.blocks]).toEqual(['*stars*', undefined]);
    expect(accepted('message').filter(({ txn }) => txn === 'r3')).toHaveLength(1);
  });

  it('does not know the outcome when the line is cut after the message was taken, and finds it again', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    const message = text(id, 'Once only');
    running.faults.arm({ path: /chat\.postMessage/ }, { is: 'cut-after' });
    await expect(session.send(message, sending('t2'))).rejects.toMatchObject({ outcome: 'unknown' });
    const found = await session.reconcile?.(message, sending('t2'));
    expect(found).toMatchObject({ is: 'sent', result: { is: 'sent' } });
    expect(accepted('message').filter(({ txn }) => txn === 't2')).toHaveLength(1);
  });

  it('finds a message again in its thread', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    const root = running.say('Root', { channel: id });
    const message = text(id, 'In the thread', { threadRoot: keyOf(id, root.ts) });
    running.faults.arm({ path: /chat\.postMessage/ }, { is: 'cut-mid-body' });
    await expect(session.send(message, sending('t3'))).rejects.toMatchObject({ outcome: 'unknown' });
    expect(await session.reconcile?.(message, sending('t3'))).toMatchObject({ is: 'sent' });
  });

  it.each([
    ['cut before it was taken', { is: 'cut-before' }],
    ['in trouble', { is: 'answer', reply: { status: 500 } }],
  ] as const)('says that it is not there when Slack was %s', async (_what, fault) => {
    const { session } = await connect();
    const { id } = running.channel('public');
    const message = text(id, 'Lost on the way');
    running.faults.arm({ path: /chat\.postMessage/ }, fault);
    await expect(session.send(message, sending('t4'))).rejects.toMatchObject({ outcome: 'unknown' });
    expect(await session.reconcile?.(message, sending('t4'))).toEqual({ is: 'absent' });
  });

  it('waits as long as Slack asks and sends once', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    running.faults.arm(
      { path: /chat\.postMessage/ },
      {
        is: 'answer',
        reply: { status: 429, headers: { 'retry-after': '1' }, json: { ok: false, error: 'ratelimited' } },
      },
    );
    expect(await session.send(text(id, 'Patience'), sending('t5'))).toMatchObject({ is: 'sent' });
    expect(accepted('message').filter(({ txn }) => txn === 't5')).toHaveLength(1);
  });

  it('says in words why Slack refuses', async () => {
    const { session } = await connect();
    const channel = running.channel('public');
    channel.archived = true;
    const sent = session.send(text(channel.id, 'Too late'), sending('t6'));
    await expect(sent).rejects.toMatchObject({
      code: 'is_archived',
      outcome: 'refused',
      message: 'This channel is archived.',
    });
  });

  it('is not cut by Slack without a word: what has become too long is refused here', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    await expect(session.send(text(id, '&'.repeat(9000)), sending('t8'))).rejects.toMatchObject({
      code: 'msg_too_long',
      outcome: 'refused',
    });
  });

  it('opens the direct conversation with whom it is for', async () => {
    const { session } = await connect();
    const recipients = [{ role: 'to' as const, key: asUserKey(userId(tomasz)) }];
    const { conversation: _none, ...message } = text('x', 'Hello Tomasz');
    const result = await session.send({ ...message, recipients }, sending('t7'));
    if (result.is !== 'sent') throw new Error('not sent');
    const [channel = ''] = result.key.split('/');
    expect(running.workspace.channel(channel)).toMatchObject({
      kind: 'im',
      members: expect.arrayContaining([userId(tomasz)]),
    });
  });
});

describe('files', () => {
  it('go up one by one and are shown all at once, with the words', async () => {
    const one = await connect();
    const { id } = running.channel('public');
    const way = sending('f1', undefined, new TextEncoder().encode('a file'));
    const message = {
      ...text(id, ''),
      parts: [
        { kind: 'text' as const, format: 'plain' as const, text: '*Two* drawings' },
        file('a.txt'),
        file('b.txt'),
      ],
    };
    const result = await one.session.send(message, way);
    if (result.is !== 'sent') throw new Error('not sent');
    expect(way.carried.at(0)).toEqual([0, 12]);
    expect(way.carried.at(-1)).toEqual([12, 12]);
    await one.until(() => one.record.memory.message(result.key) !== undefined);
    const told = one.record.memory.message(result.key);
    expect(told).toMatchObject({ from: { is: 'me' }, txn: 'f1' });
    expect(told?.parts.map(({ kind }) => kind)).toEqual(['text', 'document', 'document']);
    const [said, part] = told?.parts ?? [];
    expect(said).toEqual({ kind: 'text', format: 'plain', text: '*Two* drawings' });
    if (part?.kind !== 'document') throw new Error('no file');
    const bytes = await collectBytes(await one.session.openBlob({ message: result.key, ref: part.media.ref }, never));
    expect(new TextDecoder().decode(bytes)).toBe('a file');
  });

  it('are not shown twice when nobody knows whether they were shown', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    const message = { ...text(id, ''), parts: [file('c.txt')] };
    const way = sending('f2');
    running.faults.arm({ path: /completeUploadExternal/ }, { is: 'cut-after' });
    await expect(session.send(message, way)).rejects.toMatchObject({ outcome: 'unknown' });
    expect(await session.reconcile?.(message, sending('f2', way.stages.at(-1)))).toMatchObject({
      is: 'sent',
      result: { is: 'sent' },
    });
    const [shown] = filesIn(way.stages.at(-1));
    expect(accepted('message').filter(({ files }) => files?.includes(shown ?? ''))).toHaveLength(1);
  });

  it('are shown by the next try when they were only put up', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    const message = { ...text(id, ''), parts: [file('d.txt')] };
    const way = sending('f3');
    running.faults.arm({ path: /completeUploadExternal/ }, { is: 'cut-before' });
    await expect(session.send(message, way)).rejects.toMatchObject({ outcome: 'unknown' });
    const stage = way.stages.at(-1);
    expect(await session.reconcile?.(message, sending('f3', stage))).toEqual({ is: 'absent' });
    const files = running.workspace.files.size;
    expect(await session.send(message, sending('f3', stage))).toMatchObject({ is: 'sent' });
    expect(running.workspace.files.size).toBe(files);
  });

  it('are found where they are shown, also when Slack takes a moment to show them', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    running.workspace.shownAfter = 2;
    const message = { ...text(id, ''), parts: [file('late.txt')] };
    expect(await session.send(message, sending('f5'))).toMatchObject({ is: 'sent' });
    const way = sending('f6');
    running.faults.arm({ path: /completeUploadExternal/ }, { is: 'cut-after' });
    await expect(session.send(message, way)).rejects.toMatchObject({ outcome: 'unknown' });
    expect(await session.reconcile?.(message, sending('f6', way.stages.at(-1)))).toMatchObject({ is: 'sent' });
  });

  it('count as perhaps shown when Slack took them and cannot be asked where', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    const message = { ...text(id, ''), parts: [file('asked.txt')] };
    const way = sending('f7');
    running.faults.arm(
      { path: /files\.info/ },
      { is: 'answer', reply: { json: { ok: false, error: 'internal_error' } } },
    );
    await expect(session.send(message, way)).rejects.toMatchObject({ outcome: 'unknown' });
    expect(await session.reconcile?.(message, sending('f7', way.stages.at(-1)))).toMatchObject({ is: 'sent' });
  });

  it('are put up anew when Slack has thrown them away meanwhile', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    const message = { ...text(id, ''), parts: [file('e.txt')] };
    expect(await session.send(message, sending('f4', 'files:F0GONE'))).toMatchObject({ is: 'sent' });
  });

  it('are refused in words when the app may not have them, although Slack answers with a page', async () => {
    const { session } = await connect();
    const held = [...running.workspace.files.values()][0];
    if (!held) throw new Error('the scene has no file');
    running.faults.arm(
      { path: /files-pri/ },
      { is: 'answer', reply: { bytes: Buffer.from('<!DOCTYPE html>'), type: 'text/html; charset=utf-8' } },
    );
    const opened = session.openBlob({ message: asMessageKey('x'), ref: fileRef(held.id) }, never);
    await expect(opened).rejects.toMatchObject({ code: 'forbidden', outcome: 'refused' });
  });

  it('of emoji follow their aliases, and never lead away from Slack', async () => {
    const { session } = await connect();
    const bytes = await collectBytes(
      await session.openBlob({ message: asMessageKey('x'), ref: emojiRef('roof') }, never),
    );
    expect(bytes.byteLength).toBeGreaterThan(0);
    const elsewhere = session.openBlob(
      { message: asMessageKey('x'), ref: asBlobRef('picture:https://tracker.example/p.png') },
      never,
    );
    await expect(elsewhere).rejects.toMatchObject({ outcome: 'refused' });
  });
});
