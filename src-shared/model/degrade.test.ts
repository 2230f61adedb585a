import { describe, expect, it } from 'vitest';
import { degrade, reactionAsReply } from './degrade.ts';
import { asBlobRef, type Part, type PartKind, partKinds, type SendLimits } from './index.ts';

const mail: SendLimits = {
  style: 'mail',
  maxText: 0,
  formats: { plain: 'full', markdown: 'converted', html: 'full' },
  parts: {
    text: { level: 'full' },
    image: { level: 'full', maxBytes: 1000 },
    document: { level: 'full', maxCount: 2 },
    location: { level: 'converted' },
    poll: { level: 'converted' },
  },
  subject: true,
  recipients: true,
  reply: 'full',
  thread: 'full',
  mentions: 'dropped',
  maxTotalBytes: 1500,
  idempotent: false,
};
/** Text messages over a telephone network: words alone. */
const sms: SendLimits = {
  ...mail,
  style: 'chat',
  maxText: 160,
  formats: { plain: 'full', markdown: 'converted', html: 'converted' },
  parts: Object.fromEntries(
    partKinds.map((kind): [PartKind, { level: 'converted' }] => [kind, { level: 'converted' }]),
  ),
  subject: false,
  recipients: false,
  reply: 'converted',
};
const media = (name: string, bytes: number) => ({ ref: asBlobRef(name), mime: 'image/png', name, bytes });
const textOf = (parts: readonly Part[]): string =>
  parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('|');
const whys = (problems: readonly { level: string; what: string }[]) =>
  problems.map(({ level, what }) => `${level} ${what}`);

describe('degrade', () => {
  it('leaves alone what the channel carries', () => {
    const parts: Part[] = [
      { kind: 'text', format: 'plain', text: 'Hello' },
      { kind: 'image', media: media('a.png', 900) },
    ];
    expect(degrade({ subject: 'S', parts }, mail)).toEqual({ subject: 'S', parts, keepsReply: true, problems: [] });
  });

  it('turns markdown into HTML for mail, with the plain words beside it and without a warning', () => {
    const { parts, problems } = degrade(
      { parts: [{ kind: 'text', format: 'markdown', text: '**Yes**, `a < b`' }] },
      mail,
    );
    expect(parts).toEqual([
      {
        kind: 'text',
        format: 'html',
        text: '<p><strong>Yes</strong>, <code>a &lt; b</code></p>',
        plain: 'Yes, a < b',
      },
    ]);
    expect(problems).toEqual([]);
  });

  it('says that formatting is lost when HTML becomes text, and only when there was any', () => {
    const rich = degrade({ parts: [{ kind: 'text', format: 'html', text: '<b>Hi</b>' }] }, sms);
    expect(textOf(rich.parts)).toBe('Hi');
    expect(whys(rich.problems)).toEqual(['converted format']);
    expect(degrade({ parts: [{ kind: 'text', format: 'html', text: '<div>Hi<br>you</div>' }] }, sms).problems).toEqual(
      [],
    );
  });

  it('puts the subject into the first line where there is none', () => {
    const { subject, parts, problems } = degrade(
      { subject: 'Dinner', parts: [{ kind: 'text', format: 'plain', text: 'At eight?' }] },
      sms,
    );
    expect([subject, textOf(parts)]).toEqual([undefined, 'Dinner\n\nAt eight?']);
    expect(whys(problems)).toEqual(['converted subject']);
  });

  it('quotes what is answered where there are no replies', () => {
    const { keepsReply, parts } = degrade(
      { parts: [{ kind: 'text', format: 'plain', text: 'Yes' }], answers: { author: 'Ala', text: 'Coming?\nTonight' } },
      sms,
    );
    expect([keepsReply, textOf(parts)]).toEqual([false, 'Ala:\n> Coming?\n> Tonight\n\nYes']);
  });

  it.each<[string, Part, string]>([
    [
      'buttons to numbered text',
      {
        kind: 'buttons',
        text: 'Which?',
        quickReplies: false,
        buttons: [
          { id: '1', label: 'Tea', action: 'reply' },
          { id: '2', label: 'Site', action: 'url', value: 'https://example.org' },
        ],
      },
      'Which?\n1. Tea\n2. Site: https://example.org',
    ],
    [
      'a location to a map link',
      { kind: 'location', latitude: 52.2297, longitude: 21.0122, name: 'Warszawa' },
      'Warszawa\nhttps://www.openstreetmap.org/?mlat=52.2297&mlon=21.0122#map=16/52.2297/21.0122',
    ],
    [
      'a poll to its question and numbered answers',
      {
        kind: 'poll',
        question: 'When?',
        options: [
          { id: 'a', text: 'Now' },
          { id: 'b', text: 'Later' },
        ],
        multiple: false,
        closed: false,
      },
      'When?\n1. Now\n2. Later',
    ],
    [
      'a contact to its lines',
      { kind: 'contact', name: 'Ola', phones: ['+48 600 000 000'], emails: ['ola@example.org'] },
      'Ola\n+48 600 000 000\nola@example.org',
    ],
    [
      'a price to its currency',
      { kind: 'product', items: [{ id: '1', title: 'Book', quantity: 2, priceMinor: 1999 }], currency: 'EUR' },
      '2 × Book (19.99 EUR)',
    ],
    [
      'a currency without minor unit as it is counted',
      { kind: 'product', items: [{ id: '1', title: 'Tea', priceMinor: 500 }], currency: 'JPY' },
      'Tea (500 JPY)',
    ],
    [
      'an all-day event to its date',
      {
        kind: 'calendar-event',
        uid: 'u',
        method: 'request',
        title: 'Fair',
        start: Date.UTC(2026, 4, 1),
        allDay: true,
        attendees: [],
      },
      'Fair\n2026-05-01',
    ],
  ])('turns %s', (_what, part, text) => {
    const { parts, problems } = degrade({ parts: [part] }, { ...sms, maxText: 0 });
    expect(parts).toEqual([{ kind: 'text', format: 'plain', text }]);
    expect(whys(problems)).toEqual([`converted ${part.kind}`]);
  });

  it('says of every part kind what becomes of it, whatever the channel does', () => {
    for (const kind of partKinds) {
      const part = samples[kind];
      for (const level of ['converted', 'dropped', 'rejected'] as const) {
        if (kind === 'text') continue;
        const { parts, problems } = degrade({ parts: [part] }, { ...sms, maxText: 0, parts: { [kind]: { level } } });
        expect(problems.length, `${kind} ${level}`).toBeGreaterThan(0);
        expect(parts.some((each) => each.kind === kind)).toBe(false);
      }
    }
  });

  it('makes a sticker a picture before it makes it an emoji', () => {
    const part: Part = { kind: 'sticker', media: media('s.webp', 10), emoji: '🎉' };
    const limits = { ...mail, parts: { ...mail.parts, sticker: { level: 'converted' as const } } };
    expect(degrade({ parts: [part] }, limits).parts).toEqual([{ kind: 'image', media: part.media }]);
  });

  it('rejects by name what is too large, too many or too long', () => {
    const big = degrade({ parts: [{ kind: 'image', media: media('big.png', 1001) }] }, mail);
    expect(big.problems).toEqual([
      { level: 'rejected', what: 'size', why: 'big.png has 2 kB; this channel takes at most 1 kB.' },
    ]);
    const three = [1, 2, 3].map((n): Part => ({ kind: 'document', media: media(`${n}`, 600) }));
    expect(whys(degrade({ parts: three }, mail).problems)).toEqual(['rejected document', 'rejected size']);
    const long: Part = { kind: 'text', format: 'plain', text: 'x'.repeat(161) };
    expect(whys(degrade({ parts: [long] }, sms).problems)).toEqual(['rejected length']);
  });

  it('does not send a part the channel never heard of', () => {
    expect(whys(degrade({ parts: [{ kind: 'address', formatted: 'X' }] }, mail).problems)).toEqual([
      'rejected address',
    ]);
  });
});

