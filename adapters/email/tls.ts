import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { ServerConfig } from './config.ts';

/** SHA-256 fingerprint of a certificate, upper-case hex pairs with colons, as other programs show it. */
export const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256;

/**
 * TLS settings for a server. Without a pin the system's usual rules hold. With one, exactly that certificate is
 * trusted: it alone is the trust anchor, and whatever chain is presented must end in the very same leaf. The check of
 * the name is then replaced, since a bridge on this machine has no name that could be certified.
 */
export function tlsOptions(server: ServerConfig): ConnectionOptions {
  const name = isIP(server.host) ? {} : { servername: server.host };
  if (server.pin === undefined) return { ...name, minVersion: 'TLSv1.2' };
  const expected = fingerprintOf(server.pin);
  return {
    ...name,
    minVersion: 'TLSv1.2',
    ca: [server.pin],
    allowPartialTrustChain: true,
    checkServerIdentity: (host, certificate) =>
      certificate.fingerprint256 === expected
        ? undefined
        : Object.assign(new Error(`the certificate of ${host} is not the confirmed one`), { code: 'CERT_NOT_PINNED' }),
  };
}
