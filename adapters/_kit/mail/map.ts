import {
  type Author,
  asUserKey,
  type ChannelEvent,
  type IncomingMessage,
  type Recipient,
  type UserKey,
} from '../../../src-shared/model/index.ts';
import type { Mailbox, MapOptions, MappedMail, ParsedMail } from './api.ts';
import { headersOf } from './headers.ts';

/** Header fields worth keeping with a message although the model has no word for them. */
const kept = new Set([
  'auto-submitted',
  'delivered-to',
  'disposition-notification-to',
  'importance',
  'list-help',
  'list-id',
  'list-post',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'mail-followup-to',
  'message-id',
  'precedence',
  'return-path',
  'sender',
  'user-agent',
  'x-mailer',
  'x-priority',
]);
const longestKept = 4000;

/** The key of a person in mail is the address in lower case; of one without an address, the name. */
const keyOf = ({ address, name }: Mailbox): UserKey => asUserKey(address === '' ? `name:${name}` : address);

function usersOf(boxes: readonly Mailbox[], own: ReadonlySet<string>, at: number): ChannelEvent[] {
  const named = new Map<string, Mailbox>();
  for (const box of boxes) {
    if (own.has(box.address)) continue;
    const key = keyOf(box);
    const known = named.get(key);
    if (!known || (known.name === '' && box.name !== '')) named.set(key, box);
  }
  return [...named].map(([key, { name, address }]) => ({
    type: 'user',
    key: asUserKey(key),
    at,
    patch: { ...(name === '' ? {} : { name }), ...(address === '' ? {} : { addresses: [`mailto:${address}`] }) },
  }));
}

function rawOf(mail: ParsedMail): Record<string, unknown> {
  const headers: Record<string, string> = {};
  for (const { name, value } of mail.headers)
    if (kept.has(name) && headers[name] === undefined) headers[name] = value.slice(0, longestKept);
  const [checked] = headersOf(mail.headers, 'authentication-results');
  if (checked !== undefined) headers['authentication-results'] = checked.slice(0, longestKept);
  return { headers, ...(mail.damage.length === 0 ? {} : { damage: mail.damage }) };
}

function authorOf(from: Mailbox | undefined, own: ReadonlySet<string>): Author {
  if (!from) return { is: 'system' };
  const name = from.name === '' ? {} : { name: from.name };
  return own.has(from.address) ? { is: 'me', key: keyOf(from), ...name } : { is: 'user', key: keyOf(from), ...name };
}

/** A parsed message as ingest wants it. Pure. */
export function toIncoming(mail: ParsedMail, options: MapOptions): MappedMail {
  const { own } = options;
  const recipient =
    (role: Recipient['role']) =>
    (box: Mailbox): Recipient => ({ role, key: keyOf(box), ...(box.name === '' ? {} : { name: box.name }) });
  const recipients = [
    ...mail.to.map(recipient('to')),
    ...mail.cc.map(recipient('cc')),
    ...mail.bcc.map(recipient('bcc')),
    ...mail.replyTo.map(recipient('reply-to')),
  ].slice(0, 10_000);
  const { from } = mail;
  const message: IncomingMessage = {
    key: mail.key,
    links: [...mail.links],
    from: authorOf(from, own),
    at: mail.at,
    ...(mail.subject === undefined ? {} : { subject: mail.subject }),
    parts: [...mail.parts],
    recipients,
    ...(options.placements ? { placements: [...options.placements] } : {}),
    ...(options.flags ? { flags: options.flags } : {}),
    ...(options.observedAt === undefined ? {} : { observedAt: options.observedAt }),
    ...(options.source ? { source: options.source } : {}),
    raw: rawOf(mail),
  };
  const people = [...(from ? [from] : []), ...mail.replyTo, ...mail.to, ...mail.cc, ...mail.bcc];
  return { message, users: usersOf(people, own, mail.at) };
}
