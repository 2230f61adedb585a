import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { realClock } from '../../../adapters/_kit/testing/index.ts';
import { ChannelError } from '../../../src-shared/channel.ts';
import {
  asBlobRef,
  asMessageKey,
  asUserKey,
  type OutgoingMessage,
  type Recipient,
} from '../../../src-shared/model/index.ts';
import { type MailServer, startMailServer } from '../../servers/mail.ts';
import { startWire, type Wire } from '../../servers/wire.ts';
import { must, openMailbox, options, target } from './harness.ts';
import { accountOn, ann, bob, letter, users } from './mailbox.ts';

let server: MailServer;
let wire: Wire;
beforeAll(async () => {
  server = await startMailServer({ users });
  wire = await startWire(server.ports.submission);
});
afterEach(() => {
  wire.onClient = undefined;
  wire.onServer = undefined;
});
afterAll(async () => {
  await wire.close();
  await server.stop();
});

const to = (...addresses: readonly string[]): Recipient[] =>
  addresses.map((address) => ({ role: 'to', key: asUserKey(address) }));
let messages = 0;
function message(change: Partial<OutgoingMessage> = {}): OutgoingMessage {
  messages += 1;
  return {
    at: Date.UTC(2026, 10, 1) + messages * 1000,
    subject: `Sent ${messages}`,
    recipients: to(bob),
    parts: [{ kind: 'text', format: 'plain', text: 'Hello Bob.' }],
    ...change,
  };
}
const connect = async () => await openMailbox(accountOn({ imap: server.ports.imap, submission: wire.port }));
/** What a folder of one mailbox holds under this subject: whole messages. */
const held = async (user: string, folder: string, subject: string): Promise<readonly string[]> => {
  const found = await server.doveadm('search', '-u', user, 'mailbox', folder, 'header', 'subject', subject);
  const uids = found.split('\n').flatMap((line) => line.split(' ')[1] ?? []);
  return await Promise.all(
    uids.map(async (uid) => await server.doveadm('fetch', '-u', user, 'text', 'mailbox', folder, 'uid', uid)),
  );
};
/** Delivery takes its time after the server said yes: asks until it is there. */
const arrived = async (user: string, subject: string): Promise<readonly string[]> => {
  let found: readonly string[] = [];
  const look = async () => {
    found = await held(user, 'INBOX', subject);
    return found.length;
  };
  await expect.poll(look, { message: `${subject} for ${user}`, timeout: 60_000 }).toBeGreaterThan(0);
  return found;
};
const failure = async (work: Promise<unknown>): Promise<ChannelError> => {
  const error: unknown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error instanceof ChannelError) return error;
  throw new Error('it did not fail as a channel does', { cause: error });
};

