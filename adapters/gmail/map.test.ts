import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asLabelKey, ChannelEvent, type IncomingMessage, mediaOf } from '../../src-shared/model/index.ts';
import { chance } from '../../tests/simulators/_base/index.ts';
import { parseMail, toIncoming } from '../_kit/mail/index.ts';
import { spoil } from '../_kit/testing/spoil.ts';
import latin from './fixtures/latin.json' with { type: 'json' };
import mixed from './fixtures/mixed.json' with { type: 'json' };
import plain from './fixtures/plain.json' with { type: 'json' };
import { changeForFlags, changeForMove, labelEvents, labelKeysOf } from './labels.ts';
import { jobOf, toEvents } from './map.ts';
import { changeEvents, fold } from './sync/history.ts';
import { History, HistoryRecord, Message } from './wire.ts';

const own = new Set(['alex@northwind.example']);
const observedAt = Date.UTC(2026, 10, 20);
/** What Gmail said, as events, on this thread. */
function read(said: unknown): readonly ChannelEvent[] {
  const message = Message.parse(said);
  const { source, ...rest } = jobOf(message, observedAt);
  const mail = parseMail(source, rest.receivedAt === undefined ? {} : { receivedAt: rest.receivedAt });
  return toEvents(message, { ...toIncoming(mail, { own, ...rest }), damage: mail.damage });
}
function messageIn(said: unknown): IncomingMessage {
  for (const event of read(said)) if (event.type === 'message') return event.message;
  throw new Error('no message');
}

describe('a message Gmail took apart', () => {
  it('is a text, from whom, when and where', () => {
    expect(messageIn(plain)).toMatchObject({
      key: '154ecb53c10b74d8',
      from: { is: 'me', key: 'alex@northwind.example' },
      at: Date.UTC(2016, 4, 26, 10, 56, 21),
      subject: 'A plain one',
      parts: [{ kind: 'text', format: 'plain', text: 'This is the plain text message\n' }],
      flags: { read: true, starred: false, important: false, draft: false },
      placements: [
        { label: 'INBOX', ref: '154ecb53c10b74d8' },
        { label: 'SENT', ref: '154ecb53c10b74d8' },
      ],
      observedAt,
    });
  });

  it('keeps names, threads, both texts, and files by their real size', () => {
    const message = messageIn(mixed);
    expect(message).toMatchObject({
      subject: 'Plan — środa',
      from: { is: 'user', key: 'ines@northwind.example', name: 'Inês Carvalho' },
      links: ['CAAuXXAkcR8Ru9p@mail.gmail.com', 'root@tidewater.example', 'gmail-thread:154ed5ccaa12f3df'],
      flags: { read: false, starred: true, important: true },
    });
    expect(message.placements?.map(({ label }) => label).toSorted()).toEqual([
      'CATEGORY_UPDATES',
      'Label_7',
      'archive',
    ]);
    const [text, ...files] = message.parts;
    expect(text).toMatchObject({
      kind: 'text',
      format: 'html',
      plain: expect.stringContaining('Spójrz na *plan* = 3'),
    });
    expect(files.flatMap(mediaOf)).toMatchObject([
      { name: 'plan.png', mime: 'image/png', bytes: 48_213, contentId: 'ii_1', inline: true },
      { name: 'Rysunki.pdf', mime: 'application/pdf', bytes: 1_840_022 },
    ]);
  });

  it('is read in the charset it is in, whether Gmail has converted it or not', () => {
    const wordsOf = (said: unknown) =>
      messageIn(said).parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
    expect(wordsOf(latin)[0]).toContain('Zażółć gęślą');
    const converted = structuredClone(latin);
    const [first] = converted.payload.parts;
    if (first) first.body.data = Buffer.from('Zażółć gęślą').toString('base64url');
    expect(wordsOf(converted)[0]).toContain('Zażółć gęślą');
  });

  it('reads a report whose stretches of fields Gmail tells as parts', () => {
    const text = (body: string) => ({ data: Buffer.from(body).toString('base64url'), size: body.length });
    const stretch = (body: string) => ({ mimeType: 'text/plain', filename: '', headers: [], body: text(body) });
    const type = 'multipart/report; report-type=delivery-status; boundary="r"';
    const said = {
      ...plain,
      payload: {
        mimeType: 'multipart/report',
        headers: [
          ...plain.payload.headers.filter(({ name }) => !/^content-/i.test(name)),
          { name: 'Content-Type', value: type },
        ],
        body: { size: 0 },
        parts: [
          stretch('Sorry.'),
          {
            mimeType: 'message/delivery-status',
            headers: [{ name: 'Content-Type', value: 'message/delivery-status' }],
            body: { size: 0 },
            parts: [
              stretch('Reporting-MTA: dns; mx.example.org\r\n'),
              stretch('Final-Recipient: rfc822; bob@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n'),
            ],
          },
        ],
      },
    };
    expect(JSON.stringify(messageIn(said).parts)).toContain('bob@example.org');
    expect(messageIn(said).parts).not.toContainEqual(
      expect.objectContaining({ text: expect.stringContaining('Final-') }),
    );
  });

  it('shows an invitation as one', () => {
    const invitation = messageIn(latin).parts.find((part) => part.kind === 'calendar-event');
    expect(invitation).toMatchObject({ uid: 'visit-1@northwind.example', method: 'request', title: 'Site visit' });
  });
});

