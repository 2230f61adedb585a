import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Memory } from '../../../adapters/_kit/testing/index.ts';
import { type MailServer, startMailServer } from '../../servers/mail.ts';
import { startWire, type Wire } from '../../servers/wire.ts';
import { must, openMailbox, options, target } from './harness.ts';
import { accountOn, ann, letter, users } from './mailbox.ts';

const archive = '../shared/corpora/mail/list-10670.mbox';

/** Thousands of letters: real ones of a mailing list where the archive is at hand, else written here. */
function thousands(count: number): readonly string[] {
  if (!existsSync(archive)) return Array.from({ length: count }, () => letter());
  const text = readFileSync(archive, 'latin1').slice(0, count * 14_000);
  const found = text.split(/(?:^|\n)From \S+ .*\d{4}\n/).filter((part) => part.trim() !== '');
  // The last one was cut by the slice.
  return found.slice(0, Math.min(count, found.length - 1)).map((part) => part.replace(/\r?\n/g, '\r\n'));
}

describe('a large mailbox', () => {
  let server: MailServer;
  let wire: Wire;
  let count = 0;
  beforeAll(async () => {
    server = await startMailServer({ users, delivery: false });
    const letters = thousands(3_000);
    count = letters.length;
    await server.deliverAll(
      ann,
      letters.map((text) => Buffer.from(text, 'latin1')),
    );
    await server.deliverAll(
      ann,
      Array.from({ length: 30 }, () => letter()),
      'Archive',
    );
    wire = await startWire(server.ports.imap);
  });
  afterAll(async () => {
    await wire.close();
    await server.stop();
  });

  it('comes in newest first, the inbox before all else, and whole although the server is killed on the way', async () => {
    const first = await openMailbox(accountOn({ imap: wire.port, submission: 1 }));
    const began = performance.now();
    const broken = first.backfill({
      afterPage: async (page) => {
        if (page === 4) await server.kill();
      },
    });
    await expect(broken).rejects.toMatchObject({ outcome: 'not-done' });
    await first.until('it says that it is offline', () => first.record.states.at(-1)?.is === 'offline');
    const some = first.memory.messages.length;
    expect(some).toBeGreaterThan(500);
    expect(some).toBeLessThan(count);
    await first.close();
    await server.restart();

    const mailbox = await openMailbox(accountOn({ imap: wire.port, submission: 1 }), first.memory);
    const order = await mailbox.backfill();
    expect(order[0]).toBe('folder:INBOX');
    const onServer = Number(
      /messages=(\d+)/.exec(await server.doveadm('mailbox', 'status', '-u', ann, 'messages', 'INBOX'))?.[1],
    );
    expect(onServer).toBe(count);
    const refs = await mailbox.memory.lookup.refs(
      must(
        mailbox.memory.labels.find((label) => label === 'folder:INBOX'),
        'inbox',
      ),
    );
    expect(refs).toHaveLength(count);
    expect(await mailbox.inFolder('Archive')).toHaveLength(30);
    // Newest first: no page of the inbox holds a message that came after one of an earlier page.
    const uids = first.record.batches
      .filter(({ checkpoint }) => checkpoint?.scope === 'task:folder:INBOX')
      .map(({ events }) =>
        events.flatMap((event) =>
          event.type === 'message'
            ? (event.message.placements ?? []).flatMap(({ ref }) => (ref ? [Number(ref.split(':')[1])] : []))
            : [],
        ),
      );
    for (let page = 1; page < uids.length; page += 1)
      expect(Math.max(...(uids[page] ?? []))).toBeLessThan(Math.min(...(uids[page - 1] ?? [])));
    console.info(`backfill of ${count} letters, killed once: ${Math.round(performance.now() - began)} ms`);
  });

  it('notices a cable pulled, and comes back', async () => {
    const mailbox = await openMailbox(accountOn({ imap: wire.port, submission: 1 }));
    expect(mailbox.record.states.at(-1)?.is).toBe('online');
    wire.cut();
    await mailbox.until('it says that it is offline', () => mailbox.record.states.at(-1)?.is === 'offline');
    await expect(
      mailbox.session.backfill.fetch({
        scope: 'folder:INBOX',
        cursor: undefined,
        limit: 10,
        signal: new AbortController().signal,
      }),
    ).rejects.toMatchObject({ code: 'network', outcome: 'not-done' });
    await mailbox.session.connect(new AbortController().signal);
    expect(mailbox.record.states.at(-1)?.is).toBe('online');
    await server.deliver(ann, letter({ subject: 'After the cable' }));
    await mailbox.until('news come again', () => mailbox.bySubject('After the cable') !== undefined);
  });
});

