import { describe, expect, it } from 'vitest';
import { asTxnId, ChannelEvent, type IncomingMessage } from '../../src-shared/model/index.ts';
import { chance } from '../../tests/simulators/_base/index.ts';
import { parseMail, toIncoming } from '../_kit/mail/index.ts';
import { spoil } from '../_kit/testing/spoil.ts';
import delta from './fixtures/delta.json' with { type: 'json' };
import said from './fixtures/message.json' with { type: 'json' };
import { ownMessageId, txnOfMessageId } from './ids.ts';
import { differences, labelEvents } from './labels.ts';
import { jobOf, toEvents } from './map.ts';
import { needsWhole, toSource } from './source.ts';
import { changesIn } from './sync/changes.ts';
import { File, Message, Page, State } from './wire.ts';

const own = new Set(['alexw@contoso.onmicrosoft.com']);
const observedAt = Date.UTC(2026, 10, 20);
const drawing = { id: 'AAMkfile=', name: 'Rysunki – środa.pdf', contentType: 'application/pdf', size: 1_840_022 };
const invitation = { id: 'AAMkics=', name: 'visit.ics', contentType: 'text/calendar', size: 300 };
const picture = {
  id: 'AAMkpng=',
  name: 'plan.png',
  contentType: 'image/png',
  size: 48_213,
  isInline: true,
  contentId: 'ii_1',
};
const ics = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:visit-1@northwind.example',
  'DTSTART:20261120T090000Z',
  'SUMMARY:Site visit',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

/** What Graph said, as events, on this thread. */
function read(told: unknown, files: readonly unknown[] = []): readonly ChannelEvent[] {
  const message = Message.parse(told);
  const held = files.map((file) => File.parse(file));
  const job = jobOf(message, toSource(message, held, new Map([['AAMkics=', Buffer.from(ics)]])), observedAt);
  const { source, ...rest } = job;
  const mail = parseMail(source, rest.receivedAt === undefined ? {} : { receivedAt: rest.receivedAt });
  return toEvents(message, held, { ...toIncoming(mail, { own, ...rest }), damage: mail.damage });
}
function messageIn(told: unknown, files?: readonly unknown[]): IncomingMessage {
  for (const event of read(told, files)) if (event.type === 'message') return event.message;
  throw new Error('no message');
}

describe('a message Graph took apart', () => {
  it('is a text, from whom, to whom, when and where', () => {
    expect(messageIn(said)).toMatchObject({
      key: 'AAMkADhMGAAA=',
      links: ['MWHPR6E1BE060@MWHPR1120.namprd22.prod.outlook.com', 'outlook-thread:AAQkADOUpag6yWs='],
      from: { is: 'user', key: 'adelev@contoso.onmicrosoft.com', name: 'Adele Vance' },
      recipients: [{ role: 'to', key: 'alexw@contoso.onmicrosoft.com', name: 'Alex Wilber' }],
      at: Date.UTC(2018, 8, 9, 3, 15, 6),
      subject: '9/9/2018: concert',
      parts: [{ kind: 'text', format: 'html', plain: expect.stringContaining('The group represents Nevada.') }],
      flags: { read: true, starred: false, important: false, draft: false },
      placements: [{ label: 'AAMkADcbAAAAAAEJAAA=', ref: 'AAMkADhMGAAA=' }],
      observedAt,
    });
  });

  it('keeps files by their names, kinds and sizes, and shows an invitation as one', () => {
    const [, ...parts] = messageIn(said, [picture, drawing, invitation]).parts;
    expect(parts).toMatchObject([
      {
        kind: 'image',
        media: { ref: 'file:AAMkpng=', mime: 'image/png', bytes: 48_213, contentId: 'ii_1', inline: true },
      },
      { kind: 'document', media: { ref: 'file:AAMkfile=', name: 'Rysunki – środa.pdf', mime: 'application/pdf' } },
      { kind: 'calendar-event', uid: 'visit-1@northwind.example', method: 'request', title: 'Site visit' },
    ]);
  });

  it('is flagged, placed under its categories, and in the other half of the inbox', () => {
    const more = {
      categories: ['Harbour'],
      inferenceClassification: 'other',
      importance: 'high',
      flag: { flagStatus: 'flagged' },
    };
    const message = messageIn({ ...said, ...more, isRead: false });
    expect(message.placements?.map(({ label }) => label)).toEqual([
      said.parentFolderId,
      'category:Harbour',
      'inbox:other',
    ]);
    expect(message.flags).toEqual({ read: false, starred: true, important: true, draft: false });
  });

  it('is asked for whole where only the bytes tell what it is', () => {
    const typed = (value: string) => ({
      ...Message.parse(said),
      internetMessageHeaders: [{ name: 'Content-type', value }],
    });
    expect(needsWhole(Message.parse(said))).toBe(false);
    expect(needsWhole(typed('multipart/signed; micalg=sha-256'))).toBe(true);
    expect(needsWhole(typed('application/pkcs7-mime; smime-type=enveloped-data'))).toBe(true);
    expect(needsWhole(Message.parse({ ...said, '@odata.type': '#microsoft.graph.eventMessageRequest' }))).toBe(true);
  });

  it('lets nobody write a header into it by a name or a subject', () => {
    const name = 'A"\r\nBcc: x@example.org\r\n';
    const message = messageIn({
      ...said,
      subject: 'One\r\nX-Carillon-Id: stolen',
      from: { emailAddress: { name, address: 'a@example.org' } },
    });
    expect(message.recipients?.some(({ role }) => role === 'bcc')).toBe(false);
    expect(message.subject).toBe('One X-Carillon-Id: stolen');
  });
});

