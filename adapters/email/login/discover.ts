import { Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import { type Autoconfig, readAutoconfig } from './autoconfig.ts';
import { type Preset, presetOfDomain, presetOfMx, type Server } from './presets.ts';

/** Where settings were found, surest first; what the person is told, and whether they are asked to check. */
export type Source = 'provider' | 'autoconfig' | 'srv' | 'mx' | 'guess';
export interface Found {
  readonly source: Source;
  readonly preset: Preset | undefined;
  readonly imap: Server & { readonly user: string };
  readonly smtp: Server & { readonly user: string };
}

/** The part of DNS needed; a test hands in its own. Each rejects or answers empty where there is nothing. */
export interface Dns {
  srv(name: string): Promise<readonly { name: string; port: number; priority: number; weight: number }[]>;
  /** Most preferred first. */
  mx(domain: string): Promise<readonly string[]>;
}
export function systemDns(): Dns {
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  return {
    srv: async (name) => await resolver.resolveSrv(name),
    mx: async (domain) =>
      (await resolver.resolveMx(domain)).sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange),
  };
}

/** Whether anything accepts connections there. Never rejects. */
export type Reach = (host: string, port: number, signal: AbortSignal) => Promise<boolean>;
export const reachOverTcp: Reach = (host, port, signal) =>
  new Promise((resolve) => {
    const socket = connect({ host, port, signal });
    const end = (reached: boolean) => () => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
  });

export interface Discovery {
  readonly fetch: typeof fetch;
  readonly dns: Dns;
  readonly reach: Reach;
  readonly signal: AbortSignal;
}
const lookupMs = 6_000;
const reachMs = 4_000;
/** Names nobody can own: asking about them would only wait (RFC 6761, RFC 2606). */
const reserved = /(^|\.)(test|example|invalid|localhost|local|internal|example\.(com|net|org))$/;

/**
 * Finds how to reach the mailbox of an address (domain in ASCII). Asks all at once and takes the surest answer: a known
 * provider, the domain's own autoconfig or Mozilla's list of providers, SRV records (RFC 6186, RFC 8314), the provider
 * its MX records betray, and else the first of the names most hosts use that answers. Never rejects for what it does not find.
 */
export async function discover(address: string, { fetch, dns, reach, signal }: Discovery): Promise<Found> {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const preset = presetOfDomain(domain);
  if (preset) return fromPreset('provider', preset, address);
  if (reserved.test(domain)) return guessed(address, domain);
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(lookupMs)]);
  const [autoconfig, srv, mx] = await Promise.all([
    askAutoconfig(address, domain, fetch, bounded),
    orNothing(askSrv(domain, dns), bounded),
    orNothing(dns.mx(domain), bounded),
  ]);
  signal.throwIfAborted();
  const host = presetOfMx(mx ?? []);
  // A domain kept at a big provider often has autoconfig of its registrar that points elsewhere: the MX knows better.
  if (host) return fromPreset('mx', host, address);
  if (autoconfig) return { source: 'autoconfig', preset: undefined, ...autoconfig };
  if (srv)
    return {
      source: 'srv',
      preset: undefined,
      imap: { ...srv.imap, user: address },
      smtp: { ...srv.smtp, user: address },
    };
  const [imap, smtp] = await Promise.all([
    firstReached(guesses.imap, domain, reach, signal),
    firstReached(guesses.smtp, domain, reach, signal),
  ]);
  return guessed(address, domain, imap, smtp);
}

const fromPreset = (source: Source, preset: Preset, address: string): Found => ({
  source,
  preset,
  imap: { ...preset.imap, user: address },
  smtp: { ...preset.smtp, user: address },
});
/** What most hosts use, likeliest first; TLS from the start before STARTTLS. */
const guesses = {
  imap: [
    ['imap.', 993, 'tls'],
    ['mail.', 993, 'tls'],
    ['', 993, 'tls'],
    ['imap.', 143, 'starttls'],
    ['mail.', 143, 'starttls'],
  ],
  smtp: [
    ['smtp.', 465, 'tls'],
    ['mail.', 465, 'tls'],
    ['', 465, 'tls'],
    ['smtp.', 587, 'starttls'],
    ['mail.', 587, 'starttls'],
  ],
} as const;
type Guess = (typeof guesses)['imap' | 'smtp'][number];
const serverOf = ([prefix, port, security]: Guess, domain: string): Server => ({
  host: prefix + domain,
  port,
  security,
});

/** All are tried at once; of those that answer the likeliest counts. */
async function firstReached(
  list: readonly Guess[],
  domain: string,
  reach: Reach,
  signal: AbortSignal,
): Promise<Server | undefined> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(reachMs)]);
  const servers = list.map((guess) => serverOf(guess, domain));
  const reached = await Promise.all(servers.map(async ({ host, port }) => await reach(host, port, bounded)));
  signal.throwIfAborted();
  return servers.find((_, index) => reached[index]);
}
const guessed = (
  address: string,
  domain: string,
  imap: Server = serverOf(guesses.imap[0], domain),
  smtp: Server = serverOf(guesses.smtp[0], domain),
): Found => ({
  source: 'guess',
  preset: undefined,
  imap: { ...imap, user: address },
  smtp: { ...smtp, user: address },
});

async function orNothing<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const over = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return await Promise.race([work.catch(() => undefined), over]);
}

/** Only over HTTPS: an answer anyone on the way could have written would lead the password astray. */
async function askAutoconfig(
  address: string,
  domain: string,
  ask: typeof fetch,
  signal: AbortSignal,
): Promise<Autoconfig | undefined> {
  const query = `emailaddress=${encodeURIComponent(address)}`;
  const urls = [
    `https://autoconfig.${domain}/mail/config-v1.1.xml?${query}`,
    `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml?${query}`,
    `https://autoconfig.thunderbird.net/v1.1/${domain}`,
  ];
  const answers = await Promise.all(
    urls.map(async (url) => {
      try {
        const response = await ask(url, {
          signal,
          redirect: 'follow',
          headers: { accept: 'text/xml, application/xml' },
        });
        if (!response.ok) return undefined;
        const xml = await response.text();
        return xml.length < 200_000 ? readAutoconfig(xml, address) : undefined;
      } catch {
        // Not there, or not reachable: both mean there is no such file.
        return undefined;
      }
    }),
  );
  return answers.find((answer) => answer !== undefined);
}

/** `_imaps` and `_submissions` are TLS from the start (RFC 8314), `_imap` and `_submission` STARTTLS (RFC 6186). */
async function askSrv(domain: string, dns: Dns): Promise<{ imap: Server; smtp: Server } | undefined> {
  const best = async (service: string, security: Server['security']): Promise<Server | undefined> => {
    const records = [...(await dns.srv(`${service}._tcp.${domain}`).catch(() => []))]
      // A target of "." says the service is decidedly not offered.
      .filter(({ name }) => name !== '' && name !== '.')
      .sort((a, b) => a.priority - b.priority || b.weight - a.weight);
    const first = records[0];
    return first && { host: first.name.replace(/\.$/, ''), port: first.port, security };
  };
  const [imaps, imap, submissions, submission] = await Promise.all([
    best('_imaps', 'tls'),
    best('_imap', 'starttls'),
    best('_submissions', 'tls'),
    best('_submission', 'starttls'),
  ]);
  const incoming = imaps ?? imap;
  const outgoing = submissions ?? submission;
  return incoming && outgoing ? { imap: incoming, smtp: outgoing } : undefined;
}
