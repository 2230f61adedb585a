import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import type { AttachmentView, MessageView } from '../../../src-shared/ipc/index.ts';
import { type AccountId, asBlobRef } from '../../../src-shared/model/index.ts';
import { eventually } from '../testing/harness.ts';
import { letter } from '../testing/network.ts';
import { mailTo, openWorld, type World } from '../testing/world.ts';
import { collect } from './attachments.ts';
import { Blobs } from './blobs.ts';

let clock: FakeClock;
let world: World;
let account: AccountId;
beforeEach(async () => {
  clock = fakeClock();
  world = await openWorld(clock);
  account = await world.bench.login();
});
afterEach(() => world.bench.close());

const arrive = async (...files: string[]): Promise<MessageView> => {
  const events = [letter('a', { at: clock.now(), files })];
  await world.acts.sessions.at(-1)?.context.emit({ events, origin: 'live' });
  const [row] = (await world.bench.call('inbox.page', {})).rows;
  if (!row) throw new Error('Nothing arrived');
  const [message] = (await world.bench.call('conversation.page', { conversation: row.id })).messages;
  if (!message) throw new Error('Nothing arrived');
  return message;
};
const first = (message: MessageView): AttachmentView => {
  const [attachment] = message.attachments;
  if (!attachment) throw new Error('It has no attachment');
  return attachment;
};
const offline = async (): Promise<void> => {
  world.acts.sessions.at(-1)?.context.state({ is: 'offline', message: 'Gone' });
  await eventually(async () => (await world.bench.call('accounts.list', {}))[0]?.state.is === 'offline');
};
const sent = (text: string) =>
  eventually(async () => {
    await clock.advance(1000);
    return world.network.arrived.find(({ message }) => message.subject === text);
  });

/** Paths of the files kept. Not of the folder of those coming in, which may go while one looks into it. */
const filesIn = async (folder: string): Promise<string[]> => {
  const key = async (): Promise<never> => Promise.reject(new Error('No file is read'));
  const found: string[] = [];
  for await (const hashes of new Blobs(folder, key).names())
    found.push(...hashes.map((hash) => join(folder, hash.slice(0, 2), hash)));
  return found;
};

const day = 24 * 3_600_000;
/** As if the files had been written so long ago. */
const age = async (files: readonly string[], days: number): Promise<void> => {
  const at = new Date(clock.now() - days * day);
  for (const file of files) await utimes(file, at, at);
};

describe('a file taken in to be sent', () => {
  const upload = (text: string) =>
    world.bench.call('compose.upload', {
      name: 'a.txt',
      mime: 'text/plain',
      base64: Buffer.from(text).toString('base64'),
    });
  const part = (ref: string) => ({
    kind: 'document' as const,
    media: { ref: asBlobRef(ref), mime: 'text/plain', name: 'a.txt' },
  });
  const uploads = async () => (await world.bench.store.query('uploads', {})).map(({ ref }) => ref);
  const blobs = () => filesIn(join(world.bench.folder, 'blobs'));

  it('and never sent is let go of after thirty days, unless a draft names it', { timeout: 60_000 }, async () => {
    await upload('forgotten');
    const drafted = await upload('drafted');
    await world.bench.call('drafts.save', mailTo(account, 'Draft', { parts: [part(drafted.ref)] }));
    const old = await blobs();
    const fresh = await upload('fresh');
    await age(await blobs(), 29);
    await age(old, 31);
    await world.bench.restart();
    await eventually(async () => (await blobs()).length === 2);
    expect((await uploads()).toSorted()).toEqual([drafted.ref, fresh.ref].toSorted());
  });

  it('and never sent is let go of while the program stays open, too', { timeout: 60_000 }, async () => {
    await upload('forgotten');
    await age(await blobs(), 31);
    // A row goes before its file. It is looked once a day; when today's look was depends on the disk.
    await eventually(async () => {
      await clock.advance(day / 2);
      return (await blobs()).length === 0;
    });
    expect(await uploads()).toEqual([]);
  });
});