it('knows its own transaction in a Message-ID, and no other', () => {
  const txn = asTxnId('0b7f2f0e-13a4-4f9c-9d3a-1f2e3d4c5b6a');
  expect(txnOfMessageId(`<${ownMessageId(txn, 'northwind.example')}>`)).toBe(txn);
  expect(txnOfMessageId('<MWHPR6E1BE060@MWHPR1120.namprd22.prod.outlook.com>')).toBeUndefined();
});

it('reads a delta that tells a part only for what it is', () => {
  const { value } = Page.parse(delta);
  expect(changesIn(value)).toEqual({
    present: [],
    partial: ['AAMkADNkNAAASq35xAAA='],
    removed: ['AAMkADk0MGFkODE3LWE4MmYtNDRhOS0Dh_6qB-pB2Sa2pUum19a6YAAKnLuxoAAA='],
    odd: 0,
  });
  expect(changesIn([said, { ...said, flag: undefined }, 7])).toMatchObject({
    present: [{}],
    partial: ['AAMkADhMGAAA='],
    odd: 1,
  });
});

it('tells of a state what differs from what is here, and nothing where nothing does', () => {
  const state = State.parse({ ...said, categories: ['Harbour'] });
  const events = differences(state, [], {}, 5);
  expect(events.map((event) => event.type)).toEqual(['label', 'placed', 'placed', 'flags']);
  const placed = events.flatMap((event) => (event.type === 'placed' ? [{ label: event.label }] : []));
  expect(differences(state, placed, { read: true }, 6)).toEqual([]);
});

it('names folders by their whole path, and categories in their colours', () => {
  const folder = (id: string, displayName: string, parentFolderId: string) => ({ id, displayName, parentFolderId });
  const folders = [folder('a', 'Inbox', 'root'), folder('b', 'Tiles', 'a'), folder('c', 'Loop', 'c')];
  const told = labelEvents(folders, new Map([['a', 'inbox']]), [{ displayName: 'Harbour', color: 'preset0' }], 1);
  expect(
    told.flatMap((event) => (event.type === 'label' ? [[event.patch.name?.slice(0, 11), event.patch.role]] : [])),
  ).toEqual([
    ['Inbox', 'inbox'],
    ['Inbox/Tiles', null],
    ['Loop/Loop/L', null],
    ['Harbour', undefined],
    ['Other', undefined],
  ]);
  expect(told).toContainEqual(expect.objectContaining({ patch: expect.objectContaining({ colour: '#e7a1a2' }) }));
});

it('never fails over what an answer holds, and what it makes of it is always valid', () => {
  let understood = 0;
  for (let seed = 0; seed < 500; seed++) {
    const luck = chance('outlook', seed);
    const told = spoil({ ...said, categories: ['Harbour', 'Receipts'] }, luck);
    const files = [picture, drawing, invitation].map((file) => spoil(file, luck));
    if (!Message.safeParse(told).success || !files.every((file) => File.safeParse(file).success)) continue;
    understood++;
    for (const event of read(told, files)) expect(ChannelEvent.safeParse(event).error, `seed ${seed}`).toBeUndefined();
  }
  expect(understood).toBeGreaterThan(150);
});
