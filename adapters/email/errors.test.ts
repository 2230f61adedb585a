import { expect, it } from 'vitest';
import { imapError, smtpError, stateAfter } from './errors.ts';

const server = { host: 'mail.example.org', port: 993, security: 'tls', user: 'ann@example.org' } as const;
const thrown = (properties: object, message = 'Command failed') => Object.assign(new Error(message), properties);

// Shapes as imapflow 2.1.2 and nodemailer 10.6 threw them against Dovecot 2.3, OpenSMTPD and smtp-server.
const refusedLogin = thrown({
  authenticationFailed: true,
  serverResponseCode: 'AUTHENTICATIONFAILED',
  responseStatus: 'NO',
  responseText: 'Authentication failed.',
});

it('tells a wrong password from a server that is full or busy, whatever the flag says', () => {
  expect(imapError(refusedLogin, server)).toMatchObject({ code: 'auth', outcome: 'refused' });
  const full = thrown({ authenticationFailed: true, responseText: 'Too many simultaneous connections. (Failure)' });
  expect(imapError(full, server)).toMatchObject({
    code: 'too-many-connections',
    outcome: 'not-done',
    retryAfterMs: 60_000,
  });
  const busy = thrown({ authenticationFailed: true, serverResponseCode: 'UNAVAILABLE' });
  expect(imapError(busy, server)).toMatchObject({ code: 'unavailable', outcome: 'not-done' });
});

it('names what is wrong with a connection', () => {
  const code = (name: string, message = name) => imapError(thrown({ code: name }, message), server).code;
  expect(code('ENOTFOUND')).toBe('host');
  expect(code('ECONNREFUSED')).toBe('refused');
  expect(code('CONNECT_TIMEOUT')).toBe('timeout');
  expect(code('NoConnection')).toBe('network');
  expect(code('DEPTH_ZERO_SELF_SIGNED_CERT')).toBe('certificate');
  expect(code('ERR_SSL_WRONG_VERSION_NUMBER')).toBe('tls');
  expect(imapError(thrown({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), { ...server, pin: 'PEM' }).code).toBe(
    'certificate-changed',
  );
  expect(imapError(thrown({ code: 'ETHROTTLE', throttleReset: 7000 }), server).retryAfterMs).toBe(7000);
  // nodemailer hides the system's code in the message.
  const hidden = thrown({ code: 'ESOCKET', command: 'CONN' }, 'connect ECONNREFUSED 127.0.0.1:465');
  expect(smtpError(hidden, server, false).code).toBe('refused');
});

it('decides about a sent message by the class of the reply, and without one by how far it got', () => {
  const reply = (responseCode: number) =>
    smtpError(thrown({ code: 'EMESSAGE', responseCode, response: `${responseCode} words` }), server, true);
  expect(reply(451)).toMatchObject({ outcome: 'not-done', code: 'try-later' });
  expect(reply(550)).toMatchObject({ outcome: 'refused' });
  expect(reply(550).message).toContain('550 words');
  expect(reply(552)).toMatchObject({ outcome: 'refused', code: 'too-large' });
  expect(smtpError(thrown({ code: 'EAUTH', responseCode: 454 }), server, false)).toMatchObject({ outcome: 'not-done' });
  expect(smtpError(thrown({ code: 'EAUTH', responseCode: 535 }), server, false)).toMatchObject({
    code: 'auth',
    outcome: 'refused',
  });
  const lost = thrown({ code: 'ECONNECTION' }, 'Connection closed unexpectedly');
  expect(smtpError(lost, server, false).outcome).toBe('not-done');
  expect(smtpError(lost, server, true).outcome).toBe('unknown');
});

it('asks for a new login only where that would help', () => {
  expect(stateAfter(imapError(refusedLogin, server), 0)).toMatchObject({ is: 'needs-login', code: 'auth' });
  const full = imapError(thrown({ responseText: 'Maximum number of connections exceeded' }), server);
  expect(stateAfter(full, 1000)).toMatchObject({ is: 'offline', retryAt: 61_000 });
});
