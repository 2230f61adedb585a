import { describe, expect, it } from 'vitest';
import { asBlobRef, asMessageKey, asUserKey, type ChannelEvent, MessageId } from '../../../src-shared/model/index.ts';
import type { ExportItem } from '../../store/api.ts';
import { jsonLine, readJsonLine } from './jsonl.ts';
import { mboxEntry } from './mbox.ts';

describe('an mbox entry', () => {
  it('has the separator of RFC 4155, LF line ends and one empty line after it', () => {
    const entry = mboxEntry(
      Buffer.from('Subject: x\r\n\r\nHello\r\n'),
      'ala@example.org',
      Date.UTC(1996, 0, 3, 1, 5, 34),
    );
    expect(entry.toString()).toBe('From ala@example.org Wed Jan  3 01:05:34 1996\nSubject: x\n\nHello\n\n');
  });
  it('quotes every From line so that it can be undone', () => {
    const entry = mboxEntry(Buffer.from('A: b\n\nFrom me\n>From you\n>>From x\nFromage\n > From y'), '', 0);
    expect(entry.toString().split('\n').slice(1)).toEqual([
      'A: b',
      '',
      '>From me',
      '>>From you',
      '>>>From x',
      'Fromage',
      ' > From y',
      '',
      '',
    ]);
  });
  it('keeps bytes that are not UTF-8', () => {
    const entry = mboxEntry(Buffer.from([0x41, 0x3a, 0x20, 0xff, 0xfe, 0x0a]), 'x', 0);
    expect(entry.includes(Buffer.from([0xff, 0xfe]))).toBe(true);
  });
});

describe('a JSON line', () => {
  it('is read back as it was written, source bytes and all', () => {
    const source = Buffer.from([0, 1, 2, 255]);
    const event = (withSource: boolean): ChannelEvent => ({
      type: 'message',
      message: {
        key: asMessageKey('k'),
        links: ['a@b'],
        from: { is: 'user', key: asUserKey('ala@example.org') },
        at: 5,
        parts: [{ kind: 'text', format: 'plain', text: 'Zażółć\n' }],
        ...(withSource ? { source } : {}),
      },
    });
    const account = { channel: 'email', key: asUserKey('me@example.org'), label: 'Me' };
    const item: ExportItem = {
      id: MessageId.parse(1),
      account,
      events: [event(false)],
      source,
      attachments: [],
      recipients: [],
    };
    const identities = [{ key: asUserKey('me@example.org'), name: 'Me' }];
    const files = [{ ref: asBlobRef('part:2'), bytes: Buffer.from([7, 0, 255]) }];
    const line = jsonLine(item, identities, files);
    expect(line.subarray(0, -1).includes('\n')).toBe(false);
    expect(readJsonLine(line.toString())).toEqual({
      account: { ...account, identities },
      events: [event(true)],
      files: files.map((file) => ({ ...file, message: asMessageKey('k') })),
    });
  });
  it('is refused when it is not one', () => {
    expect(() => readJsonLine('{"carillon":2}')).toThrow();
    expect(() => readJsonLine('From me')).toThrow();
  });
});
