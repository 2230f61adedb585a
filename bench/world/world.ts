import type { AccountDescription } from '../../src-shared/channel.ts';
import { asBlobRef, asConversationKey, asLabelKey, asMessageKey, asUserKey } from '../../src-shared/ids.ts';
import type { ChannelEvent, IncomingMessage, Part } from '../../src-shared/model/index.ts';
import { createRandom, type Random } from './random.ts';
import { createLanguage, type Language } from './words.ts';

/** Two mailboxes and two chat networks over six years, ending on the last day of the world. */
export const worldEnd = Date.UTC(2026, 9, 31, 18);
const worldYears = 6;
const yearMs = 365.25 * 86_400_000;

export interface WorldAccount {
  readonly channel: string;
  readonly mail: boolean;
  readonly description: AccountDescription;
}
export interface WorldMessage {
  readonly account: number;
  readonly message: IncomingMessage;
}
export interface World {
  readonly accounts: readonly WorldAccount[];
  readonly language: Language;
  /** Labels and conversations that stand before the messages, by account. */
  readonly opening: readonly (readonly ChannelEvent[])[];
  /** Oldest first. The same world every time. */
  messages(): Generator<WorldMessage>;
}

const account = (channel: string, mail: boolean, key: string, label: string): WorldAccount => ({
  channel,
  mail,
  description: { key: asUserKey(key), label, identities: [{ key: asUserKey(key), name: 'Robin Vale' }], config: {} },
});
const chats = 400;
const given =
  'Anna Bartek Celia Dan Ewa Felix Gosia Hugo Ida Jan Kasia Liam Maja Noor Ola Piotr Rosa Sam Tomek Zoe'.split(' ');
const family =
  'Nowak Kowalska Meyer Okafor Silva Tanaka Wójcik Zieliński Larsen Costa Brown Lindqvist Haddad Novák'.split(' ');

/** `size` messages: seven in ten mail (threads of about four), the rest chat. */
export function createWorld(size: number, seed = 1): World {
  const language = createLanguage();
  const accounts = [
    account('email', true, 'robin@example.org', 'Home'),
    account('email', true, 'r.vale@works.example', 'Work'),
    account('chat-a', false, 'u-robin', 'Chat'),
    account('chat-b', false, 'robin', 'Team'),
  ];
  const people = Array.from({ length: 3000 }, (_, i) => {
    const name = `${given[i % given.length]} ${family[(i * 7 + Math.floor(i / 20)) % family.length]}`;
    return { name: i < 280 ? name : `${name} ${i}`, mail: `person${i}@host${i % 90}.example`, chat: `u-${i}` };
  });
  const opening = accounts.map(({ mail }): ChannelEvent[] => {
    if (!mail) {
      return Array.from({ length: chats }, (_, i) => ({
        type: 'conversation',
        key: asConversationKey(`chat-${i}`),
        patch: i % 4 === 0 ? { kind: 'group', title: `Group ${i}` } : { kind: 'direct' },
        at: worldEnd - worldYears * yearMs,
      }));
    }
    return (['inbox', 'archive', 'sent', 'spam'] as const).map((role) => ({
      type: 'label',
      key: asLabelKey(role),
      patch: { name: role, kind: 'folder', role },
      at: worldEnd - worldYears * yearMs,
    }));
  });

  function* messages(): Generator<WorldMessage> {
    const random = createRandom(seed);
    const open: { readonly links: string[]; readonly subject: string; readonly account: number }[] = [];
    const start = worldEnd - worldYears * yearMs;
    for (let i = 0; i < size; i += 1) {
      const at = Math.floor(start + ((i + random.next()) / size) * worldYears * yearMs);
      const mine = random.below(6) === 0;
      const author = people[Math.floor(people.length * random.next() ** 3)];
      if (!author) throw new RangeError('no author');
      if (random.below(10) < 7) {
        const which = random.below(3) === 0 ? 1 : 0;
        yield { account: which, message: mail(random, i, at, which, mine, author, open) };
      } else {
        yield { account: 2 + random.below(2), message: chat(random, i, at, mine, author) };
      }
    }
  }

  type Person = (typeof people)[number];
  type Thread = { readonly links: string[]; readonly subject: string; readonly account: number };
  function mail(random: Random, i: number, at: number, which: number, mine: boolean, by: Person, open: Thread[]) {
    const own = `m${i}@host${i % 90}.example`;
    const former = random.below(4) > 0 ? open[random.below(open.length)] : undefined;
    const thread = former?.account === which ? former : newThread(random, which);
    if (thread !== former) {
      if (open.length < 500) open.push(thread);
      else open[random.below(open.length)] = thread;
    }
    const links = [own, ...thread.links.slice(-6)];
    thread.links.push(own);
    const me = accounts[which]?.description.key ?? asUserKey('me');
    const other = random.pick(people);
    const age = worldEnd - at;
    const folder = mine ? 'sent' : random.below(50) === 0 ? 'spam' : age < 0.15 * yearMs ? 'inbox' : 'archive';
    const message: IncomingMessage = {
      key: asMessageKey(`${own}|${Math.floor(at / 1000)}`),
      links,
      from: mine ? { is: 'me', key: me } : { is: 'user', key: asUserKey(by.mail), name: by.name },
      at,
      subject: thread.links.length > 1 ? `Re: ${thread.subject}` : thread.subject,
      recipients: [
        mine ? { role: 'to', key: asUserKey(by.mail), name: by.name } : { role: 'to', key: me },
        ...(random.below(3) === 0 ? [{ role: 'cc' as const, key: asUserKey(other.mail), name: other.name }] : []),
      ],
      parts: [body(random, Math.floor(30 + 400 * random.next() ** 3)), ...files(random)],
      placements: [{ label: asLabelKey(folder), ref: `1:${i + 1}` }],
      flags: { read: mine || age > 0.05 * yearMs || random.below(3) > 0, starred: random.below(200) === 0 },
    };
    return message;
  }
  const newThread = (random: Random, which: number): Thread => ({
    links: [],
    subject: language.text(random, 3 + random.below(5)).replaceAll(/[.\n]/gu, ''),
    account: which,
  });
  const chat = (random: Random, i: number, at: number, mine: boolean, by: Person): IncomingMessage => ({
    key: asMessageKey(`c${i}`),
    conversation: asConversationKey(`chat-${Math.floor(chats * random.next() ** 2)}`),
    from: mine ? { is: 'me' } : { is: 'user', key: asUserKey(by.chat), name: by.name },
    at,
    parts: [body(random, 2 + random.below(25)), ...(random.below(4) === 0 ? files(random) : [])],
    flags: { read: mine || worldEnd - at > 0.02 * yearMs },
  });
  const body = (random: Random, words: number): Part => ({
    kind: 'text',
    format: 'plain',
    text: language.text(random, words),
  });
  /** One message in ten carries a file or two. */
  const files = (random: Random): Part[] =>
    random.below(10) > 0
      ? []
      : Array.from({ length: 1 + random.below(2) }, (_, n): Part => {
          const name = `${random.pick(language.words)}-${random.below(1000)}`;
          const ref = asBlobRef(String(n + 2));
          const bytes = 1000 + random.below(3_000_000);
          return random.below(2) === 0
            ? { kind: 'image', media: { ref, mime: 'image/jpeg', name: `${name}.jpg`, bytes } }
            : { kind: 'document', media: { ref, mime: 'application/pdf', name: `${name}.pdf`, bytes } };
        });

  return { accounts, language, opening, messages };
}
