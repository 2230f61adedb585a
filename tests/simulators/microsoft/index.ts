import {
  chance,
  type Double,
  Grants,
  lettersOf,
  me,
  type NetworkTime,
  networkTime,
  newsTo,
  type Person,
  type Simulator,
  script,
  startDouble,
  type Talk,
} from '../_base/index.ts';
import { Deltas } from './delta.ts';
import { asked, entra } from './entra.ts';
import { fileRoutes } from './files.ts';
import { mailRoutes, problem } from './mail.ts';
import { Mailbox } from './mailbox.ts';
import { peopleRoutes } from './people.ts';
import { channelScopes, chatScopes, idOf, openTeams, type Teams, type TeamsOptions } from './teams/index.ts';

export { Mailbox, Refused, type Stored } from './mailbox.ts';

export const client = { id: '6731de76-14a6-49ae-97bc-6eba6914391e', tenant: 'common' };
export const scopes = [
  'Mail.ReadWrite',
  'Mail.Send',
  'MailboxSettings.Read',
  'User.Read',
  'Contacts.Read',
  'offline_access',
];
/** https://learn.microsoft.com/en-us/entra/identity-platform/scopes-oidc, besides `offline_access`. */
const standardScopes = ['openid', 'profile', 'email'];
export interface MicrosoftOptions {
  readonly seed?: string;
  readonly messages?: number;
  readonly talks?: number;
  readonly port?: number;
  /** Unix ms of the newest message. */
  readonly until?: number;
  /** What is said in Teams; nothing unless it is given. */
  readonly teams?: TeamsOptions;
  /** Whose mailbox it is; the account's own person, unless that is said to write from elsewhere. */
  readonly owner?: Person;
}
export interface Microsoft extends Double {
  readonly mailbox: Mailbox;
  readonly deltas: Deltas;
  readonly grants: Grants;
  readonly time: NetworkTime;
  readonly teams: Teams;
  /** Somebody writes: a new letter in the inbox. Answers its id. */
  write(subject?: string): string;
}

/** What putting one letter into the mailbox takes of its time, ms. */
const fillMs = 2000;
/** Microsoft's login and Graph for one person, on loopback: refresh tokens rotate, delta tokens are opaque. */
export async function startMicrosoft(options: MicrosoftOptions = {}): Promise<Microsoft> {
  const { until = Date.now(), messages = 45 } = options;
  // Whatever is put into the mailbox below happens before `until`.
  const time = networkTime(until - messages * fillMs);
  const mailbox = new Mailbox(time, options.owner ?? me);
  const deltas = new Deltas(mailbox);
  const login = `/${client.tenant}/oauth2/v2.0`;
  const paths = { authorize: `${login}/authorize`, token: `${login}/token`, device: `${login}/devicecode` };
  const grants = new Grants({
    time,
    client: { id: client.id },
    paths,
    parameters: asked,
    scopes: [...new Set([...scopes, ...chatScopes, ...channelScopes, ...standardScopes])],
    rotates: true,
  });
  mailbox.categories.push({ displayName: 'Harbour', color: 'preset4' }, { displayName: 'Receipts', color: 'preset0' });
  fill(
    mailbox,
    script({
      seed: options.seed ?? 'microsoft',
      talks: options.talks ?? 12,
      messages,
      until: until - 3_600_000,
    }),
  );
  time.advance(Math.max(0, until - time.now()));
  const teams = openTeams(time, options.teams);
  const double = await startDouble({
    ...(options.port === undefined ? {} : { port: options.port }),
    routes: [
      ...entra(grants.routes(), paths, { client: client.id, owner: mailbox.owner, now: time.now }),
      ...mailRoutes(mailbox, deltas),
      ...fileRoutes(mailbox),
      ...peopleRoutes(mailbox),
      ...teams.routes(grants),
    ],
    authenticate: (token) => grants.authenticate(token),
    manners: {
      unknown: (path) => problem(404, 'ResourceNotFound', `Resource not found for the segment '${path}'.`),
      bad: (detail) => problem(400, 'BadRequest', detail),
      unauthenticated: () => problem(401, 'InvalidAuthenticationToken', 'Access token is empty or has expired.'),
    },
  });
  let letters = 0;
  return {
    ...double,
    mailbox,
    deltas,
    grants,
    time,
    teams,
    write(subject) {
      letters++;
      const at = time.tick();
      const raw = newsTo(mailbox.owner, letters, at, subject);
      return mailbox.add(raw, { folder: 'inbox', at }).id;
    },
  };
}

/** Puts the talks of the cast into the mailbox, as letters. */
function fill(mailbox: Mailbox, talks: readonly Talk[]): void {
  const luck = chance('folders');
  const project = mailbox.addFolder('Projects', mailbox.folder('inbox').id);
  for (const { said, mine, raw } of lettersOf(talks, mailbox.owner)) {
    const away = luck.pick(['archive', 'deleteditems', project.id]);
    const folder = mine ? 'sentitems' : luck.next() < 0.7 ? 'inbox' : away;
    const { id } = mailbox.add(raw, { folder, at: said.at });
    mailbox.change(id, {
      isRead: mine || luck.next() > 0.3,
      flagged: luck.next() < 0.1,
      categories: luck.next() < 0.2 ? [luck.pick(['Harbour', 'Receipts'])] : [],
      inference: luck.next() < 0.1 ? 'other' : 'focused',
    });
  }
}

/** The same person by another address: one mailbox is in one account only, and the simulated Google has the first. */
const elsewhere: Person = { ...me, email: 'alex.morgan@tidewater.example' };
const outlook: Simulator = {
  name: 'Outlook',
  async start({ port, until }) {
    const microsoft = await startMicrosoft({ port, until, owner: elsewhere, talks: 18, messages: 300 });
    const { mailbox } = microsoft;
    return {
      address: microsoft.address,
      login: {
        channel: 'outlook',
        flow: 'browser',
        fields: { clientId: client.id, tenant: client.tenant, server: microsoft.address },
      },
      stir: async () => {
        microsoft.time.advance(Math.max(0, Date.now() - microsoft.time.now()));
        microsoft.write('A word from the council');
      },
      sent: () =>
        mailbox.messages
          .filter(({ folder }) => folder === mailbox.folder('sentitems').id)
          .map(({ raw }) => raw.toString()),
      stop: () => microsoft.stop(),
    };
  },
};
const inTeams: Simulator = {
  name: 'Teams',
  async start({ port, until }) {
    const microsoft = await startMicrosoft({ port, until, talks: 1, messages: 1, teams: { talks: 9, messages: 120 } });
    const { world } = microsoft.teams;
    return {
      address: microsoft.address,
      login: {
        channel: 'teams',
        flow: 'browser-channels',
        fields: { clientId: client.id, tenant: client.tenant, server: microsoft.address },
      },
      async stir() {
        microsoft.time.advance(Math.max(0, Date.now() - microsoft.time.now()));
        const [chat] = world.chats.filter(({ type }) => type === 'group');
        if (chat) world.post(chat.id, { by: chat.members[1], html: '<p>The quay is flooded.</p>' });
      },
      sent: () => world.messages.filter(({ by }) => by === idOf(me)).map(({ body }) => body.content),
      stop: () => microsoft.stop(),
    };
  },
};
export const simulators: readonly Simulator[] = [outlook, inTeams];
