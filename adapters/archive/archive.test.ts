import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportBatch } from '../../src-shared/channel.ts';
import type { Cursor, IncomingMessage } from '../../src-shared/model/index.ts';
import { conformance } from '../_kit/conformance/index.ts';
import { archive } from './index.ts';
import { readArchive } from './read.ts';

// Each reading starts a thread that parses, which takes its time where many do.
vi.setConfig({ testTimeout: 60_000 });

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-archive-'));
});
afterEach(() => rm(folder, { recursive: true }));

const own: ReadonlySet<string> = new Set(['me@example.org']);
const separator = 'From ann@example.org Mon Apr 29 17:26:31 2019\n';
const message = (n: number, body = `Words of message ${n}.\n`, fields = '') =>
  `From: Ann <ann@example.org>\nTo: me@example.org\nSubject: Message ${n}\nMessage-ID: <m${n}@example.org>\nDate: Mon, 29 Apr 2019 12:${String(n % 60).padStart(2, '0')}:31 -0500\n${fields}\n${body}`;
const mbox = (...messages: string[]) => messages.map((text) => `${separator}${text}\n`).join('');

async function read(path: string, cursor?: Cursor) {
  const batches: ImportBatch[] = [];
  for await (const batch of readArchive({ path, cursor, signal: new AbortController().signal }, own))
    batches.push(batch);
  const events = batches.flatMap((batch) => batch.events);
  const messages = events.flatMap((event) => (event.type === 'message' ? [event.message] : []));
  const labels = events.flatMap((event) => (event.type === 'label' ? [event.key as string] : []));
  return { batches, messages, labels, damaged: batches.flatMap((batch) => batch.damaged) };
}
async function stored(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}
const sourceOf = ({ source }: IncomingMessage) => Buffer.from(source ?? []).toString('latin1');
const placesOf = ({ placements }: IncomingMessage) => (placements ?? []).map(({ label }) => label as string);

