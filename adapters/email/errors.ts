import { ChannelError, type ConnectionState } from '../../src-shared/channel.ts';
import type { ServerConfig } from './config.ts';

/**
 * What imapflow and nodemailer throw, read into the one error the hub acts on. Neither library has error classes worth
 * testing for: facts are in properties, and which ones are present depends on where the error came from.
 */
interface Facts {
  readonly message: string;
  readonly code: string;
  /** IMAP response code in brackets (RFC 5530), upper case. */
  readonly responseCode: string;
  readonly responseText: string;
  readonly authenticationFailed: boolean;
  readonly mailboxMissing: boolean;
  readonly throttleMs: number | undefined;
  /** SMTP reply, 3 digits; 0 when there was none. */
  readonly smtp: number;
  readonly command: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
function read(error: unknown): Facts {
  const from: Readonly<Record<string, unknown>> =
    typeof error === 'object' && error !== null ? Object.fromEntries(Object.entries(error)) : {};
  return {
    message: error instanceof Error ? error.message : String(error),
    code: plainCode(text(from.code), error),
    responseCode: text(from.serverResponseCode).toUpperCase(),
    responseText: text(from.responseText) || text(from.response) || text(from.reason),
    authenticationFailed: from.authenticationFailed === true || text(from.code) === 'EAUTH',
    mailboxMissing: from.mailboxMissing === true || text(from.code) === 'NotFound',
    throttleMs: typeof from.throttleReset === 'number' ? from.throttleReset : undefined,
    smtp: typeof from.responseCode === 'number' ? from.responseCode : 0,
    command: text(from.command),
  };
}

/** nodemailer puts its own code over that of the system, which then stands in the message alone. */
function plainCode(code: string, error: unknown): string {
  const wrapped = code === 'ESOCKET' || code === 'ECONNECTION' || code === 'EDNS' || code === '';
  const message = wrapped && error instanceof Error ? error.message : '';
  return /\b(E[A-Z]{4,}|EAI_AGAIN|DEPTH_ZERO_SELF_SIGNED_CERT|ERR_[A-Z_]+)\b/.exec(message)?.[0] ?? code;
}

const certificateCode =
  /CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH|PATH_LENGTH|INVALID_PURPOSE/;
const tlsCode = /^(EPROTO|ETLS|ERR_SSL|ERR_TLS|STARTTLS_INJECTION|UPGRADE_TIMEOUT|ClosedAfterConnectTLS)/;
const tooMany =
  /too many (simultaneous |concurrent |open )?(connections|sessions)|maximum number of connections|connection limit/i;

/** Where and how a server is spoken to, for the sentences. */
export interface Place {
  readonly what: 'imap' | 'smtp';
  readonly server: ServerConfig;
}
const names = { imap: 'incoming', smtp: 'outgoing' } as const;
const spell = ({ what, server }: Place): string => `the ${names[what]} server ${server.host}, port ${server.port}`;
/** At the beginning of a sentence. */
const spellFirst = (place: Place): string => `T${spell(place).slice(1)}`;
const quoted = (words: string): string => (words ? ` The server says: “${words.trim().slice(0, 300)}”` : '');

/** The certificate a server shows differs from the confirmed one, or is not publicly trusted. */
const certificateError = (place: Place, cause: unknown): ChannelError =>
  place.server.pin === undefined
    ? new ChannelError(
        'certificate',
        'not-done',
        `The certificate of ${spell(place)} is not trusted (${read(cause).message}). If the server is your own or a bridge on this machine, confirm its fingerprint; else do not go on.`,
        { cause },
      )
    : new ChannelError(
        'certificate-changed',
        'not-done',
        `The certificate of ${spell(place)} is not the one you confirmed. Either it was renewed, or somebody is in between. Log in again to see the new fingerprint; nothing was sent.`,
        { cause },
      );

/** Troubles every server can have before it understands a command; undefined for others. */
function connectionError(error: unknown, place: Place): ChannelError | undefined {
  const facts = read(error);
  const where = spell(place);
  const first = spellFirst(place);
  const fail = (code: string, message: string, retryAfterMs?: number) =>
    new ChannelError(code, 'not-done', message, {
      cause: error,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  const words = facts.responseText || facts.message;
  if (tooMany.test(words) || facts.responseCode === 'LIMIT')
    return fail('too-many-connections', `${first} allows no more connections just now.${quoted(words)}`, 60_000);
  if (facts.responseCode === 'UNAVAILABLE' || facts.responseCode === 'INUSE')
    return fail('unavailable', `${first} is not available just now.${quoted(words)}`);
  if (facts.code === 'ETHROTTLE')
    return fail('throttled', `${first} asks to be left alone for a while.`, facts.throttleMs ?? 60_000);
  if (certificateCode.test(facts.code) || /certificate|self.signed/i.test(facts.message))
    return certificateError(place, error);
  if (facts.code === 'ENOTFOUND' || facts.code === 'EAI_AGAIN' || facts.code === 'EDNS')
    return fail('host', `There is no server called ${place.server.host}, or this machine is not connected.`);
  if (facts.code === 'ECONNREFUSED')
    return fail(
      'refused',
      place.server.host === '127.0.0.1' || place.server.host === 'localhost'
        ? `Nothing listens at ${where}. If this is a bridge (as for Proton Mail), start it.`
        : `${first} does not accept connections. The port may be wrong.`,
    );
  if (tlsCode.test(facts.code) || /wrong version number|ssl3_|packet length too long/i.test(facts.message))
    return fail(
      'tls',
      `No encrypted connection to ${where} could be made. The kind of encryption (TLS from the start, or STARTTLS) may not fit the port.`,
    );
  if (/TIMEOUT|ETIMEDOUT|^Timeout/.test(facts.code)) return fail('timeout', `${first} did not answer in time.`);
  if (
    /^(ECONN|EPIPE|EHOST|ENET|NoConnection|EConnectionClosed|StateLogout|ClosedAfterConnect|EPROXY|ESOCKET|ETIMEOUT)/.test(
      facts.code,
    ) ||
    facts.code === 'CONN'
  )
    return fail('network', `The connection to ${where} was lost.`);
  return undefined;
}

/** Any failure of an IMAP command. Every command this channel sends can be repeated, so none is `unknown`. */
export function imapError(error: unknown, server: ServerConfig): ChannelError {
  if (error instanceof ChannelError) return error;
  const place: Place = { what: 'imap', server };
  const facts = read(error);
  const known = connectionError(error, place);
  if (known) return known;
  const words = facts.responseText || facts.message;
  if (facts.authenticationFailed)
    return new ChannelError(
      'auth',
      'refused',
      `${spellFirst(place)} does not accept the name ${server.user} with this password or token.${quoted(words)}`,
      { cause: error },
    );
  if (facts.mailboxMissing || facts.responseCode === 'NONEXISTENT' || facts.responseCode === 'TRYCREATE')
    return new ChannelError('no-folder', 'refused', `The folder is no longer on the server.`, { cause: error });
  if (facts.responseCode === 'OVERQUOTA')
    return new ChannelError('quota', 'refused', `The mailbox is full.${quoted(words)}`, { cause: error });
  if (facts.responseCode === 'NOPERM' || facts.responseCode === 'READ-ONLY')
    return new ChannelError('permission', 'refused', `The server does not allow it.${quoted(words)}`, { cause: error });
  if (facts.responseCode === 'TOOBIG' || facts.responseCode === 'APPENDLIMIT')
    return new ChannelError('too-large', 'refused', `The message is too large for the server.${quoted(words)}`, {
      cause: error,
    });
  return new ChannelError('server', 'not-done', `${spellFirst(place)} did not do it.${quoted(words)}`, {
    cause: error,
  });
}

/**
 * Any failure of sending. `handedOver` tells whether the whole message had been passed to the server: only then may a
 * lost connection hide an acceptance (RFC 5321, 4.5.3.2.6 and 6.1). A reply decides by its class: 4yz may be tried
 * again, 5yz never (RFC 5321, 4.2.1).
 */
export function smtpError(error: unknown, server: ServerConfig, handedOver: boolean): ChannelError {
  if (error instanceof ChannelError) return error;
  const place: Place = { what: 'smtp', server };
  const facts = read(error);
  const words = facts.responseText || facts.message;
  if (facts.authenticationFailed && !(facts.smtp >= 400 && facts.smtp < 500))
    return new ChannelError(
      'auth',
      'refused',
      `${spellFirst(place)} does not accept the name ${server.user} with this password or token.${quoted(words)}`,
      { cause: error },
    );
  if (facts.smtp >= 500)
    return new ChannelError(
      facts.smtp === 552 || facts.smtp === 523 ? 'too-large' : 'refused-by-server',
      'refused',
      `The outgoing server refused the message.${quoted(words)}`,
      { cause: error },
    );
  if (facts.smtp >= 400)
    return new ChannelError('try-later', 'not-done', `The outgoing server asks to try again later.${quoted(words)}`, {
      cause: error,
    });
  if (handedOver)
    return new ChannelError(
      'unknown',
      'unknown',
      'The connection broke after the message had been handed over; whether it was accepted is not known yet.',
      { cause: error },
    );
  if (facts.code === 'EMESSAGE')
    return new ChannelError('too-large', 'refused', `The message is too large for the server.${quoted(words)}`, {
      cause: error,
    });
  return (
    connectionError(error, place) ??
    new ChannelError('server', 'not-done', `Sending did not work.${quoted(words)}`, { cause: error })
  );
}

/** How an account stands after a failure that ended its connection. */
export function stateAfter(error: ChannelError, now: number): ConnectionState {
  switch (error.code) {
    case 'auth':
    case 'certificate':
    case 'certificate-changed':
      return { is: 'needs-login', code: error.code, message: error.message };
    default:
      return {
        is: 'offline',
        message: error.message,
        ...(error.retryAfterMs === undefined ? {} : { retryAt: now + error.retryAfterMs }),
      };
  }
}
