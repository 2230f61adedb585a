import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { driveLogin, realClock } from '../../../adapters/_kit/testing/index.ts';
import email from '../../../adapters/email/index.ts';
import type { LoginAnswers, LoginDone, LoginStep } from '../../../src-shared/channel.ts';
import { type MailServer, startMailServer } from '../../servers/mail.ts';
import { openMailbox } from './harness.ts';
import { ann, answerFor, users } from './mailbox.ts';

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer({ users, delivery: false });
});
afterAll(() => server.stop());

/** Walks the login, handing each step to `answer` even when it carries an error; answers the steps seen. */
async function walk(
  answer: (step: LoginStep, steps: readonly LoginStep[]) => LoginAnswers | 'stop',
  existing?: LoginDone,
): Promise<{ steps: readonly LoginStep[]; done: LoginDone | undefined }> {
  const steps: LoginStep[] = [];
  const login = email.login('address', {
    log: { debug() {}, info() {}, warn() {}, error() {} },
    clock: realClock,
    fetch,
    signal: new AbortController().signal,
    existing: existing?.account,
  });
  let turn = await login.next();
  while (!turn.done) {
    steps.push(turn.value);
    const answers = answer(turn.value, steps);
    if (answers === 'stop') {
      await login[Symbol.asyncDispose]();
      return { steps, done: undefined };
    }
    turn = await login.next(answers);
  }
  return { steps, done: turn.value };
}
const fieldOf = (step: LoginStep | undefined, id: string): string | undefined =>
  step?.show === 'fields' ? step.fields.find((field) => field.id === id)?.value : undefined;

it('ends in an account with its password apart', async () => {
  const { done, steps } = await driveLogin(email, { flow: 'address', clock: realClock, answer: answerFor(server) });
  expect(steps.map(({ id }) => id)).toEqual(['address', 'settings']);
  expect(done?.account).toMatchObject({ key: ann, identities: [{ key: ann, name: 'Ann Example' }] });
  expect(done?.secrets).toEqual({ password: users[ann] });
  expect(JSON.stringify(done?.account)).not.toContain(users[ann]);
});

it('keeps the form and says so when the password is wrong', async () => {
  const { steps, done } = await walk((step, seen) =>
    answerFor(server, step.id === 'settings' && seen.length === 2 ? { password: 'wrong' } : {})(step),
  );
  expect(steps.map(({ id }) => id)).toEqual(['address', 'settings', 'settings']);
  expect(steps[2]?.error).toMatch(/does not accept the name ann@example\.test/);
  expect(fieldOf(steps[2], 'imapHost')).toBe('127.0.0.1');
  expect(fieldOf(steps[2], 'imapPort')).toBe(String(server.ports.imap));
  expect(done).toBeDefined();
});

it('tells wrong addresses, hosts, ports and encryption apart', async () => {
  // tcpmux, which nobody runs: a port that was free a moment ago may be somebody's by now.
  const nobody = 1;
  const errorAfter = async (change: LoginAnswers): Promise<string> => {
    const { steps } = await walk((step, seen) =>
      seen.length === 3 ? 'stop' : answerFor(server, step.id === 'settings' ? change : {})(step),
    );
    return steps[2]?.error ?? '';
  };
  expect(await errorAfter({ imapPort: String(nobody) })).toMatch(/Nothing listens at .*incoming/);
  expect(await errorAfter({ smtpPort: String(nobody) })).toMatch(/Nothing listens at .*outgoing/);
  expect(await errorAfter({ imapSecurity: 'tls' })).toMatch(/encrypt/i);
  expect(await errorAfter({ imapPort: '99999999' })).toMatch(/port must be a number/);
  expect(await errorAfter({ imapHost: 'mail.example.test' })).toMatch(/without it is only allowed on this machine/);
  expect(await errorAfter({ imapHost: 'no-such-host.invalid', imapSecurity: 'tls' })).toMatch(
    /no server called no-such-host\.invalid/,
  );
  const { steps } = await walk((_step, seen) => (seen.length === 1 ? { address: 'not an address' } : 'stop'));
  expect(steps[1]?.error).toMatch(/no e-mail address/);
});

