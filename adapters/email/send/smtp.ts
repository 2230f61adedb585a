import { Readable } from 'node:stream';
import SMTPConnection, {
  type SMTPConnectionOptions,
  type SMTPConnectionSendInfo,
} from 'nodemailer/lib/smtp-connection';
import { ChannelError } from '../../../src-shared/channel.ts';
import type { EmailConfig, ServerConfig } from '../config.ts';
import { smtpError } from '../errors.ts';
import { tlsOptions } from '../tls.ts';

export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}
export interface Delivery {
  /** The server's words. */
  readonly response: string;
  /** Recipients the server did not take, with its words. The others have the message. */
  readonly rejected: readonly { readonly address: string; readonly words: string }[];
}

function smtpOptions(server: ServerConfig, token: string | undefined): SMTPConnectionOptions {
  return {
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    tls: tlsOptions(server),
    // An honest name that says nothing about this machine.
    name: '[127.0.0.1]',
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    // RFC 5321, 4.5.3.2.6 grants a server 10 minutes to think over a message; silence before is noticed sooner.
    socketTimeout: 300_000,
    ...(token === undefined ? {} : { customAuth: { [bearerMethod]: bearer(server.user, token) } }),
  };
}

/** A name of our own: under its real one nodemailer insists on renewing tokens itself. */
const bearerMethod = 'BEARER';
/** SASL XOAUTH2: one line; on refusal the server sends a JSON challenge that wants an empty answer. */
const bearer =
  (user: string, token: string): NonNullable<SMTPConnectionOptions['customAuth']>[string] =>
  async (session) => {
    const line = Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64');
    let reply = await session.sendCommand(`AUTH XOAUTH2 ${line}`);
    if (reply.status === 334) reply = await session.sendCommand('');
    if (reply.status === 235) session.resolve();
    else session.reject(new Error(reply.response));
  };

export interface SmtpSession {
  /** `offering` is awaited before the last piece goes: until it resolves the server cannot have the message. */
  send(
    envelope: Envelope,
    raw: Uint8Array,
    tell: { readonly progress: (sent: number) => void; readonly offering: () => Promise<void> },
  ): Promise<Delivery>;
  close(): void;
}

/** Connects and logs in. Rejects with a `ChannelError`; nothing is left open then. */
export async function openSmtp(config: EmailConfig, secret: string, signal: AbortSignal): Promise<SmtpSession> {
  const server = config.smtp;
  const connection = new SMTPConnection(smtpOptions(server, config.auth === 'token' ? secret : undefined));
  let handedOver = false;
  const { promise: broken, reject: breakOff } = Promise.withResolvers<never>();
  broken.catch(() => undefined);
  connection.on('error', (error: Error) => breakOff(error));
  const abort = (): void => {
    breakOff(new ChannelError('cancelled', handedOver ? 'unknown' : 'not-done', 'Sending was interrupted.'));
    connection.close();
  };
  signal.addEventListener('abort', abort, { once: true });
  const close = (): void => {
    signal.removeEventListener('abort', abort);
    connection.close();
  };
  /** Runs one step whose outcome comes by callback, or as an error of the whole connection. */
  const step = async <T>(
    run: (done: (error: Error | null | undefined, result?: T) => void) => void,
  ): Promise<T | undefined> =>
    await Promise.race([
      broken,
      new Promise<T | undefined>((resolve, reject) =>
        run((error, result) => (error ? reject(error) : resolve(result))),
      ),
    ]);
  try {
    signal.throwIfAborted();
    await step((done) => connection.connect(done));
    if (connection.allowsAuth || server.security !== 'none')
      await step((done) =>
        connection.login(
          config.auth === 'token'
            ? { user: server.user, method: bearerMethod }
            : { user: server.user, pass: secret, credentials: { user: server.user, pass: secret } },
          done,
        ),
      );
  } catch (error) {
    close();
    throw smtpError(error, server, false);
  }
  return {
    close,
    async send(envelope, raw, { progress, offering }) {
      const last = async (): Promise<void> => {
        await offering();
        signal.throwIfAborted();
        handedOver = true;
      };
      const body = Readable.from(chunks(raw, progress, last), { objectMode: false });
      try {
        const info = await step<SMTPConnectionSendInfo>((done) =>
          connection.send({ from: envelope.from, to: [...envelope.to], size: raw.byteLength }, body, done),
        );
        return {
          response: info?.response ?? '',
          rejected: (info?.rejected ?? []).map((address, index) => ({
            address,
            words: info?.rejectedErrors?.[index]?.response ?? '',
          })),
        };
      } catch (error) {
        throw smtpError(error, server, handedOver);
      }
    },
  };
}

/**
 * The message in pieces. nodemailer pulls them only once the server said 354; the note that everything was handed over
 * is taken before the last piece goes, so that a connection lost later is never mistaken for one lost before.
 */
async function* chunks(
  raw: Uint8Array,
  progress: (sent: number) => void,
  last: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const size = 64 * 1024;
  for (let start = 0; start < raw.byteLength; start += size) {
    const end = Math.min(start + size, raw.byteLength);
    if (end === raw.byteLength) await last();
    yield raw.subarray(start, end);
    progress(end);
  }
}
