import type { Part } from '../../../src-shared/model/index.ts';
import { mediaFor, waveform } from '../media/index.ts';
import { type Chat, day, filePart, hour, midnight, type Said } from './build.ts';
import { html, letter, plain } from './letters.ts';

const told = (text: string, ...parts: Part[]): Said => letter('tally', [plain(text), ...parts]);

/** Every kind of part the model has, one after the other, explained by a bot that likes to explain. */
const play = (epoch: number): readonly Said[] => [
  letter('tally', [{ kind: 'system', event: 'member-joined', text: 'Tally joined the conversation' }]),
  told('Hello! I am Tally. I show what a message can be made of. Words first.'),
  letter('tally', [
    {
      kind: 'text',
      format: 'markdown',
      text: '**Bold**, *slanted*, ~~gone~~, `code` and a [link](https://meadow.example).\n\n- one\n- two\n\n> a quotation',
    },
  ]),
  letter('tally', [
    html(
      '<p>And <b>HTML</b>, with a <i>table</i>:</p><table border="1"><tr><td>ebb</td><td>06:12</td></tr><tr><td>flood</td><td>12:31</td></tr></table>',
      'And HTML, with a table: ebb 06:12, flood 12:31',
    ),
  ]),
  told(
    'Pictures, alone or several at once.',
    filePart('harbour', 'A harbour'),
    filePart('hills', 'Some hills'),
    filePart('lighthouse', ''),
  ),
  letter('tally', [{ kind: 'video', media: mediaFor('clip'), loop: true }]),
  letter('tally', [
    {
      kind: 'audio',
      media: mediaFor('voice'),
      voiceNote: true,
      waveform: [...waveform],
      transcript: 'Hello, this is a voice note.',
    },
  ]),
  letter('tally', [{ kind: 'audio', media: mediaFor('bells'), voiceNote: false }]),
  letter('tally', [{ kind: 'document', media: mediaFor('contract') }]),
  letter('tally', [{ kind: 'sticker', media: mediaFor('wave'), emoji: '👋' }]),
  letter('tally', [
    {
      kind: 'location',
      latitude: 54.3506,
      longitude: 18.6575,
      accuracyMetres: 12,
      name: 'The old crane',
      address: 'Szeroka 67/68, Gdańsk',
    },
  ]),
  letter('tally', [
    {
      kind: 'location',
      latitude: 38.7139,
      longitude: -9.1334,
      name: 'Inês is sharing where she is',
      liveUntil: epoch + 2 * hour,
    },
  ]),
  letter('tally', [{ kind: 'address', name: 'Northwind Maps', formatted: '4 Ropewalk\nHarbour City\nHC1 2AB' }]),
  letter('tally', [
    {
      kind: 'contact',
      name: 'Hana Dvořáková',
      organisation: 'Northwind Maps',
      phones: ['+420601000155'],
      emails: ['hana@dvorakova.example'],
    },
  ]),
  letter('tally', [
    {
      kind: 'poll',
      question: 'Where shall we eat?',
      options: [
        { id: 'a', text: 'Noodles', votes: 3, mine: true },
        { id: 'b', text: 'Harbour Grill', votes: 1 },
        { id: 'c', text: 'Anywhere with a coupon', votes: 2 },
      ],
      multiple: false,
      anonymous: false,
      closed: false,
    },
  ]),
  letter('tally', [
    plain('A link, seen before it is opened: https://meadow.example/allotments'),
    {
      kind: 'link-preview',
      url: 'https://meadow.example/allotments',
      title: 'The allotments in 1931',
      description: 'A plan drawn by hand, with every path where it still is.',
      site: 'Meadow',
      image: mediaFor('allotment'),
    },
  ]),
  letter('tally', [
    {
      kind: 'buttons',
      text: 'Did you like it so far?',
      quickReplies: true,
      buttons: [
        { id: 'y', label: 'Yes', action: 'reply', value: 'Yes' },
        { id: 'v', label: 'Very much', action: 'reply', value: 'Very much' },
      ],
    },
  ]),
  letter('tally', [
    {
      kind: 'buttons',
      text: 'Buttons that stay',
      quickReplies: false,
      buttons: [
        { id: 'u', label: 'Open the plan', action: 'url', value: 'https://meadow.example/allotments' },
        { id: 'p', label: 'Call the surgery', action: 'phone', value: '+447700900203' },
        { id: 'c', label: 'Count me in', action: 'callback', value: 'in' },
      ],
    },
  ]),
  letter('tally', [
    {
      kind: 'list',
      title: 'Ferries',
      text: 'Choose a crossing',
      open: 'Show crossings',
      sections: [
        {
          title: 'Morning',
          rows: [
            { id: '1', title: '08:10', description: 'Halina, with café' },
            { id: '2', title: '10:40' },
          ],
        },
        { title: 'Evening', rows: [{ id: '3', title: '19:25', description: 'last one back' }] },
      ],
    },
  ]),
  letter('tally', [
    {
      kind: 'carousel',
      cards: [
        {
          title: 'Lighthouse',
          subtitle: 'Open until five',
          image: mediaFor('lighthouse'),
          url: 'https://tidewater.example/lighthouse',
          buttons: [{ id: 'go', label: 'Plan a visit', action: 'url', value: 'https://tidewater.example/lighthouse' }],
        },
        { title: 'Lamp museum', subtitle: 'Four hundred lamps', image: mediaFor('kitchen'), buttons: [] },
        { title: 'Halina', subtitle: 'Since 1962', image: mediaFor('ferry'), buttons: [] },
      ],
    },
  ]),
  letter('tally', [
    {
      kind: 'template',
      name: 'appointment_reminder',
      language: 'en',
      text: 'Your appointment is on Tuesday at 08:40.',
      parameters: { day: 'Tuesday', time: '08:40' },
    },
  ]),
  letter('tally', [
    {
      kind: 'form',
      id: 'boots',
      title: 'Boots for the allotment',
      submitted: false,
      fields: [
        { id: 'size', label: 'Size', type: 'number', required: true },
        { id: 'colour', label: 'Colour', type: 'choice', options: ['green', 'greener'] },
        { id: 'rain', label: 'Rain expected', type: 'boolean', value: 'true' },
      ],
    },
  ]),
  letter('tally', [
    {
      kind: 'product',
      currency: 'EUR',
      orderId: 'HB-2041',
      status: 'on its way',
      items: [
        { id: 'jar', title: 'Honey, 500 g', quantity: 2, priceMinor: 780, image: mediaFor('garden') },
        { id: 'spoon', title: 'A wooden spoon', quantity: 1, priceMinor: 340 },
      ],
    },
  ]),
  letter('tally', [
    {
      kind: 'calendar-event',
      uid: 'halina-60@tidewater.example',
      method: 'publish',
      title: 'Halina turns sixty',
      start: midnight(epoch) + 160 * day,
      end: midnight(epoch) + 161 * day,
      allDay: true,
      location: 'Tidewater Quay',
      attendees: [],
      recurrence: 'FREQ=YEARLY',
    },
  ]),
  letter('tally', [{ kind: 'call', direction: 'incoming', media: 'video', outcome: 'answered', durationMs: 754_000 }]),
  letter('tally', [{ kind: 'call', direction: 'incoming', media: 'audio', outcome: 'missed' }]),
  letter('tally', [{ kind: 'story', text: 'An answer to a story', media: mediaFor('beach'), expired: false }]),
  letter('tally', [{ kind: 'story', text: 'An answer to a story that is gone', expired: true }]),
  told('A signature nobody has checked says so.', {
    kind: 'secured',
    scheme: 'pgp',
    what: 'signed',
    verified: 'not-checked',
  }),
  letter('tally', [{ kind: 'unsupported', what: 'shared hologram', text: 'Open it on a device with a projector.' }]),
  letter('me', [plain('That is everything?')]),
  {
    ...told('Everything. I also change my mind sometimes.'),
    edited: 'Everything! And I change my mind sometimes: this was edited.',
  },
  { ...told('And this line nobody will ever read.'), removed: true },
  {
    ...told('And people may react to what I say.'),
    reactions: [
      { by: 'kuba', emoji: '👍' },
      { by: 'me', emoji: '❤️' },
      { by: 'zofia', emoji: '😂' },
    ],
  },
  { ...told('Goodbye!'), answers: 4 },
];

export const showcase = (epoch: number): Chat => ({
  is: 'chat',
  id: 'showcase',
  members: ['tally', 'kuba', 'zofia'],
  endsAgo: 8 * hour,
  patch: { kind: 'group', title: 'Showcase', topic: 'Every kind of message there is' },
  play: play(epoch),
});