describe('a file nothing names', () => {
  it('is what a crash left: it goes a day after it was written, and what is named stays', {
    timeout: 60_000,
  }, async () => {
    const folder = join(world.bench.folder, 'blobs');
    const put = async (name: string, days: number): Promise<string> => {
      const hash = name.repeat(64);
      await mkdir(join(folder, hash.slice(0, 2)), { recursive: true });
      await writeFile(join(folder, hash.slice(0, 2), hash), 'left behind');
      await age([join(folder, hash.slice(0, 2), hash)], days);
      return hash;
    };
    const { id } = first(await arrive('report'));
    await world.bench.call('attachment.fetch', { attachment: id });
    // Nobody tidies up until all is in its place.
    await world.bench.restart({ offline: true });
    const [old, fresh] = [await put('a', 2), await put('b', 0)];
    const here = () => filesIn(folder);
    await age(
      (await here()).filter((path) => !path.endsWith(fresh)),
      2,
    );
    expect(await here()).toHaveLength(3);
    await world.bench.restart();
    await eventually(async () => (await here()).length === 2);
    expect((await here()).some((name) => name.endsWith(old))).toBe(false);
    expect((await world.bench.call('attachment.fetch', { attachment: id })).state).toBe('local');
  });
});

describe('an attachment', () => {
  it('is fetched once, however many ask at a time, and then is here without a network', async () => {
    const { id, state } = first(await arrive('report'));
    expect(state).toBe('remote');
    const both = await Promise.all([1, 2, 3].map(() => world.bench.call('attachment.fetch', { attachment: id })));
    expect(both.map((view) => view.state)).toEqual(['local', 'local', 'local']);
    expect(world.network.done).toEqual(['open report']);
    await offline();
    const opened = await world.bench.hub.openAttachment(id);
    expect(opened).toMatchObject({ name: 'report.pdf', type: 'application/pdf', disposition: 'inline', bytes: 15 });
    expect(Buffer.from(await collect(opened.stream())).toString()).toBe('bytes of report');
  });

  it('that is being fetched when the program ends has ended before it, and is fetched by the next', async () => {
    const { id } = first(await arrive('slow'));
    const fetching = world.bench.call('attachment.fetch', { attachment: id });
    const refused = expect(fetching).rejects.toThrow('aborted: The connection ended.');
    await eventually(() => world.network.done.includes('open slow'));
    await world.bench.hub.stop();
    expect(world.network.done).toContain('closed slow');
    await refused;
    const { view } = (await world.bench.store.query('attachment', { attachment: id })) ?? {};
    expect(view?.state).toBe('remote');
  });

  it('is saved to where the person says', async () => {
    const path = join(world.bench.folder, 'saved.pdf');
    const attachment = first(await arrive('report')).id;
    await world.bench.call('attachment.save', { attachment, path });
    expect(await readFile(path, 'utf8')).toBe('bytes of report');
    const nowhere = join(world.bench.folder, 'no', 'saved.pdf');
    await expect(world.bench.call('attachment.save', { attachment, path: nowhere })).rejects.toThrow('cannot-write');
  });

  it('that is gone is marked as failed, with the reason', async () => {
    const { id } = first(await arrive('gone'));
    await expect(world.bench.call('attachment.fetch', { attachment: id })).rejects.toThrow(
      'not-found: The file is gone.',
    );
    const [row] = (await world.bench.call('inbox.page', {})).rows;
    const page = row && (await world.bench.call('conversation.page', { conversation: row.id }));
    expect(page?.messages[0]?.attachments[0]?.state).toBe('failed');
  });

  it('that cannot be reached now is not marked, and comes when the network is back', async () => {
    const { id } = first(await arrive('report'));
    await offline();
    await expect(world.bench.call('attachment.fetch', { attachment: id })).rejects.toThrow('offline: Not connected.');
    await world.bench.call('accounts.sync', { account });
    await eventually(async () => (await world.bench.call('accounts.list', {}))[0]?.state.is === 'online');
    expect((await world.bench.call('attachment.fetch', { attachment: id })).state).toBe('local');
  });
});