it.each(['starttls', 'tls'] as const)(
  'has a self-signed certificate confirmed by its fingerprint, over %s',
  async (security) => {
    const secure = {
      imapSecurity: security,
      imapPort: String(security === 'tls' ? server.ports.imaps : server.ports.imap),
      smtpSecurity: 'starttls',
    };
    const fingerprint = new X509Certificate(server.certificate).fingerprint256;
    const { steps, done } = await walk((step) =>
      step.id === 'certificate' ? { certificate: fieldOf(step, 'certificate') ?? '' } : answerFor(server, secure)(step),
    );
    // Both servers show the same certificate, and each is asked about.
    expect(steps.map(({ id }) => id)).toEqual(['address', 'settings', 'certificate', 'certificate']);
    expect(fieldOf(steps[2], 'certificate')).toBe(fingerprint);
    if (!done) throw new Error('no account');
    const mailbox = await openMailbox(done);
    expect(mailbox.record.states.at(-1)).toEqual({ is: 'online' });
  },
);

it('goes back to the form when the certificate is not confirmed', async () => {
  const { steps } = await walk((step, seen) => {
    if (seen.length === 4) return 'stop';
    return step.id === 'certificate' ? { certificate: '' } : answerFor(server, { imapSecurity: 'starttls' })(step);
  });
  expect(steps.map(({ id }) => id)).toEqual(['address', 'settings', 'certificate', 'settings']);
  expect(steps[3]?.error).toMatch(/certificate/i);
});

it('never takes a changed certificate silently, and has the new one confirmed at the next login', async () => {
  const answer = (step: LoginStep): LoginAnswers =>
    step.id === 'certificate'
      ? { certificate: fieldOf(step, 'certificate') ?? '' }
      : answerFor(server, { imapSecurity: 'starttls', smtpSecurity: 'starttls' })(step);
  const { done } = await walk(answer);
  if (!done) throw new Error('no account');
  await server.replaceCertificate();
  const mailbox = await openMailbox(done);
  expect(mailbox.record.states.at(-1)).toMatchObject({ is: 'needs-login', code: 'certificate-changed' });
  const again = await walk(answer, done);
  expect(again.steps.map(({ id }) => id)).toEqual(['settings', 'certificate', 'certificate']);
  if (!again.done) throw new Error('no account');
  expect((await openMailbox(again.done)).record.states.at(-1)).toEqual({ is: 'online' });
});

it('logs in with an OAuth token, on both servers, and asks for a new one when it is refused', async () => {
  server.tokens.set(ann, 'good-token');
  const { done } = await driveLogin(email, {
    flow: 'address',
    clock: realClock,
    answer: answerFor(server, { auth: 'token', password: 'good-token' }),
  });
  if (!done) throw new Error('no account');
  expect(done.secrets).toEqual({ token: 'good-token' });
  const mailbox = await openMailbox(done);
  expect(mailbox.record.states.at(-1)).toEqual({ is: 'online' });
  server.tokens.set(ann, 'another-token');
  // Dovecot remembers a good token for a while unless asked to forget.
  await server.restart();
  const refused = await openMailbox(done);
  expect(refused.record.states.at(-1)).toMatchObject({ is: 'needs-login', code: 'auth' });
});

it('leaves nothing open when called off while it is trying a server', async () => {
  const silent = createServer();
  const sockets = new Set<import('node:net').Socket>();
  silent.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const stop = new AbortController();
  const login = email.login('address', {
    log: { debug() {}, info() {}, warn() {}, error() {} },
    clock: realClock,
    fetch,
    signal: stop.signal,
    existing: undefined,
  });
  await login.next();
  const settings = await login.next({ address: ann });
  if (settings.done) throw new Error('too soon');
  const connected = new Promise((resolve) => silent.once('connection', resolve));
  const trying = login.next(answerFor(server, { imapPort: String(port) })(settings.value));
  await connected;
  stop.abort(new DOMException('enough', 'AbortError'));
  await expect(trying).rejects.toThrow();
  const closed = [...sockets].map(
    (socket) => new Promise<void>((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve()))),
  );
  for (const socket of sockets) socket.resume();
  await Promise.all(closed);
  await new Promise((resolve) => silent.close(resolve));
});
