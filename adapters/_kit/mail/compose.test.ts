import { describe, expect, it } from 'vitest';
import { asUserKey, mediaOf, type OutgoingMessage } from '../../../src-shared/model/index.ts';
import { composeMail, openPart, parseMail } from './index.ts';

const message: OutgoingMessage = {
  subject: 'Gęś – zażółć',
  at: Date.UTC(2024, 6, 1, 8),
  parts: [{ kind: 'text', format: 'html', text: '<p>Cześć <b>Bob</b></p>', plain: 'Cześć Bob' }],
  recipients: [
    { role: 'to', key: asUserKey('bob@example.org'), name: 'Bób, "B"' },
    { role: 'cc', key: asUserKey('eve@example.org') },
    { role: 'bcc', key: asUserKey('hidden@example.org') },
  ],
  references: ['root@example.org'],
};
const options = {
  messageId: 'm1@example.org',
  from: { name: 'Zoë', address: 'zoe@example.org' },
  files: [{ name: 'żółw.txt', mime: 'text/plain', bytes: new TextEncoder().encode('żółw') }],
  inReplyTo: 'parent@example.org',
  bcc: 'strip',
} as const;

describe('A composed mail', () => {
  it('comes back as it was when it is read', async () => {
    const { raw } = await composeMail(message, options);
    const read = parseMail(raw);
    expect(read).toMatchObject({
      key: 'm1@example.org|1719820800',
      links: ['m1@example.org', 'root@example.org', 'parent@example.org'],
      subject: message.subject,
      from: options.from,
      to: [{ name: 'Bób, "B"', address: 'bob@example.org' }],
      at: message.at,
      damage: [],
    });
    expect(read.parts[0]).toEqual({ ...message.parts[0] });
    const [file] = read.parts.flatMap(mediaOf);
    expect(file?.name).toBe('żółw.txt');
    expect(openPart(raw, file?.ref ?? '')?.bytes.toString()).toBe('żółw');
  });

  it('is the same bytes on every try', async () => {
    expect((await composeMail(message, options)).raw).toEqual((await composeMail(message, options)).raw);
  });

  it('goes to everyone, and names the hidden only in the copy the sender keeps', async () => {
    const sent = await composeMail(message, options);
    expect(sent.envelope).toEqual({
      from: 'zoe@example.org',
      to: ['bob@example.org', 'eve@example.org', 'hidden@example.org'],
    });
    expect(parseMail(sent.raw).bcc).toEqual([]);
    const kept = await composeMail(message, { ...options, bcc: 'keep' });
    expect(parseMail(kept.raw).bcc).toEqual([{ name: '', address: 'hidden@example.org' }]);
  });

  it('cannot be given a header by a subject or a name', async () => {
    const { raw } = await composeMail(
      { ...message, subject: 'a\r\nX-Evil: 1' },
      { ...options, from: { name: 'b\r\nX-Evil: 2', address: 'zoe@example.org' } },
    );
    expect(parseMail(raw).headers.some(({ name }) => name === 'x-evil')).toBe(false);
  });

  it('is refused without a recipient, or for one that is no address', async () => {
    await expect(composeMail({ ...message, recipients: [] }, options)).rejects.toMatchObject({
      code: 'no-recipient',
      outcome: 'refused',
    });
    const nobody = { ...message, recipients: [{ role: 'to' as const, key: asUserKey('name:Bob') }] };
    await expect(composeMail(nobody, options)).rejects.toMatchObject({ code: 'bad-address', outcome: 'refused' });
  });
});