describe('An mbox', () => {
  it('gives back its messages byte for byte, under a label of its name', async () => {
    const path = await stored('Work.mbox', mbox(message(1), message(2)));
    const { messages, labels, damaged } = await read(path);
    expect(messages.map(sourceOf)).toEqual([message(1), message(2)]);
    expect(labels).toEqual(['Work']);
    expect(messages.map(placesOf)).toEqual([['Work'], ['Work']]);
    expect(damaged).toEqual([]);
  });

  it('is read with CRLF line ends, from gzip, and without a last line end', async () => {
    const crlf = mbox(message(1), message(2)).replaceAll('\n', '\r\n');
    expect((await read(await stored('a.mbox', crlf))).messages.map(sourceOf)).toEqual(
      [1, 2].map((n) => message(n).replaceAll('\n', '\r\n')),
    );
    expect((await read(await stored('b.mbox.gz', gzipSync(mbox(message(1), message(2)))))).messages).toHaveLength(2);
    const open = await read(await stored('c.mbox', `${separator}${message(1)}`.trimEnd()));
    expect(open.messages.map(sourceOf)).toEqual([message(1).trimEnd()]);
  });

  it('is not split at a line of text that begins with "From "', async () => {
    const body =
      'Quote:\n\nFrom here to 10:30 in 2019 it rained.\nFrom now on.\n\nFrom bob@example.org Mon Apr 29 17:26:31 2019\n\nis what a separator looks like.\n';
    const { messages } = await read(await stored('a.mbox', mbox(message(1, body), message(2))));
    expect(messages.map(sourceOf)).toEqual([message(1, body), message(2)]);
  });

  it('is split at the bare separators of Thunderbird', async () => {
    const text = `From - Mon Apr 29 17:26:31 2019\n${message(1)}\nFrom \n${message(2)}\n`;
    expect((await read(await stored('Inbox', text))).messages).toHaveLength(2);
  });

  it('of kind mboxrd loses one ">" of every quoted From line', async () => {
    const body = '>From a\n>>From b\n> c\n';
    const { messages } = await read(await stored('a.mbox', mbox(message(1, body))));
    expect(messages.map(sourceOf)).toEqual([message(1, 'From a\n>From b\n> c\n')]);
  });

  it('of kind mboxo keeps what somebody had quoted twice', async () => {
    const body = '>> He wrote\n>>From Rome\n>> with love\n>From there.\n';
    const { messages } = await read(await stored('a.mbox', mbox(message(1, body))));
    expect(messages.map(sourceOf)).toEqual([message(1, '>> He wrote\n>>From Rome\n>> with love\nFrom there.\n')]);
  });

  it('of kind mboxcl2 is divided by Content-Length, with nothing quoted', async () => {
    const body = `A whole mbox follows.\n\n${separator}${message(9)}\n>From left alone\n`;
    const sized = message(1, body, `Content-Length: ${Buffer.byteLength(body)}\n`);
    const { messages } = await read(await stored('a.mbox', mbox(sized, message(2, 'x\n', 'Content-Length: 2\n'))));
    expect(messages.map(sourceOf)).toEqual([sized, message(2, 'x\n', 'Content-Length: 2\n')]);
  });

  it('of kind mboxcl is divided by Content-Length and unquoted', async () => {
    const body = '>From here\n';
    const sized = message(1, body, `Content-Length: ${body.length}\n`);
    const { messages } = await read(await stored('a.mbox', mbox(sized)));
    expect(messages.map(sourceOf)).toEqual([sized.replace('>From here', 'From here')]);
  });

  it('is not misled by a Content-Length that is wrong', async () => {
    const texts = [message(1, 'x\n', 'Content-Length: 7\n'), message(2, 'y\n', 'Content-Length: 999999\n'), message(3)];
    expect((await read(await stored('a.mbox', mbox(...texts)))).messages.map(sourceOf)).toEqual(texts);
  });

  it('goes on from any cursor without leaving out or repeating a message', async () => {
    const texts = Array.from({ length: 450 }, (_, n) => message(n, `Words ${'x'.repeat(n)}\n>From ${n}\n`));
    const path = await stored('a.mbox', mbox(...texts));
    const { batches, messages } = await read(path);
    expect(batches.length).toBe(3);
    expect(messages).toHaveLength(450);
    for (const [index, { cursor }] of batches.entries()) {
      const rest = await read(path, cursor);
      const before = batches
        .slice(0, index + 1)
        .flatMap(({ events }) => events.filter(({ type }) => type === 'message')).length;
      expect(rest.messages.map(sourceOf)).toEqual(messages.slice(before).map(sourceOf));
    }
    expect(batches.at(-1)).toMatchObject({ done: batches.at(-1)?.total });
  });

  it('keeps damaged messages, and says which they are', async () => {
    const broken = 'Subject: broken\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhalf a message';
    const { messages, damaged } = await read(await stored('a.mbox', mbox(message(1), broken, message(3))));
    expect(messages.map(sourceOf)).toEqual([message(1), `${broken}\n`, message(3)]);
    expect(damaged).toEqual([{ number: 2, reason: 'a multipart is not closed; no date' }]);
    expect(messages[1]?.parts).toMatchObject([{ kind: 'text', text: 'half a message\n' }]);
    // No date of its own: the separator's stands in.
    expect(messages[1]?.at).toBe(Date.UTC(2019, 3, 29, 17, 26, 31));
  });

  it('gives flags and labels as mail programs wrote them', async () => {
    const { messages, labels } = await read(
      await stored(
        'Takeout/All mail.mbox',
        mbox(
          message(1, 'x\n', 'Status: RO\nX-Status: AF\n'),
          message(2, 'x\n', 'Status: O\n'),
          message(3, 'x\n', 'X-Mozilla-Status: 1001\n'),
          message(4, 'x\n', 'X-Gmail-Labels: =?UTF-8?Q?Unread,Starred,"Trips,_far",=C5=BB=C3=B3=C5=82w?=\n'),
          message(5),
        ),
      ),
    );
    expect(messages.map(({ flags }) => flags)).toEqual([
      { read: true, starred: true, answered: true },
      { read: false },
      { read: true, forwarded: true },
      { read: false, starred: true },
      { read: true },
    ]);
    expect(placesOf(messages[3] as IncomingMessage)).toEqual(['All mail', 'Trips, far', 'Żółw']);
    expect(labels).toEqual(['All mail', 'Trips, far', 'Żółw']);
  });
});

