import { X509Certificate } from 'node:crypto';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { ChannelError } from '../../../src-shared/channel.ts';
import type { ServerConfig } from '../config.ts';

/** A certificate as shown to the person who is to confirm it. */
export interface ShownCertificate {
  readonly pem: string;
  /** SHA-256, upper-case hex pairs with colons. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly validUntil: string;
}
const waitMs = 15_000;

/**
 * Fetches the certificate a server presents, trusted or not. Nothing but the greeting is exchanged on this connection,
 * no name and no password; it is closed at once. Rejects with a `ChannelError` when there is none to be had.
 */
export async function fetchCertificate(
  what: 'imap' | 'smtp',
  server: ServerConfig,
  signal: AbortSignal,
): Promise<ShownCertificate> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
  const name = isIP(server.host) ? {} : { servername: server.host };
  let socket: Socket | undefined;
  let secure: TLSSocket | undefined;
  const stop = (): void => {
    // Never the inner socket from under the TLS one: that crashes Node 24.21.
    (secure ?? socket)?.destroy();
  };
  bounded.addEventListener('abort', stop, { once: true });
  try {
    if (server.security === 'starttls') {
      socket = connectPlain(server.port, server.host);
      await (what === 'imap' ? startImap(socket) : startSmtp(socket));
    }
    // Trust is what the person is about to be asked for.
    secure = connectTls({
      ...(socket ? { socket } : { host: server.host, port: server.port }),
      ...name,
      rejectUnauthorized: false,
    });
    await event(secure, 'secureConnect');
    const { raw } = secure.getPeerCertificate();
    if (!raw) throw new Error('no certificate');
    return describeCertificate(new X509Certificate(raw));
  } catch (cause) {
    throw new ChannelError(
      'tls',
      'not-done',
      `No certificate could be fetched from ${server.host}, port ${server.port}.`,
      {
        cause,
      },
    );
  } finally {
    bounded.removeEventListener('abort', stop);
    stop();
  }
}

function describeCertificate(certificate: X509Certificate): ShownCertificate {
  const common = (names: string): string =>
    /(?:^|\n)(?:CN|O)=([^\n]+)/.exec(names)?.[1] ?? names.replaceAll('\n', ', ');
  return {
    pem: certificate.toString(),
    fingerprint: certificate.fingerprint256,
    subject: common(certificate.subject),
    issuer: common(certificate.issuer),
    validUntil: certificate.validTo,
  };
}

const event = (socket: Socket, name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once(name, () => resolve());
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed')));
  });

/** Reads lines until one matches; rejects when the connection ends or says too much. */
async function until(socket: Socket, line: RegExp): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const onData = (data: Buffer): void => {
      text += data.toString('latin1');
      if (line.test(text)) {
        socket.off('data', onData);
        resolve();
      } else if (text.length > 16_384) reject(new Error('unexpected answer'));
    };
    socket.on('data', onData);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed')));
  });
}
/** RFC 3501, 6.2.1. */
async function startImap(socket: Socket): Promise<void> {
  await until(socket, /^\* (OK|PREAUTH)[^\n]*\r?\n/i);
  socket.write('a STARTTLS\r\n');
  await until(socket, /^a OK/im);
}
/** RFC 3207. */
async function startSmtp(socket: Socket): Promise<void> {
  await until(socket, /^220 [^\n]*\n|^220\r?\n/m);
  socket.write('EHLO [127.0.0.1]\r\n');
  await until(socket, /^250 [^\n]*\n/m);
  socket.write('STARTTLS\r\n');
  await until(socket, /^220/m);
}