describe('a file sent', () => {
  it('from the disk goes out byte for byte', async () => {
    const base64 = Buffer.from('Zażółć gęślą jaźń').toString('base64');
    const { ref, bytes } = await world.bench.call('compose.upload', { name: '../a.txt', mime: 'text/plain', base64 });
    const media = { ref, mime: 'text/plain', name: 'a.txt', bytes };
    await world.bench.call('compose.send', mailTo(account, 'With a file', { parts: [{ kind: 'document', media }] }));
    await sent('With a file');
    expect(world.network.files).toEqual(['Zażółć gęślą jaźń']);
  });

  it('on with a forwarded message is fetched when it goes out', async () => {
    const message = await arrive('report');
    const { quoted, ...start } = await world.bench.call('compose.start', { kind: 'forward', message: message.id });
    expect(quoted?.text).toContain('Subject: Letter a');
    expect(start).toMatchObject({ subject: 'Fwd: Letter a', forwards: message.id, parts: [{ kind: 'document' }] });
    const { recipients } = mailTo(account, '');
    await world.bench.call('compose.send', { ...start, recipients, text: 'Look' });
    const { message: out } = await sent('Fwd: Letter a');
    expect(out).toMatchObject({ forwards: message.key });
    expect(world.network.files).toEqual(['bytes of report']);
  });

  it('that is gone fails the message in words', async () => {
    const message = await arrive('gone');
    const { quoted: _quoted, ...start } = await world.bench.call('compose.start', {
      kind: 'forward',
      message: message.id,
    });
    const { recipients } = mailTo(account, '');
    const queued = await world.bench.call('compose.send', { ...start, recipients, text: 'Look' });
    const failed = await eventually(async () => {
      await clock.advance(1000);
      const { delivery } = (await world.bench.call('message.get', { message: queued.message })) ?? {};
      return delivery?.state === 'failed' && delivery;
    });
    expect(failed.error).toBe('The file is gone.');
  });
});

describe('an answer', () => {
  it('goes to the author, from the address written to, in the thread', async () => {
    const message = await arrive();
    const { quoted, ...start } = await world.bench.call('compose.start', { kind: 'reply', message: message.id });
    expect(quoted?.text).toMatch(/wrote:\n> Text of a$/);
    expect(start).toMatchObject({
      subject: 'Re: Letter a',
      from: 'me@example.org',
      recipients: [{ role: 'to', key: 'ala@example.org' }],
    });
    await world.bench.call('compose.send', { ...start, text: 'Yes' });
    const { message: out } = await sent('Re: Letter a');
    expect(out).toMatchObject({ replyTo: message.key, references: ['a@example.org'], fromName: 'Me Myself' });
  });

  it('that says nothing, or goes to nobody, is refused', async () => {
    await expect(world.bench.call('compose.send', mailTo(account, '', { subject: '' }))).rejects.toThrow('empty');
    await expect(world.bench.call('compose.send', mailTo(account, 'X', { recipients: [] }))).rejects.toThrow(
      'no-recipient',
    );
  });

  it('is checked before it is sent, and refused with the same words', async () => {
    const poll = { kind: 'poll' as const, question: '?', options: [], multiple: false, closed: false };
    const composition = mailTo(account, 'X', { parts: [poll] });
    const { problems } = await world.bench.call('compose.check', composition);
    expect(problems).toEqual([{ level: 'rejected', what: 'poll', why: 'A poll cannot be sent here.' }]);
    await expect(world.bench.call('compose.send', composition)).rejects.toThrow('refused: A poll cannot be sent here.');
  });
});
