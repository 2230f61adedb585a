import {
  chance,
  type Double,
  Grants,
  lettersOf,
  me,
  type NetworkTime,
  networkTime,
  newsTo,
  type Simulator,
  script,
  startDouble,
  type Talk,
} from '../_base/index.ts';
import { gmailRoutes, problem } from './gmail.ts';
import { Mailbox } from './mailbox.ts';
import { peopleRoutes } from './people.ts';

export { headersIn, write } from '../_base/index.ts';
export { type Accepted, Mailbox, Refused } from './mailbox.ts';

export const client = { id: '1234.apps.googleusercontent.example', secret: 'sim-secret-client-GOCSPX-1234' };
export const scopes = [
  'https://mail.google.com/',
  'https://www.googleapis.com/auth/contacts.readonly',
  'https://www.googleapis.com/auth/contacts.other.readonly',
];
export interface GoogleOptions {
  readonly seed?: string;
  readonly messages?: number;
  readonly talks?: number;
  readonly port?: number;
  /** Unix ms of the newest message. */
  readonly until?: number;
  /** Units a minute by Google's table; above it requests are refused as Google does. Absent: no limit. */
  readonly quota?: { readonly perMinute: number; readonly now: () => number };
}
export interface Google extends Double {
  readonly mailbox: Mailbox;
  readonly grants: Grants;
  readonly time: NetworkTime;
  /** Units asked for so far. */
  readonly spent: number;
  /** Somebody writes: a new letter in the inbox. Answers its id. */
  write(subject?: string): string;
}

/** Google's mail and contacts for one person, on loopback. */
export async function startGoogle(options: GoogleOptions = {}): Promise<Google> {
  const time = networkTime(options.until ?? Date.now());
  const mailbox = new Mailbox(time);
  const grants = new Grants({
    time,
    client,
    paths: { authorize: '/o/oauth2/v2/auth', token: '/token' },
    parameters: ['access_type', 'prompt', 'login_hint'],
    scopes,
  });
  fill(
    mailbox,
    script({
      seed: options.seed ?? 'google',
      talks: options.talks ?? 12,
      messages: options.messages ?? 45,
      until: time.now() - 3_600_000,
    }),
  );
  let spent = 0;
  const minute: { at: number; units: number }[] = [];
  const double = await startDouble({
    ...(options.port === undefined ? {} : { port: options.port }),
    routes: [...grants.routes(), ...gmailRoutes(mailbox), ...peopleRoutes()],
    authenticate: (token) => grants.authenticate(token),
    manners: {
      unknown: () => problem(404, 'notFound', 'Requested entity was not found.'),
      bad: (detail) => problem(400, 'invalidArgument', `Invalid JSON payload received. ${detail}`),
      unauthenticated: () => problem(401, 'authError', 'Invalid Credentials'),
    },
    limit(method, path) {
      const units = unitsOf(method, path);
      spent += units;
      if (!options.quota) return undefined;
      const now = options.quota.now();
      while (minute[0] && minute[0].at <= now - 60_000) minute.shift();
      if (minute.reduce((sum, one) => sum + one.units, 0) + units > options.quota.perMinute)
        return problem(
          403,
          'userRateLimitExceeded',
          `User-rate limit exceeded.  Retry after ${new Date(now + 5000).toISOString()}`,
        );
      minute.push({ at: now, units });
      return undefined;
    },
  });
  let letters = 0;
  return {
    ...double,
    mailbox,
    grants,
    time,
    get spent() {
      return spent;
    },
    write(subject) {
      letters++;
      const at = time.tick();
      const raw = newsTo(me, letters, at, subject);
      return mailbox.deliver(raw, { labels: ['INBOX', 'UNREAD', 'CATEGORY_PERSONAL'], at }).id;
    },
  };
}

/** Puts the talks of the cast into the mailbox, as letters. */
function fill(mailbox: Mailbox, talks: readonly Talk[]): void {
  const luck = chance('labels');
  const labels = ['Harbour', 'Receipts'].map((name) => mailbox.createLabel(name).id);
  const threads = new Map<string, string>();
  for (const { talk, said, mine, raw } of lettersOf(talks, me)) {
    const thread = threads.get(talk.id);
    const place = mine ? ['SENT'] : luck.next() < 0.7 ? ['INBOX'] : luck.next() < 0.2 ? ['TRASH'] : [];
    const stored = mailbox.deliver(raw, {
      labels: [
        ...place,
        ...(!mine && luck.next() < 0.3 ? ['UNREAD'] : []),
        ...(luck.next() < 0.1 ? ['STARRED'] : []),
        ...(luck.next() < 0.3 ? [luck.pick(labels)] : []),
      ],
      at: said.at,
      ...(thread === undefined ? {} : { thread }),
    });
    threads.set(talk.id, stored.threadId);
  }
}

/** Units by https://developers.google.com/workspace/gmail/api/reference/quota (per user and minute, 6,000). */
export function unitsOf(method: string, path: string): number {
  const gmail = /^(?:\/upload)?\/gmail\/v1\/users\/[^/]+\/(.*)$/.exec(path)?.[1];
  if (gmail === undefined) return 0;
  if (gmail === 'messages/send') return 100;
  if (gmail.startsWith('messages/batch')) return 50;
  if (gmail === 'history') return 2;
  if (/^messages\/[^/]+\/modify$/.test(gmail)) return 5;
  if (/^messages\/[^/]+\/attachments\//.test(gmail)) return 20;
  if (/^messages\/[^/]+$/.test(gmail)) return 20;
  if (gmail.startsWith('drafts')) return method === 'GET' ? 5 : method === 'PUT' ? 15 : 10;
  return gmail === 'messages' ? 5 : 1;
}

export const simulator: Simulator = {
  name: 'Google',
  async start({ port, until }) {
    const google = await startGoogle({ port, until, talks: 24, messages: 400 });
    return {
      address: google.address,
      login: {
        channel: 'gmail',
        flow: 'browser',
        fields: { clientId: client.id, clientSecret: client.secret, server: google.address },
      },
      stir: async () => {
        google.time.advance(Math.max(0, Date.now() - google.time.now()));
        google.write();
      },
      sent: () => google.mailbox.ledger.of('sent').map(({ id }) => google.mailbox.message(id).raw.toString()),
      stop: () => google.stop(),
    };
  },
};
