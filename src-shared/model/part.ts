import { z } from 'zod';
import { BlobRef } from '../ids.ts';

/**
 * The parts a message is made of. Every kind any network has is here, named for what it is and never for who sends it;
 * what an adapter cannot express goes to `unsupported` with the network's own data kept in the message's `raw`.
 */

/** Bytes that live on the network or in the local blob store, described without holding them. */
export const Media = z.object({
  ref: BlobRef,
  /** IANA media type, lower case, no parameters. */
  mime: z.string().max(255),
  name: z.string().max(1024).optional(),
  /** Size in bytes where known; an estimate is allowed (encoded size of a MIME part). */
  bytes: z.number().int().nonnegative().optional(),
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
  durationMs: z.number().int().nonnegative().optional(),
  /** RFC 2392 Content-ID without angle brackets, when HTML of the same message refers to it. */
  contentId: z.string().max(1024).optional(),
  /** Shown within the text rather than listed as an attachment. */
  inline: z.boolean().optional(),
  caption: z.string().optional(),
  /** What was sent as one has the same name here, each in a message of its own; unique over one conversation. */
  album: z.string().max(256).optional(),
});
export type Media = z.infer<typeof Media>;

const text = z.object({
  kind: z.literal('text'),
  format: z.enum(['plain', 'markdown', 'html']),
  text: z.string(),
  /** The same words without mark-up: always present for HTML, so that search and previews never parse it. */
  plain: z.string().optional(),
  /** Pictures that stand for words of the text wherever these occur in it: a workspace's own emoji, written `:name:`. */
  emoji: z
    .array(z.object({ text: z.string().min(1).max(256), media: Media }))
    .max(100)
    .optional(),
});
const image = z.object({ kind: z.literal('image'), media: Media });
const video = z.object({ kind: z.literal('video'), media: Media, loop: z.boolean().optional() });
const audio = z.object({
  kind: z.literal('audio'),
  media: Media,
  voiceNote: z.boolean(),
  /** Loudness samples for drawing, 0..1. */
  waveform: z.array(z.number()).max(512).optional(),
  transcript: z.string().optional(),
});
const document = z.object({ kind: z.literal('document'), media: Media });
const sticker = z.object({ kind: z.literal('sticker'), media: Media, emoji: z.string().optional() });
const location = z.object({
  kind: z.literal('location'),
  /** WGS 84 degrees. */
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  accuracyMetres: z.number().nonnegative().optional(),
  name: z.string().optional(),
  address: z.string().optional(),
  /** Present for a live location: when it stops being updated, Unix ms. */
  liveUntil: z.number().optional(),
});
const address = z.object({ kind: z.literal('address'), formatted: z.string(), name: z.string().optional() });
const contact = z.object({
  kind: z.literal('contact'),
  name: z.string(),
  organisation: z.string().optional(),
  phones: z.array(z.string()).default([]),
  emails: z.array(z.string()).default([]),
  /** The whole card as sent (RFC 6350 or older). */
  vcard: z.string().optional(),
});
const poll = z.object({
  kind: z.literal('poll'),
  question: z.string(),
  options: z.array(
    z.object({ id: z.string(), text: z.string(), votes: z.number().int().optional(), mine: z.boolean().optional() }),
  ),
  multiple: z.boolean(),
  anonymous: z.boolean().optional(),
  closed: z.boolean(),
});
const linkPreview = z.object({
  kind: z.literal('link-preview'),
  url: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  site: z.string().optional(),
  image: Media.optional(),
});
export const Button = z.object({
  id: z.string(),
  label: z.string(),
  action: z.enum(['reply', 'url', 'phone', 'callback', 'location', 'other']),
  value: z.string().optional(),
});
export type Button = z.infer<typeof Button>;
const buttons = z.object({
  kind: z.literal('buttons'),
  text: z.string().optional(),
  /** Quick replies vanish once answered; buttons stay. */
  quickReplies: z.boolean(),
  buttons: z.array(Button),
});
const list = z.object({
  kind: z.literal('list'),
  title: z.string().optional(),
  text: z.string().optional(),
  open: z.string(),
  sections: z.array(
    z.object({
      title: z.string().optional(),
      rows: z.array(z.object({ id: z.string(), title: z.string(), description: z.string().optional() })),
    }),
  ),
});
const carousel = z.object({
  kind: z.literal('carousel'),
  cards: z.array(
    z.object({
      title: z.string(),
      subtitle: z.string().optional(),
      image: Media.optional(),
      url: z.string().optional(),
      buttons: z.array(Button).default([]),
    }),
  ),
});
const template = z.object({
  kind: z.literal('template'),
  name: z.string(),
  language: z.string().optional(),
  /** The template filled in, as the receiver reads it. */
  text: z.string(),
  parameters: z.record(z.string(), z.string()).default({}),
});
const form = z.object({
  kind: z.literal('form'),
  id: z.string(),
  title: z.string(),
  fields: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      type: z.enum(['text', 'choice', 'choices', 'date', 'number', 'boolean']),
      required: z.boolean().optional(),
      options: z.array(z.string()).optional(),
      value: z.string().optional(),
    }),
  ),
  submitted: z.boolean(),
});
const product = z.object({
  kind: z.literal('product'),
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      quantity: z.number().optional(),
      /** Price in the currency's minor unit (cents). */
      priceMinor: z.number().int().optional(),
      url: z.string().optional(),
      image: Media.optional(),
    }),
  ),
  /** ISO 4217. */
  currency: z.string().length(3).optional(),
  orderId: z.string().optional(),
  status: z.string().optional(),
});
const calendarEvent = z.object({
  kind: z.literal('calendar-event'),
  /** RFC 5545 UID and RFC 5546 method. */
  uid: z.string(),
  method: z.enum(['request', 'reply', 'cancel', 'publish', 'counter', 'refresh', 'add', 'decline-counter', 'none']),
  title: z.string(),
  /** Unix ms; for an all-day event midnight UTC of the date. */
  start: z.number().optional(),
  end: z.number().optional(),
  allDay: z.boolean(),
  timeZone: z.string().optional(),
  location: z.string().optional(),
  description: z.string().optional(),
  organizer: z.string().optional(),
  attendees: z
    .array(z.object({ name: z.string().optional(), address: z.string(), status: z.string().optional() }))
    .default([]),
  recurrence: z.string().optional(),
  sequence: z.number().int().optional(),
  media: Media.optional(),
});
const call = z.object({
  kind: z.literal('call'),
  direction: z.enum(['incoming', 'outgoing']),
  media: z.enum(['audio', 'video']),
  outcome: z.enum(['answered', 'missed', 'declined', 'busy', 'failed', 'ongoing']),
  durationMs: z.number().int().nonnegative().optional(),
});
const system = z.object({
  kind: z.literal('system'),
  /** What happened, in a small vocabulary: member-joined, member-left, renamed, pinned, ... */
  event: z.string(),
  text: z.string(),
});
const story = z.object({
  kind: z.literal('story'),
  url: z.string().optional(),
  text: z.string().optional(),
  media: Media.optional(),
  expired: z.boolean().optional(),
});
/** Cryptography around the message, told as it is: a signature nobody checked is "not-checked". */
const secured = z.object({
  kind: z.literal('secured'),
  scheme: z.enum(['smime', 'pgp']),
  what: z.enum(['signed', 'encrypted', 'signed-or-encrypted', 'key']),
  verified: z.enum(['not-checked', 'valid', 'invalid']),
  media: Media.optional(),
});
const unsupported = z.object({
  kind: z.literal('unsupported'),
  /** The network's own name for it, shown to the person. */
  what: z.string(),
  text: z.string().optional(),
  media: Media.optional(),
});

export const Part = z.discriminatedUnion('kind', [
  text,
  image,
  video,
  audio,
  document,
  sticker,
  location,
  address,
  contact,
  poll,
  linkPreview,
  buttons,
  list,
  carousel,
  template,
  form,
  product,
  calendarEvent,
  call,
  system,
  story,
  secured,
  unsupported,
]);
export type Part = z.infer<typeof Part>;
export type PartKind = Part['kind'];
export type PartOf<K extends PartKind> = Extract<Part, { kind: K }>;
export const partKinds: readonly PartKind[] = Part.options.map((option) => option.shape.kind.value);