describe('A directory', () => {
  it('of Maildir gives flags by file name and folders as labels', async () => {
    await stored('Mail/cur/1.a:2,S', message(1));
    await stored('Mail/cur/2.b:2,FRS', message(2));
    await stored('Mail/new/3.c', message(3));
    await stored('Mail/tmp/4.d', message(4));
    await stored('Mail/.Sent.2019/cur/5.e:2,PS', message(5));
    await stored('Mail/.Sent.2019/new/.keep', '');
    await mkdir(join(folder, 'Mail/.Sent.2019/tmp'), { recursive: true });
    const { messages } = await read(join(folder, 'Mail'));
    const found = messages.map((one) => [one.subject, one.flags, placesOf(one)]);
    expect(found).toEqual([
      ['Message 5', { read: true, forwarded: true }, ['Sent/2019']],
      ['Message 1', { read: true }, ['Mail']],
      ['Message 2', { read: true, starred: true, answered: true }, ['Mail']],
      ['Message 3', { read: false }, ['Mail']],
    ]);
  });

  it('of mixed files gives what is mail and passes over the rest', async () => {
    await stored('box/Work', mbox(message(1)));
    await stored('box/Work.msf', '// an index');
    await stored('box/Work.sbd/2019', mbox(message(2)));
    await stored('box/single.eml', message(3));
    await stored(
      'box/apple.emlx',
      `${Buffer.byteLength(message(4))}\n${message(4)}<plist><dict><key>flags</key>\n<integer>16</integer></dict></plist>`,
    );
    await stored('box/picture.png', Buffer.from([0x89, 0x50]));
    await stored('box/notes.txt', 'just notes');
    const { messages } = await read(join(folder, 'box'));
    expect(messages.map((one) => [one.subject, placesOf(one)])).toEqual([
      ['Message 1', ['Work']],
      ['Message 2', ['Work/2019']],
      ['Message 4', ['box']],
      ['Message 3', ['box']],
    ]);
    expect(messages[2]?.flags).toEqual({ read: false, starred: true });
    expect(sourceOf(messages[2] as IncomingMessage)).toBe(message(4));
  });

  it('is gone on with at the file where it was left, and from the start when that file is gone', async () => {
    for (const n of [1, 2, 3]) await stored(`box/${n}.mbox`, mbox(message(n)));
    const { batches } = await read(join(folder, 'box'));
    expect((await read(join(folder, 'box'), batches[0]?.cursor)).messages).toEqual([]);
    const half = JSON.stringify({ file: '2.mbox', offset: 0, number: 1, before: 100 }) as Cursor;
    expect((await read(join(folder, 'box'), half)).messages).toHaveLength(2);
    await rm(join(folder, 'box/2.mbox'));
    expect((await read(join(folder, 'box'), half)).messages).toHaveLength(2);
  });

  it('that is not there is refused in words', async () => {
    await expect(read(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'unreadable', outcome: 'refused' });
  });
});

conformance(archive, {
  flow: 'files',
  clock: 'real',
  live: false,
  linked: true,
  answer: () => ({ name: 'Old mail', addresses: 'Me <me@example.org>' }),
  start: async () => {
    const kept = await mkdtemp(join(tmpdir(), 'carillon-archive-world-'));
    const path = join(kept, 'Work.mbox');
    await writeFile(path, mbox(...Array.from({ length: 450 }, (_, n) => message(n))));
    return { path, stop: () => rm(kept, { recursive: true }) };
  },
  archive: ({ path }) => path,
});
