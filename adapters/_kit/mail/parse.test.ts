import { describe, expect, it } from 'vitest';
import { mediaOf, type Part } from '../../../src-shared/model/index.ts';
import { fromPieces, openPart, parseMail, toIncoming } from './index.ts';

const own: ReadonlySet<string> = new Set(['me@example.org']);
const mail = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1');
const head =
  'From: Ann <ann@example.org>\nTo: me@example.org\nMessage-ID: <1@example.org>\nDate: Mon, 29 Apr 2019 12:26:31 -0500\n';
const kinds = (parts: readonly Part[]) => parts.map(({ kind }) => kind);
const textOf = (parts: readonly Part[]) => parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));

describe('A parsed message', () => {
  it('has a key of its Message-ID and its date, the same for every copy', () => {
    expect(parseMail(mail(`${head}\nx`)).key).toBe('1@example.org|1556558791');
    expect(parseMail(mail(`Received: by somewhere\n${head}\nx`)).key).toBe('1@example.org|1556558791');
  });

  it('has a key of its bytes when it has no Message-ID, and that key as its link', () => {
    const parsed = parseMail(mail('From: a@example.org\n\nx'));
    expect(parsed.key).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(parsed.links).toEqual([parsed.key]);
  });

  it('falls back to Received, then to when it arrived, for a date nobody can read', () => {
    const received = 'Received: from a by b; Tue, 2 Apr 2019 10:00:00 +0200\n';
    expect(parseMail(mail(`${received}Date: yesterday\n\nx`)).at).toBe(Date.UTC(2019, 3, 2, 8));
    expect(parseMail(mail('Date: yesterday\n\nx'), { receivedAt: 5 }).at).toBe(5);
    // Later than it can have been written.
    expect(parseMail(mail(`${received}Date: Mon, 1 Jan 2035 00:00:00 +0000\n\nx`)).at).toBe(Date.UTC(2019, 3, 2, 8));
  });

  it('links to what it answers, but never to a mailbox in an old In-Reply-To', () => {
    const fields =
      'References: <a@x> <b@x>\n <c@x>\nIn-Reply-To: Your message of Monday by Ann <ann@example.org> <d@x>\n';
    expect(parseMail(mail(`${head}${fields}\nx`)).links).toEqual(['1@example.org', 'a@x', 'b@x', 'c@x', 'd@x']);
    expect(parseMail(mail(`${head}In-Reply-To: Ann <ann@example.org>\n\nx`)).links).toEqual(['1@example.org']);
  });

  it('shows HTML with the plain words beside it', () => {
    const body =
      'Content-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\nContent-Type: text/html\n\n<p>rich</p>\n--b--\n';
    expect(parseMail(mail(head + body)).parts).toEqual([
      { kind: 'text', format: 'html', text: '<p>rich</p>', plain: 'plain' },
    ]);
  });

  it('keeps the invitation that comes only as an alternative', () => {
    const event =
      'BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:u1\nSUMMARY:Tea\nDTSTART;TZID=Europe/Warsaw:20240701T100000\nDURATION:PT30M\nORGANIZER:mailto:Ann@example.org\nATTENDEE;CN=Bob;PARTSTAT=NEEDS-ACTION:mailto:bob@example.org\nEND:VEVENT\nEND:VCALENDAR';
    const body = `Content-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\nContent-Type: text/calendar; method=REQUEST\n\n${event}\n--b--\n`;
    const [, part] = parseMail(mail(head + body)).parts;
    expect(part).toMatchObject({
      kind: 'calendar-event',
      uid: 'u1',
      method: 'request',
      title: 'Tea',
      start: Date.UTC(2024, 6, 1, 8),
      end: Date.UTC(2024, 6, 1, 8, 30),
      timeZone: 'Europe/Warsaw',
      organizer: 'ann@example.org',
      attendees: [{ name: 'Bob', address: 'bob@example.org', status: 'needs-action' }],
    });
  });

  it('says that it is signed, checked by nobody, and shows what the signature covers', () => {
    const body =
      'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b\n\n--b\nContent-Type: text/plain; protected-headers="v1"\nSubject: The real one\n\nwords\n--b\nContent-Type: application/pgp-signature; name=signature.asc\n\nx\n--b--\n';
    const parsed = parseMail(mail(`${head}Subject: ...\n${body}`));
    expect(parsed.subject).toBe('The real one');
    expect(parsed.parts).toMatchObject([
      { kind: 'secured', scheme: 'pgp', what: 'signed', verified: 'not-checked', media: { name: 'signature.asc' } },
      { kind: 'text', text: 'words' },
    ]);
  });

  it('does not believe a protected subject that nothing signs', () => {
    const body = 'Content-Type: text/plain; protected-headers="v1"\nSubject: Outer\n\nwords\n';
    expect(parseMail(mail(`${head}${body}`)).subject).toBe('Outer');
    const mixed =
      'Subject: Outer\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; protected-headers="v1"\nSubject: Phony\n\nx\n--b--\n';
    expect(parseMail(mail(`${head}${mixed}`)).subject).toBe('Outer');
  });

  it('tells a delivery report in words', () => {
    const body =
      'Content-Type: multipart/report; boundary=b\n\n--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; bob@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n--b--\n';
    expect(parseMail(mail(head + body)).parts).toMatchObject([
      { kind: 'text', text: 'Sorry.' },
      { kind: 'system', event: 'delivery-report', text: 'bob@example.org: failed (5.1.1), 550 no such user' },
    ]);
  });

  it('shows the words of a message it merely carries, and keeps that message as a file', () => {
    const body = 'Content-Type: message/rfc822\n\nSubject: Inner\n\ninner words\n';
    const { parts } = parseMail(mail(head + body));
    expect(parts).toMatchObject([{ kind: 'document', media: { ref: 'part:1', name: 'Inner.eml' } }, { kind: 'text' }]);
    expect(textOf(parts)).toEqual(['inner words\n']);
  });

  it('takes uuencoded files out of the text', () => {
    const source = mail(`${head}\nSee:\nbegin 644 cat.txt\n#0V%T\n\`\nend\nBye\n`);
    const { parts } = parseMail(source);
    expect(textOf(parts)).toEqual(['See:\n\nBye\n']);
    expect(openPart(source, 'part:1/uu1')).toMatchObject({ name: 'cat.txt', bytes: Buffer.from('Cat') });
  });

  it('names its attachments by IMAP section, and opens them by that name', () => {
    const inner =
      'Content-Type: multipart/mixed; boundary=c\n\n--c\n\nwords\n--c\nContent-Type: application/pdf; name="a/b.pdf"\nContent-Transfer-Encoding: base64\n\nQUJD\n--c--';
    const source = mail(
      `${head}Content-Type: multipart/mixed; boundary=b\n\n--b\n${inner}\n--b\nContent-Type: image/png\nContent-ID: <i@x>\nContent-Disposition: inline\n\nx\n--b--\n`,
    );
    const media = parseMail(source).parts.flatMap(mediaOf);
    expect(media).toMatchObject([
      { ref: 'part:1.2', mime: 'application/pdf', name: 'b.pdf' },
      { ref: 'part:2', mime: 'image/png', contentId: 'i@x', inline: true },
    ]);
    expect(openPart(source, 'part:1.2')?.bytes.toString()).toBe('ABC');
    expect(openPart(source, 'part:9')).toBeUndefined();
  });

  it('survives a boundary that never comes, nesting without end and a hundred thousand parts', () => {
    expect(textOf(parseMail(mail(`${head}Content-Type: multipart/mixed; boundary=b\n\nwords\n`)).parts)).toEqual([
      'words\n',
    ]);
    const deep = Array.from(
      { length: 3000 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`,
    ).join('');
    expect(parseMail(mail(head + deep)).damage).toContain('multiparts are nested too deeply');
    const many = parseMail(mail(`${head}Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(100_000)}`));
    expect(many.damage).toContain('too many parts');
    expect(many.parts.length).toBeLessThanOrEqual(1000);
  });

  it('is read in time whatever its header is', () => {
    // Of the processor, not of the clock: others work on this machine too.
    const before = process.cpuUsage();
    for (const value of ['a@b,', '(', '<', '"<', 'a ', '=?a?q?', ' \t', 'g:', '\\"', "name*0*=utf-8''%41;"])
      parseMail(
        mail(
          `From: ${value.repeat(30_000)}\nSubject: ${value.repeat(30_000)}\nReferences: ${value.repeat(30_000)}\nContent-Type: text/plain; ${value.repeat(30_000)}\n\nx`,
        ),
      );
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(15_000);
  });
});

describe('Mapping to the model', () => {
  it('knows the account itself, and names people as this message does', () => {
    const { message, users } = toIncoming(parseMail(mail(`${head}Cc: =?utf-8?q?=C5=BBak?= <Zak@Example.org>\n\nx`)), {
      own,
    });
    expect(message.from).toEqual({ is: 'user', key: 'ann@example.org', name: 'Ann' });
    expect(message.recipients).toEqual([
      { role: 'to', key: 'me@example.org' },
      { role: 'cc', key: 'zak@example.org', name: 'Żak' },
    ]);
    expect(users.map((user) => user.type === 'user' && user.key)).toEqual(['ann@example.org', 'zak@example.org']);
    expect(toIncoming(parseMail(mail('From: Me <ME@example.org>\n\nx')), { own }).message.from).toMatchObject({
      is: 'me',
    });
    expect(toIncoming(parseMail(mail('Subject: nobody\n\nx')), { own }).message.from).toEqual({ is: 'system' });
  });

  it('takes out characters that turn or hide a name', () => {
    const from = Buffer.from('From: "Ann\u202egpj.exe\u0000" <ann@example.org>\n\nx');
    expect(parseMail(from).from?.name).toBe('Anngpj.exe');
  });
});

describe('A message of which only pieces were fetched', () => {
  it('is the message it would be whole', () => {
    const whole = mail(
      `${head}Subject: Hi\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=iso-8859-2\nContent-Transfer-Encoding: quoted-printable\n\n=AFak\n--b\nContent-Type: application/pdf; name=a.pdf\n\nx\n--b--\n`,
    );
    const pieces = fromPieces({
      headers: mail(`${head}Subject: Hi\n\n`),
      text: {
        bytes: mail('=AFak'),
        contentType: 'text/plain; charset=iso-8859-2',
        transferEncoding: 'QUOTED-PRINTABLE',
      },
      attachments: [{ section: '2', mime: 'application/pdf', name: 'a.pdf', bytes: 1 }],
    });
    const parsed = parseMail(whole);
    expect(pieces.parts).toEqual(parsed.parts);
    expect(kinds(pieces.parts)).toEqual(['text', 'document']);
    expect({ ...pieces, headers: [] }).toEqual({ ...parsed, headers: [] });
  });
});
