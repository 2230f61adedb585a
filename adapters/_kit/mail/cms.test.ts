import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signedContent } from './cms.ts';
import { openPart } from './open.ts';
import { parseMail } from './parse.ts';

/** Made with `openssl cms -sign -nodetach`, and once more with `-stream`: DER, and BER of indefinite length in pieces. */
const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'fixtures', name));
const body = (mail: Buffer): Buffer => {
  const text = mail.toString('latin1');
  return Buffer.from(text.slice(text.search(/\r?\n\r?\n/)), 'base64');
};

describe.each(['opaque-signed.eml', 'opaque-signed-streamed.eml'])('%s', (name) => {
  const mail = fixture(name);

  it('shows what the signature covers, says that nobody checked it, and hands out every file', () => {
    const { parts, subject } = parseMail(mail);
    expect(parts).toMatchObject([
      { kind: 'secured', scheme: 'smime', what: 'signed', verified: 'not-checked', media: { name: 'smime.p7m' } },
      { kind: 'text', format: 'plain', text: expect.stringContaining('Sunday at ten, in the tower. Zażółć.') },
      { kind: 'document', media: { ref: 'part:1/signed/2', name: 'bells.csv', mime: 'text/csv' } },
    ]);
    expect(subject).toBe('The peal on Sunday');
    expect(openPart(mail, 'part:1/signed/2')?.bytes.toString()).toBe('bell,kg\r\ntenor,412');
    expect(openPart(mail, 'part:1')).toMatchObject({ name: 'smime.p7m', mime: 'application/pkcs7-mime' });
  });

  it('cut off anywhere is a file and no words, and never a fault', () => {
    const whole = body(mail);
    for (let end = 0; end < whole.length; end += 7) {
      const content = signedContent(whole.subarray(0, end));
      // Words only where all of them are there.
      if (content) expect(content.toString()).toContain('tenor,412\r\n--inner--');
    }
  });

  it('changed anywhere never breaks the reader', () => {
    const whole = body(mail);
    for (let at = 0; at < whole.length; at += 3) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      expect(() => signedContent(changed)).not.toThrow();
    }
  });
});

it('what is nested without end is no message', () => {
  expect(signedContent(Buffer.alloc(200_000, Buffer.from([0x30, 0x80])))).toBeUndefined();
});

it('a message signed over and over is opened only so deep', () => {
  const [head = '', encoded = ''] = fixture('opaque-signed.eml')
    .toString('latin1')
    .split(/\r?\n\r?\n/);
  let inner = Buffer.from(`${head}\r\n\r\n${encoded}`);
  const length = (n: number): Buffer => Buffer.from([0x83, n >> 16, (n >> 8) & 0xff, n & 0xff]);
  const tlv = (tag: number, ...content: Buffer[]): Buffer => {
    const all = Buffer.concat(content);
    return Buffer.concat([Buffer.from([tag]), length(all.length), all]);
  };
  const oid = (last: number) => Buffer.from([0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, last]);
  for (let depth = 0; depth < 40; depth += 1) {
    const content = tlv(0x30, oid(1), tlv(0xa0, tlv(0x04, inner)));
    const signed = tlv(0x30, oid(2), tlv(0xa0, tlv(0x30, Buffer.from([2, 1, 1]), tlv(0x31), content)));
    inner = Buffer.concat([Buffer.from('Content-Type: application/pkcs7-mime\r\n\r\n'), signed]);
  }
  const { parts } = parseMail(inner);
  expect(parts.length).toBeLessThanOrEqual(31);
  expect(parts.every((part) => part.kind === 'secured')).toBe(true);
});