describe('sending', () => {
  it('delivers the letter, files one copy under Sent and marks what was answered', async () => {
    await server.deliver(ann, letter({ id: 'question@example.test', subject: 'A question' }));
    const mailbox = await connect();
    await mailbox.backfill();
    const question = must(mailbox.bySubject('A question'), 'question');
    const answer = message({
      subject: 'Re: A question',
      replyTo: question.key,
      references: ['question@example.test'],
      recipients: [...to(bob), { role: 'bcc', key: asUserKey(ann) }],
    });
    const sending = options();
    const foretold = mailbox.session.identify?.(answer, sending.txn);
    const result = await mailbox.session.send(answer, sending);
    expect(result).toMatchObject({ is: 'sent', key: foretold?.key });
    expect(sending.stages).toEqual([expect.stringMatching(/^offered \d+$/), 'accepted']);
    await mailbox.apply(Promise.resolve(result));

    const [delivered] = await arrived(bob, 'Re: A question');
    expect(delivered).toContain('In-Reply-To: <question@example.test>');
    expect(delivered).toContain('References: <question@example.test>');
    expect(delivered).not.toMatch(/^bcc:/im);
    // Bcc reaches whom it names, and the sender's own copy keeps the memory of it.
    expect(await arrived(ann, 'Re: A question')).toHaveLength(1);
    const copies = await held(ann, 'Sent', 'Re: A question');
    expect(copies).toHaveLength(1);
    expect(copies[0]).toMatch(/^bcc: .*ann@example\.test/im);
    const query = ['-u', ann, 'flags', 'mailbox', 'INBOX', 'header', 'message-id', 'question@example.test'];
    expect(await server.doveadm('fetch', ...query)).toContain('\\Answered');

    // The copy that comes in by syncing is the very message foretold, in the conversation of the question.
    await mailbox.until(
      'the copy is known',
      () => mailbox.memory.message(must(foretold, 'identity').key) !== undefined,
    );
    const copy = must(mailbox.memory.message(must(foretold, 'identity').key), 'copy');
    expect(copy.from.is).toBe('me');
    expect(copy.links).toContain('question@example.test');
  });

  it('carries attachments and a name in another script', async () => {
    const mailbox = await connect();
    const result = await mailbox.session.send(
      message({
        subject: 'Zdjęcia z Łodzi',
        fromName: 'Ania Przykład',
        parts: [
          { kind: 'text', format: 'html', text: '<p>Oto <b>zdjęcia</b></p>', plain: 'Oto zdjęcia' },
          { kind: 'document', media: { ref: asBlobRef('upload:1'), mime: 'text/csv', name: 'Łódź.csv' } },
        ],
      }),
      options(),
    );
    expect(result.is).toBe('sent');
    await mailbox.backfill();
    await mailbox.until('the copy is known', () => mailbox.bySubject('Zdjęcia z Łodzi') !== undefined);
    const copy = must(mailbox.bySubject('Zdjęcia z Łodzi'), 'copy');
    const file = must(
      copy.parts.find((part) => part.kind === 'document'),
      'file',
    );
    expect(file.media.name).toBe('Łódź.csv');
    const bytes: Uint8Array[] = [];
    for await (const piece of await mailbox.session.openBlob(
      { message: copy.key, ref: file.media.ref },
      new AbortController().signal,
    ))
      bytes.push(piece);
    expect(Buffer.concat(bytes).toString()).toBe('words in a file');
  });

  it('files a large copy on a connection of its own, so that nothing small waits for it', async () => {
    await server.deliver(ann, letter({ subject: 'To be starred' }));
    const line = await startWire(server.ports.imap);
    try {
      const mailbox = await openMailbox(accountOn({ imap: line.port, submission: server.ports.submission }));
      await mailbox.backfill();
      const small = must(mailbox.bySubject('To be starred'), 'letter');
      // The line is so slow that the copy never gets through.
      const stuck = Promise.withResolvers<void>();
      line.onClient = (data) => {
        if (!data.includes('APPEND')) return 'pass';
        stuck.resolve();
        return 'hold';
      };
      const file = { ref: asBlobRef('upload:1'), mime: 'video/mp4', name: 'long.mp4' };
      const large = message({ parts: [{ kind: 'document', media: file }] });
      const sending = mailbox.session.send(large, options({ open: async () => new Uint8Array(600_000) }));
      const failed = failure(sending);
      await stuck.promise;
      await mailbox.apply(mailbox.session.flag.set([target(small)], { starred: true }, options()));
      const query = ['-u', ann, 'flags', 'mailbox', 'INBOX', 'header', 'subject', 'To be starred'];
      expect(await server.doveadm('fetch', ...query)).toContain('\\Flagged');
      line.cut();
      expect((await failed).outcome).not.toBe('refused');
    } finally {
      await line.close();
    }
  });

  it('does not send again what was accepted, and still files the copy', async () => {
    const mailbox = await connect();
    const letterOut = message();
    const subject = letterOut.subject ?? '';
    const sending = options();
    await mailbox.session.send(letterOut, sending);
    await arrived(bob, subject);
    const again = await mailbox.session.send(letterOut, { ...sending, stage: 'accepted' });
    expect(again.is).toBe('sent');
    expect(await held(ann, 'Sent', subject)).toHaveLength(1);
    // A letter sent afterwards has arrived, and the first is still there once.
    const later = message();
    await mailbox.session.send(later, options());
    await arrived(bob, later.subject ?? '');
    expect(await held(bob, 'INBOX', subject)).toHaveLength(1);
  });

  it('says which recipient the server will not have, in the words of the server', async () => {
    const mailbox = await connect();
    const error = await failure(mailbox.session.send(message({ recipients: to('who@elsewhere.test') }), options()));
    expect(error.outcome).toBe('refused');
    expect(error.message).toMatch(/550|invalid|reject/i);
  });

  it('tells of the one recipient refused where others were served', async () => {
    const mailbox = await connect();
    const letterOut = message({ recipients: to(bob, 'who@elsewhere.test') });
    const result = await mailbox.session.send(letterOut, options());
    expect(result.is).toBe('sent');
    expect(JSON.stringify(result.events)).toContain('who@elsewhere.test');
    expect(await arrived(bob, letterOut.subject ?? '')).toHaveLength(1);
  });

  it('knows that nothing went out when the wire breaks before the letter was handed over', async () => {
    const mailbox = await connect();
    const letterOut = message();
    wire.onClient = (data) => (/^DATA\r\n/im.test(data.toString()) ? 'cut' : 'pass');
    const error = await failure(mailbox.session.send(letterOut, options()));
    expect(error.outcome).toBe('not-done');
  });

  it('does not know when the wire breaks after it was handed over, and finds out where that can be', async () => {
    const mailbox = await connect();
    const letterOut = message({ recipients: to(bob, ann) });
    const subject = letterOut.subject ?? '';
    const sending = options();
    // The server gets the letter and its final dot; its answer never comes back.
    let end = '';
    wire.onClient = (data) => {
      // The dot may come in a piece of its own.
      end = `${end}${data}`.slice(-5);
      return 'pass';
    };
    wire.onServer = () => (end === '\r\n.\r\n' ? 'cut' : 'pass');
    const error = await failure(mailbox.session.send(letterOut, sending));
    expect(error.outcome).toBe('unknown');
    expect(sending.stages).toEqual([expect.stringMatching(/^offered \d+$/)]);
    wire.onClient = undefined;
    wire.onServer = undefined;
    await arrived(ann, subject);
    await arrived(bob, subject);
    const found = await mailbox.session.reconcile?.(letterOut, { ...sending, stage: 'offered' });
    expect(found).toMatchObject({ is: 'sent' });
    expect(sending.stages).toEqual([expect.stringMatching(/^offered \d+$/), 'accepted']);
    expect(await held(ann, 'Sent', subject)).toHaveLength(1);
    expect(await held(bob, 'INBOX', subject)).toHaveLength(1);
  });

  it('admits that it cannot find out where no copy would show', async () => {
    const mailbox = await connect();
    const found = await mailbox.session.reconcile?.(message(), options({ stage: 'offered' }));
    expect(found?.is).toBe('undecided');
  });

  it('knows that what was never offered whole did not go out', async () => {
    const mailbox = await connect();
    expect(await mailbox.session.reconcile?.(message(), options())).toEqual({ is: 'absent' });
  });

  it('files the copy later when the mailbox goes away right after the letter was accepted', async () => {
    const imap = await startWire(server.ports.imap);
    const account = accountOn({ imap: imap.port, submission: wire.port });
    const mailbox = await openMailbox(account);
    const letterOut = message();
    const sending = options();
    const error = await failure(
      mailbox.session.send(letterOut, {
        ...sending,
        reached: async (stage) => {
          await sending.reached(stage);
          if (stage === 'accepted') imap.cut();
        },
      }),
    );
    expect(error.outcome).toBe('not-done');
    expect(sending.stages).toEqual([expect.stringMatching(/^offered \d+$/), 'accepted']);
    await mailbox.session.connect(new AbortController().signal);
    const again = await mailbox.session.send(letterOut, { ...sending, stage: 'accepted' });
    expect(again.is).toBe('sent');
    await mailbox.close();
    await imap.close();
    expect(await held(ann, 'Sent', letterOut.subject ?? '')).toHaveLength(1);
    await arrived(bob, letterOut.subject ?? '');
    expect(await held(bob, 'INBOX', letterOut.subject ?? '')).toHaveLength(1);
  });

  it('leaves the copy to a provider that files it, and takes its absence there for an answer after a while', async () => {
    let ahead = 0;
    const clock = { ...realClock, now: () => Date.now() + ahead };
    const account = accountOn({ imap: server.ports.imap, submission: wire.port }, { savesSent: true });
    const mailbox = await openMailbox(account, undefined, clock);
    const letterOut = message();
    await mailbox.session.send(letterOut, options());
    await arrived(bob, letterOut.subject ?? '');
    expect(await held(ann, 'Sent', letterOut.subject ?? '')).toEqual([]);

    const lost = message();
    // The wait begins with the offer, whichever session looks.
    const sending = options({ stage: `offered ${clock.now()}` });
    expect((await mailbox.session.reconcile?.(lost, sending))?.is).toBe('undecided');
    ahead += 121_000;
    expect((await mailbox.session.reconcile?.(lost, sending))?.is).toBe('absent');
    // Where nobody wrote down when, it begins with the first look, and that is written down.
    const older = options({ stage: 'offered' });
    expect((await mailbox.session.reconcile?.(lost, older))?.is).toBe('undecided');
    const [stage] = older.stages;
    ahead += 121_000;
    expect((await mailbox.session.reconcile?.(lost, options({ stage })))?.is).toBe('absent');
  });

  it('says that a wrong password is one', async () => {
    const account = accountOn({ imap: server.ports.imap, submission: wire.port });
    const mailbox = await openMailbox(account);
    const wrong = await openMailbox({ ...account, secrets: { password: 'wrong' } });
    expect(wrong.record.states.at(-1)).toMatchObject({ is: 'needs-login', code: 'auth' });
    await mailbox.record.context.secrets.set('password', 'wrong');
    const error = await failure(mailbox.session.send(message(), options()));
    expect(error).toMatchObject({ code: 'auth', outcome: 'refused' });
  });
});

