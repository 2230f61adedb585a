import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { asUserKey, type Recipient, type UserKey } from '../../../src-shared/model/index.ts';

const same = (key: UserKey): string => key.toLowerCase();

/** Whom an answer goes to, where the sender chooses (RFC 5322 section 3.6.3). Own addresses never answer themselves. */
export function answerRecipients(message: MessageView, all: boolean, own: ReadonlySet<string>): readonly Recipient[] {
  const of = (role: Recipient['role']): readonly Recipient[] => message.recipients.filter((each) => each.role === role);
  const author: readonly Recipient[] = message.author
    ? [{ role: 'to', key: message.author.key, ...(message.author.name ? { name: message.author.name } : {}) }]
    : [];
  const replyTo = of('reply-to').map((each): Recipient => ({ ...each, role: 'to' }));
  // An answer to one's own message goes on to those it was for.
  const first = message.fromMe ? of('to') : replyTo.length > 0 ? replyTo : author;
  if (!all) return distinct(first);
  const rest: readonly Recipient[] = message.fromMe ? of('cc') : [...of('to'), ...of('cc')];
  const others = [...first, ...rest].filter((each) => !own.has(same(each.key)));
  return distinct(others.length > 0 ? others : first);
}

function distinct(recipients: readonly Recipient[]): readonly Recipient[] {
  const seen = new Set<string>();
  return recipients.filter(({ key }) => {
    if (seen.has(same(key))) return false;
    seen.add(same(key));
    return true;
  });
}

/** The own identity a message was sent to, or sent from; null when none of them is named. */
export function identityFor(message: MessageView, identities: readonly { key: UserKey }[]): UserKey | null {
  const named = message.fromMe
    ? [message.author?.key]
    : message.recipients.filter((each) => each.role !== 'reply-to').map((each) => each.key);
  const keys = new Set(named.flatMap((key) => (key ? [same(key)] : [])));
  return identities.find((identity) => keys.has(same(identity.key)))?.key ?? null;
}

export interface MailTo {
  readonly recipients: readonly Recipient[];
  readonly subject: string | null;
  readonly body: string;
}

/** A `mailto:` address (RFC 6068) or a list of addresses as a person types it. What is not an address is left out. */
export function readMailTo(text: string): MailTo {
  const uri = /^mailto:([^?]*)(?:\?(.*))?$/is.exec(text.trim());
  if (!uri) return { recipients: addresses(text, 'to'), subject: null, body: '' };
  // "+" stands for itself in RFC 6068, so URLSearchParams, which reads it as a space, is not the one to ask.
  const fields = (uri[2] ?? '').split('&').map((field) => {
    const [name = '', value = ''] = field.split('=', 2);
    return [decode(name).toLowerCase(), decode(value)] as const;
  });
  const all = (name: string): string[] => fields.filter(([field]) => field === name).map(([, value]) => value);
  return {
    recipients: distinct([
      ...addresses(decode(uri[1] ?? ''), 'to'),
      ...all('to').flatMap((value) => addresses(value, 'to')),
      ...all('cc').flatMap((value) => addresses(value, 'cc')),
      ...all('bcc').flatMap((value) => addresses(value, 'bcc')),
    ]),
    subject: all('subject')[0] ?? null,
    body: all('body').join('\n').replace(/\r\n/g, '\n'),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % is a stray %
  }
}

function addresses(list: string, role: Recipient['role']): readonly Recipient[] {
  const found: Recipient[] = [];
  for (const [whole] of list.matchAll(/(?:"(?:\\.|[^"\\])*"|[^,;"])+/g)) {
    const named = /^(.*)<([^<>]+)>\s*$/s.exec(whole);
    const address = (named?.[2] ?? whole).trim();
    if (address === '' || /\s/.test(address)) continue;
    const name = named?.[1]
      ?.trim()
      .replace(/^"(.*)"$/s, '$1')
      .replace(/\\(.)/g, '$1');
    found.push({ role, key: asUserKey(address), ...(name ? { name } : {}) });
  }
  return found;
}