describe('labels', () => {
  it('put what is under no place into the archive', () => {
    expect(labelKeysOf(['UNREAD', 'Label_1'])).toEqual(['Label_1', 'archive']);
    expect(labelKeysOf(['INBOX', 'STARRED'])).toEqual(['INBOX']);
    expect(labelKeysOf(['SENT'])).toEqual(['SENT']);
  });

  it('are changed so that a message has one place', () => {
    const key = asLabelKey;
    expect(changeForMove([key('archive')], [key('INBOX')])).toEqual({ add: [], remove: ['INBOX', 'TRASH', 'SPAM'] });
    expect(changeForMove([key('INBOX')], [key('archive')])).toEqual({ add: ['INBOX'], remove: [] });
    expect(changeForMove([key('TRASH')], [])).toEqual({ add: ['TRASH'], remove: ['INBOX'] });
    expect(changeForMove([key('Label_2')], [key('Label_1')])).toEqual({ add: ['Label_2'], remove: ['Label_1'] });
    expect(changeForMove([key('SENT')], [key('DRAFT')])).toEqual({ add: [], remove: [] });
    expect(changeForFlags({ read: true, starred: true })).toEqual({ add: ['STARRED'], remove: ['UNREAD'] });
  });

  it('have the roles and names people know them by', () => {
    const told = labelEvents(
      [
        { id: 'INBOX', name: 'INBOX', type: 'system' },
        { id: 'UNREAD', name: 'UNREAD', type: 'system' },
        { id: 'CATEGORY_PROMOTIONS', name: 'CATEGORY_PROMOTIONS', type: 'system' },
        { id: 'Label_7', name: 'Harbour/Tiles', type: 'user', color: { backgroundColor: '#16a766' } },
      ],
      1,
    );
    expect(
      told.map((event) => (event.type === 'label' ? [event.key, event.patch.name, event.patch.role] : [])),
    ).toEqual([
      ['archive', 'All Mail', 'archive'],
      ['INBOX', 'Inbox', 'inbox'],
      ['CATEGORY_PROMOTIONS', 'Promotions', undefined],
      ['Label_7', 'Harbour/Tiles', undefined],
    ]);
  });
});

describe('history', () => {
  const record = (id: string, more: object) => ({ id, messages: [], ...more });
  const about = (id: string, labelIds: readonly string[] = []) => ({ message: { id, threadId: id }, labelIds });

  it('comes to the last that was said of each message', () => {
    const { history = [] } = History.extend({ history: z.array(HistoryRecord) }).parse({
      historyId: '9',
      history: [
        record('1', { messagesAdded: [about('a1')] }),
        record('2', { messagesAdded: [about('b2')] }),
        record('3', { labelsAdded: [about('c3', ['STARRED', 'TRASH'])] }),
        record('4', { labelsRemoved: [about('c3', ['TRASH', 'UNREAD'])], labelsAdded: [about('c3', ['INBOX'])] }),
        record('5', { messagesDeleted: [about('b2')] }),
      ],
    });
    const folded = fold(history);
    expect(folded.added.map(({ id }) => id)).toEqual(['a1']);
    expect(folded.deleted).toEqual(['b2']);
    expect(changeEvents(folded.labels, 5, new Set())).toEqual([
      { type: 'flags', target: 'c3', flags: { starred: true }, at: 5 },
      { type: 'placed', target: 'c3', label: 'TRASH', ref: 'c3', on: false, at: 5 },
      { type: 'placed', target: 'c3', label: 'INBOX', ref: 'c3', on: true, at: 5 },
      { type: 'flags', target: 'c3', flags: { read: true }, at: 5 },
      { type: 'placed', target: 'c3', label: 'archive', ref: 'c3', on: false, at: 5 },
    ]);
  });
});

it('never fails over what an answer holds, and what it makes of it is always valid', () => {
  let understood = 0;
  for (let seed = 0; seed < 500; seed++) {
    const luck = chance('gmail', seed);
    const said = spoil(luck.pick([plain, mixed, latin]), luck);
    if (!Message.safeParse(said).success) continue;
    understood++;
    for (const event of read(said)) expect(ChannelEvent.safeParse(event).error, `seed ${seed}`).toBeUndefined();
  }
  expect(understood).toBeGreaterThan(200);
});