describe('reactionAsReply', () => {
  it('quotes what it is about, shortened to a line', () => {
    expect(reactionAsReply('👍', 'See you\nat eight')).toBe('👍\n\n> See you at eight');
    expect(reactionAsReply('👍', 'x'.repeat(500)).length).toBeLessThan(210);
    expect(reactionAsReply('👍', '')).toBe('👍');
  });
});

const samples: { readonly [K in PartKind]: Part & { kind: K } } = {
  text: { kind: 'text', format: 'plain', text: 'x' },
  image: { kind: 'image', media: media('i', 1) },
  video: { kind: 'video', media: media('v', 1) },
  audio: { kind: 'audio', media: media('a', 1), voiceNote: true },
  document: { kind: 'document', media: media('d', 1) },
  sticker: { kind: 'sticker', media: media('s', 1), emoji: '🎉' },
  location: { kind: 'location', latitude: 0, longitude: 0 },
  address: { kind: 'address', formatted: 'Street 1' },
  contact: { kind: 'contact', name: 'Ola', phones: [], emails: [] },
  poll: { kind: 'poll', question: '?', options: [], multiple: false, closed: false },
  'link-preview': { kind: 'link-preview', url: 'https://example.org' },
  buttons: { kind: 'buttons', quickReplies: true, buttons: [] },
  list: { kind: 'list', open: 'Open', sections: [] },
  carousel: { kind: 'carousel', cards: [] },
  template: { kind: 'template', name: 't', text: 'Hello', parameters: {} },
  form: { kind: 'form', id: 'f', title: 'Form', fields: [], submitted: false },
  product: { kind: 'product', items: [] },
  'calendar-event': { kind: 'calendar-event', uid: 'u', method: 'none', title: 'E', allDay: false, attendees: [] },
  call: { kind: 'call', direction: 'incoming', media: 'audio', outcome: 'missed' },
  system: { kind: 'system', event: 'renamed', text: 'Renamed' },
  story: { kind: 'story' },
  secured: { kind: 'secured', scheme: 'pgp', what: 'key', verified: 'not-checked' },
  unsupported: { kind: 'unsupported', what: 'thing' },
};