describe('drafts', () => {
  it('keeps one draft on the server however often it is saved, and takes it away at the end', async () => {
    const mailbox = await connect();
    const draft = message({ subject: 'A draft', recipients: [] });
    const first = await mailbox.session.drafts.save(draft, undefined, options());
    await mailbox.apply(Promise.resolve(first));
    await mailbox.backfill();
    await mailbox.until('it is known', () => mailbox.memory.message(first.key) !== undefined);
    expect(mailbox.memory.flagsOf(first.key).draft).toBe(true);
    expect(mailbox.foldersOf(first.key)).toEqual(['Drafts']);
    const second = await mailbox.session.drafts.save({ ...draft, at: draft.at + 1000 }, first.key, options());
    await mailbox.apply(Promise.resolve(second));
    expect(await held(ann, 'Drafts', 'A draft')).toHaveLength(1);
    await mailbox.until('the second is known', () => mailbox.memory.message(second.key) !== undefined);
    await mailbox.apply(mailbox.session.drafts.discard(second.key, options()));
    expect(await held(ann, 'Drafts', 'A draft')).toEqual([]);
  });
});

it('says so when a letter is no longer there', async () => {
  const mailbox = await connect();
  const gone = { message: asMessageKey('no-such-letter@example.test|0'), conversation: undefined };
  const error = await failure(mailbox.session.flag.set([gone], { read: true }, options()));
  expect(error).toMatchObject({ code: 'gone', outcome: 'refused' });
});