describe('large letters', () => {
  let server: MailServer;
  let wire: Wire;
  const size = 5 * 1024 * 1024;
  const bytes = Buffer.alloc(size, 'carillon ').map((byte, index) => (byte + index * 31) & 0xff);
  beforeAll(async () => {
    server = await startMailServer({ users, delivery: false });
    wire = await startWire(server.ports.imap);
    const boundary = 'b1';
    const lines = Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n');
    await server.deliver(
      ann,
      letter({
        subject: 'A film',
        more: [
          `Content-Type: multipart/mixed; boundary=${boundary}`,
          '',
          `--${boundary}`,
          'Content-Type: multipart/alternative; boundary=b2',
          '',
          '--b2',
          'Content-Type: text/plain; charset=iso-8859-2',
          'Content-Transfer-Encoding: quoted-printable',
          '',
          'Za=BF=F3=B3=E6 g=EA=B6l=B1 ja=BC=F1.',
          '--b2',
          'Content-Type: text/html; charset=utf-8',
          '',
          '<p>Zażółć gęślą <b>jaźń</b>.</p>',
          '--b2--',
          `--${boundary}`,
          'Content-Type: video/mp4; name="film.mp4"',
          'Content-Disposition: attachment; filename="film.mp4"',
          'Content-Transfer-Encoding: base64',
          '',
          lines,
          `--${boundary}--`,
        ].join('\r\n'),
      }),
    );
  });
  afterAll(async () => {
    await wire.close();
    await server.stop();
  });

  it('come with their words at once and their attachments when asked for', async () => {
    let received = 0;
    wire.onServer = (data) => {
      received += data.length;
      return 'pass';
    };
    const mailbox = await openMailbox(accountOn({ imap: wire.port, submission: 1 }));
    await mailbox.backfill();
    const film = must(mailbox.bySubject('A film'), 'film');
    expect(received).toBeLessThan(200_000);
    const text = must(
      film.parts.find((part) => part.kind === 'text'),
      'text',
    );
    expect(text.text).toContain('<b>jaźń</b>');
    expect(text.plain).toContain('Zażółć gęślą jaźń.');
    const video = must(
      film.parts.find((part) => part.kind === 'video'),
      'video',
    );
    expect(video.media).toMatchObject({ name: 'film.mp4', mime: 'video/mp4' });
    expect(Math.abs((video.media.bytes ?? 0) - size) / size).toBeLessThan(0.02);

    const pieces: Uint8Array[] = [];
    const stream = await mailbox.session.openBlob(
      { message: film.key, ref: video.media.ref },
      new AbortController().signal,
    );
    for await (const piece of stream) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(5);
    expect(Buffer.compare(Buffer.concat(pieces), Buffer.from(bytes))).toBe(0);
  });

  it('keep nothing else waiting while somebody reads one slowly, or stops reading', async () => {
    const mailbox = await openMailbox(accountOn({ imap: wire.port, submission: 1 }));
    await mailbox.backfill();
    const film = must(mailbox.bySubject('A film'), 'film');
    const video = must(
      film.parts.find((part) => part.kind === 'video'),
      'video',
    );
    const stream = await mailbox.session.openBlob(
      { message: film.key, ref: video.media.ref },
      new AbortController().signal,
    );
    const reader = stream[Symbol.asyncIterator]();
    expect((await reader.next()).done).toBe(false);
    await mailbox.apply(mailbox.session.flag.set([target(film)], { starred: true }, options()));
    expect(mailbox.memory.flagsOf(film.key).starred).toBe(true);
    await reader.return?.();
    // Nor does leaving wait for the rest of it, or for any other word of the server.
    wire.onServer = () => 'hold';
    await mailbox.close();
  });
});

describe('a server that allows few connections', () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await startMailServer({ users, delivery: false, connections: 1 });
  });
  afterAll(() => server.stop());

  it('is served over a single one: news, history and changes all the same', async () => {
    await server.deliver(ann, letter({ subject: 'Before' }));
    const mailbox = await openMailbox(accountOn(server.ports));
    expect(mailbox.record.states.at(-1)).toEqual({ is: 'online' });
    await mailbox.backfill();
    const before = must(mailbox.bySubject('Before'), 'letter');
    await server.deliver(ann, letter({ subject: 'News' }));
    await mailbox.until('the news are there', () => mailbox.bySubject('News') !== undefined);
    await mailbox.apply(mailbox.session.flag.set([target(before)], { read: true }, options()));
    const words = await server.doveadm('fetch', '-u', ann, 'flags', 'mailbox', 'INBOX', 'subject', 'Before');
    expect(words).toContain('\\Seen');
  });

  it('says that there are too many when not even one is left', async () => {
    // Dovecot hears a while later that the connections of the test before have ended.
    await expect.poll(() => server.doveadm('who', '-1')).not.toContain(ann);
    const first = await openMailbox(accountOn(server.ports));
    expect(first.record.states.at(-1)?.is).toBe('online');
    const second = await openMailbox(accountOn(server.ports));
    expect(second.record.states.at(-1)).toMatchObject({ is: 'offline' });
    expect(JSON.stringify(second.record.states.at(-1))).toMatch(/no more connections/);
  });
});

describe('a server that cannot read one of its messages', () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await startMailServer({ users, delivery: false });
  });
  afterAll(() => server.stop());

  it('hands out all others, old and new, although it ends the connection over that one', async () => {
    for (let number = 1; number <= 5; number += 1) await server.deliver(ann, letter({ subject: `Number ${number}` }));
    await server.spoil(ann, 3);
    const memory = new Memory();
    // Every attempt is a new session, as when the hub connects again.
    for (let attempt = 1; ; attempt += 1) {
      const mailbox = await openMailbox(accountOn(server.ports), memory);
      const whole = await mailbox.backfill().then(
        () => true,
        () => false,
      );
      await mailbox.close();
      if (whole) break;
      expect(attempt).toBeLessThan(10);
    }
    const mailbox = await openMailbox(accountOn(server.ports), memory);
    for (const number of [1, 2, 4, 5]) expect(mailbox.bySubject(`Number ${number}`)).toBeDefined();
    await server.deliver(ann, letter({ subject: 'Number 6' }));
    await mailbox.until('the new one is there', () => mailbox.bySubject('Number 6') !== undefined);
  });
});
