import { asUserKey, type SendLimits, type SendLimitsPatch, type UserKey } from '../../src-shared/model/index.ts';

/** The pretend networks; each is an account of its own. */
export const networkIds = ['work-mail', 'home-mail', 'team', 'family', 'sms', 'community'] as const;
export type NetworkId = (typeof networkIds)[number];
export const isNetwork = (text: string): text is NetworkId => networkIds.some((id) => id === text);

const megabytes = (count: number) => count * 1024 * 1024;

/** What mail carries; the channel's own limits, which chat conversations narrow. */
export const mailLimits: SendLimits = {
  style: 'mail',
  maxText: 0,
  formats: { plain: 'full', markdown: 'converted', html: 'full' },
  parts: {
    text: { level: 'full' },
    image: { level: 'full', maxBytes: megabytes(20) },
    video: { level: 'full', maxBytes: megabytes(20) },
    audio: { level: 'full', maxBytes: megabytes(20) },
    document: { level: 'full', maxBytes: megabytes(20) },
    sticker: { level: 'converted' },
    location: { level: 'converted' },
    address: { level: 'converted' },
    contact: { level: 'converted' },
    poll: { level: 'converted' },
    'link-preview': { level: 'dropped' },
    buttons: { level: 'converted' },
    list: { level: 'converted' },
    'calendar-event': { level: 'full' },
  },
  subject: true,
  recipients: true,
  reply: 'full',
  thread: 'full',
  mentions: 'converted',
  maxTotalBytes: megabytes(25),
  idempotent: true,
};

const chat = {
  style: 'chat',
  subject: false,
  recipients: false,
  reply: 'full',
  thread: 'converted',
  mentions: 'full',
} as const satisfies SendLimitsPatch;

const teamLimits: SendLimitsPatch = {
  ...chat,
  maxText: 40_000,
  formats: { plain: 'full', markdown: 'full', html: 'converted' },
  parts: {
    text: { level: 'full' },
    image: { level: 'full', maxBytes: megabytes(100), maxCount: 10 },
    video: { level: 'full', maxBytes: megabytes(100) },
    audio: { level: 'full', maxBytes: megabytes(100) },
    document: { level: 'full', maxBytes: megabytes(100) },
    poll: { level: 'full' },
    buttons: { level: 'full' },
    location: { level: 'converted' },
    contact: { level: 'converted' },
    'link-preview': { level: 'dropped' },
  },
  thread: 'full',
};
const familyLimits: SendLimitsPatch = {
  ...chat,
  maxText: 4096,
  formats: { plain: 'full', markdown: 'converted', html: 'converted' },
  parts: {
    text: { level: 'full' },
    image: { level: 'full', maxBytes: megabytes(16), maxCount: 10 },
    video: { level: 'full', maxBytes: megabytes(16) },
    audio: { level: 'full', maxBytes: megabytes(16) },
    document: { level: 'full', maxBytes: megabytes(64) },
    sticker: { level: 'full' },
    location: { level: 'full' },
    contact: { level: 'full' },
    poll: { level: 'full' },
    'link-preview': { level: 'dropped' },
  },
};
const smsLimits: SendLimitsPatch = {
  ...chat,
  maxText: 1600,
  formats: { plain: 'full', markdown: 'converted', html: 'converted' },
  parts: {
    text: { level: 'full' },
    image: { level: 'full', maxBytes: 600 * 1024, maxCount: 1 },
    location: { level: 'converted' },
    contact: { level: 'converted' },
    'link-preview': { level: 'dropped' },
  },
  reply: 'converted',
  mentions: 'dropped',
  maxTotalBytes: 600 * 1024,
};
const communityLimits: SendLimitsPatch = {
  ...chat,
  maxText: 65_000,
  formats: { plain: 'full', markdown: 'full', html: 'full' },
  parts: {
    text: { level: 'full' },
    image: { level: 'full', maxBytes: megabytes(50) },
    video: { level: 'full', maxBytes: megabytes(50) },
    audio: { level: 'full', maxBytes: megabytes(50) },
    document: { level: 'full', maxBytes: megabytes(50) },
    location: { level: 'full' },
    poll: { level: 'full' },
    'link-preview': { level: 'dropped' },
  },
  thread: 'full',
};

export interface Network {
  readonly id: NetworkId;
  readonly label: string;
  readonly detail: string;
  readonly style: 'mail' | 'chat';
  /** The account's own person. */
  readonly me: UserKey;
  readonly identities: readonly { readonly key: UserKey; readonly name: string }[];
  /** What a conversation here narrows; undefined where the channel's own limits stand. */
  readonly limits: SendLimitsPatch | undefined;
  /** Sent text is known by its key only once the network has sent it back. */
  readonly echoes: boolean;
}

const person = 'Alex Morgan';
const network = (
  id: NetworkId,
  label: string,
  detail: string,
  addresses: readonly [string, ...string[]],
  limits: SendLimitsPatch | undefined,
  echoes = false,
): Network => ({
  id,
  label,
  detail,
  style: limits === undefined ? 'mail' : 'chat',
  me: asUserKey(addresses[0]),
  identities: addresses.map((address) => ({ key: asUserKey(address), name: person })),
  limits,
  echoes,
});

export const networks: Readonly<Record<NetworkId, Network>> = {
  'work-mail': network(
    'work-mail',
    'Work mail',
    'Folders, threads, invitations and invoices',
    ['alex.morgan@northwind.example', 'press@northwind.example'],
    undefined,
  ),
  'home-mail': network(
    'home-mail',
    'Home mail',
    'Friends, newsletters and tickets',
    ['alex@morgan.example'],
    undefined,
  ),
  team: network('team', 'Team chat', 'Channels, direct messages and bots', ['U-alex'], teamLimits),
  family: network('family', 'Family messenger', 'Photos, voice notes and stickers', ['+447700900100'], familyLimits),
  sms: network('sms', 'SMS', 'Parcels, appointments and codes', ['+447700900199'], smsLimits),
  community: network(
    'community',
    'Meadow community',
    'Open rooms, threads and long evenings',
    ['@alex:meadow.example'],
    communityLimits,
    true,
  ),
};
