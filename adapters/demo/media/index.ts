import { asBlobRef, type Media } from '../../../src-shared/model/index.ts';
import { hillsJpeg } from './jpeg.ts';
import { pdf } from './pdf.ts';
import { face, landscape } from './png.ts';
import { loudness, murmur, peal } from './wav.ts';
import { ballWebm } from './webm.ts';

/** The files people of the pretend world send. Bytes are made when asked for, always the same. */
interface File {
  readonly media: Omit<Media, 'ref'>;
  readonly make: () => Uint8Array;
}

const scene = (name: string): File => ({
  media: { mime: 'image/png', name: `${name}.png`, width: 480, height: 320 },
  make: () => landscape(name, 480, 320),
});
const sticker = (name: string): File => ({
  media: { mime: 'image/png', name: `${name}.png`, width: 192, height: 192 },
  make: () => face(name, 192),
});
const paper = (name: string, lines: readonly string[]): File => ({
  media: { mime: 'application/pdf', name: `${name}.pdf` },
  make: () => pdf(lines),
});
const text = (name: string, mime: string, body: string): File => ({
  media: { mime, name },
  make: () => Buffer.from(body),
});

const budget = `item,planned,spent
Stand and power,4200,4200
Travel,2600,2412
Printing,900,1130
Coffee for visitors,350,611
`;
const minutes = `# Harbour release, 14 people, 40 minutes

- The map draws offline now. Tomasz shows it on the train.
- Search: two bugs left, both known.
- Nobody wants the carousel. It goes.
`;

const catalogue: ReadonlyMap<string, File> = new Map([
  ...[
    'harbour',
    'tram',
    'garden',
    'lighthouse',
    'whiteboard',
    'stand',
    'kitchen',
    'snow',
    'beach',
    'allotment',
    'ferry',
    'sketch',
  ].map((name) => [name, scene(name)] as const),
  ...['wave', 'cheers', 'cat'].map((name) => [name, sticker(name)] as const),
  ['hills', { media: { mime: 'image/jpeg', name: 'hills.jpg', width: 480, height: 300 }, make: () => hillsJpeg }],
  [
    'clip',
    {
      media: { mime: 'video/webm', name: 'ball.webm', width: 240, height: 160, durationMs: 1500 },
      make: () => ballWebm,
    },
  ],
  ['voice', { media: { mime: 'audio/wav', name: 'voice note.wav', durationMs: 4000 }, make: () => murmur(4) }],
  ['bells', { media: { mime: 'audio/wav', name: 'bells.wav', durationMs: 3000 }, make: () => peal(3) }],
  ['budget', text('stand budget.csv', 'text/csv', budget)],
  ['minutes', text('minutes.md', 'text/markdown', minutes)],
  [
    'invoice',
    paper('invoice-2041', [
      'Hetzel Hosting',
      'Invoice 2041',
      '',
      'To: Northwind Maps, attn. Alex Morgan',
      '',
      '2 x harbour-class server, one month ......... 118.00 EUR',
      'Backup space, 500 GB ......................... 9.50 EUR',
      'Total ...................................... 127.50 EUR',
      '',
      'Payable within 14 days. Thank you!',
    ]),
  ],
  [
    'ticket',
    paper('coastline ticket', [
      'Coastline Rail',
      'Harbour City - Tidewater Quay, coach 4, seat 37 (window)',
      'Departs 09:12, platform 3. No change of train.',
    ]),
  ],
  [
    'contract',
    paper('lease, draft 3', [
      'Lease of the workshop at 4 Ropewalk',
      'Draft 3, with the changes asked for in sections 2, 5 and 11.',
    ]),
  ],
]);

const made = new Map<string, Uint8Array>();
/** Bytes of a file of the catalogue; undefined when there is none of that name. */
export function bytesOf(name: string): Uint8Array | undefined {
  const known = made.get(name);
  if (known) return known;
  const bytes = catalogue.get(name)?.make();
  if (bytes) made.set(name, bytes);
  return bytes;
}

/** Describes a file of the catalogue. Throws RangeError for a name it does not have. */
export function mediaFor(name: string, more: Partial<Media> = {}): Media {
  const file = catalogue.get(name);
  if (!file) throw new RangeError(`no file is called ${name}`);
  return { ref: asBlobRef(name), ...file.media, ...more };
}
export const isFile = (name: string): boolean => catalogue.has(name);

/** Forty-eight samples of the voice note, as networks send them for drawing. */
export const waveform: readonly number[] = Array.from({ length: 48 }, (_, index) =>
  Number(loudness(index / 48).toFixed(2)),
);
