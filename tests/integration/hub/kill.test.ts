import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Composition } from '../../../src-shared/ipc/index.ts';
import { type AccountId, asUserKey } from '../../../src-shared/model/index.ts';
import { type MailServer, startMailServer } from '../../servers/mail.ts';
import { ann, answerFor, bob, letter, users } from '../email/mailbox.ts';
import { type HubProcess, soon, startHub, temporaryFolder } from './process.ts';

/** The hub's own process is killed outright, at points nobody chose, and must go on as if it had not been. */

const between = (low: number, high: number): number => low + Math.random() * (high - low);

/** Every message with all that is known of it, in an order that does not depend on how it came in. */
async function contents(hub: HubProcess): Promise<readonly string[]> {
  const path = join(temporaryFolder(), 'all.jsonl');
  await hub.call('export.start', { path, format: 'jsonl' });
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  return lines.map((line) => createHash('sha256').update(line).digest('hex')).toSorted();
}

describe('an import', () => {
  const many = 5000;
  const day = 86_400_000;
  const mail = (n: number): string =>
    [
      'From anna@example.org Mon Jan  1 10:00:00 2024',
      `Message-ID: <peal-${n}@example.org>`,
      // Half of them answer one before: conversations grow and are merged while the process dies.
      ...(n % 2 === 1 ? [`In-Reply-To: <peal-${Math.floor(n / 3)}@example.org>`] : []),
      `Date: ${new Date(Date.UTC(2024, 0, 1) + n * (day / 24)).toUTCString()}`,
      `From: Anna ${n % 40} <anna-${n % 40}@example.org>`,
      'To: me@example.org',
      `Subject: Peal ${n}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      `Stroke ${n}: ${'ding dong '.repeat(20 + (n % 50))}`,
      '',
      '',
    ].join('\n');
  const running = async (hub: HubProcess) => (await hub.call('import.list', {})).at(-1);
  const done = (hub: HubProcess) =>
    soon('the import is done', async () => (await running(hub))?.state === 'done' && (await running(hub)), 110_000);

  it('killed five times ends as the one that was let be, message for message', { timeout: 300_000 }, async () => {
    const path = join(temporaryFolder(), 'bells.mbox');
    await writeFile(path, Array.from({ length: many }, (_, n) => mail(n)).join(''));

    const calm = await startHub(temporaryFolder());
    await calm.call('import.start', { path });
    const unbroken = await done(calm);
    const expected = await contents(calm);
    await calm.kill();
    expect(unbroken).toMatchObject({ messages: many, added: many, damagedCount: 0 });
    expect(expected).toHaveLength(many);

    const profile = temporaryFolder();
    let hub = await startHub(profile);
    await hub.call('import.start', { path });
    const points: number[] = [];
    for (let kill = 0; kill < 5; kill += 1) {
      // Each time a little further on, so that the five fall into one run.
      const least = between(kill, kill + 1) * (many / 6);
      await soon('it got on', async () => ((await running(hub))?.messages ?? 0) >= least);
      const reached = await running(hub);
      points.push(reached?.messages ?? 0);
      expect(reached?.state).toBe('running');
      // Anywhere between two commits.
      await new Promise((resolve) => setTimeout(resolve, between(0, 60)));
      await hub.kill();
      hub = await startHub(profile);
    }
    console.info(`import killed after ${points.join(', ')} of ${many} messages`);
    expect(await done(hub)).toMatchObject({ messages: many, added: many, damagedCount: 0 });
    expect(await contents(hub)).toEqual(expected);
    expect((await hub.call('app.check', {})).filter(({ ok }) => !ok)).toEqual([]);
    await hub.kill();
  });
});

describe('an account', () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await startMailServer({ users });
  });
  afterAll(() => server.stop());

  const logIn = async (hub: HubProcess): Promise<AccountId> => {
    let view = await hub.call('login.start', { channel: 'email' });
    while (view.step)
      view = await hub.call('login.answer', { login: view.login, answers: answerFor(server)(view.step) });
    if (view.account === null) throw new Error(view.error ?? 'there is no account');
    return view.account;
  };
  const state = async (hub: HubProcess) => (await hub.call('accounts.list', {}))[0];
  const online = (hub: HubProcess) =>
    soon('the account is online', async () => (await state(hub))?.state.is === 'online');
  const messages = async (hub: HubProcess) => (await hub.call('app.stats', {})).messages;
  /** Message-IDs that a folder holds, each as often as it is there. */
  const idsOn = async (user: string, folder: string): Promise<readonly string[]> =>
    (await server.doveadm('fetch', '-u', user, 'hdr.message-id', 'mailbox', folder))
      .split('\n')
      .flatMap((line) => /<(.+)>/.exec(line)?.[1] ?? [])
      .toSorted();

  it('killed while its history is fetched has each message of the server once', { timeout: 300_000 }, async () => {
    const many = 1500;
    await server.deliverAll(
      ann,
      Array.from({ length: many }, (_, n) => letter({ id: `old-${n}@example.test`, subject: `Old ${n}` })),
    );
    const profile = temporaryFolder();
    let hub = await startHub(profile);
    await logIn(hub);
    const points: number[] = [];
    for (let kill = 0; kill < 4; kill += 1) {
      const least = between(kill, kill + 1) * (many / 5);
      await soon('it got on', async () => (await messages(hub)) >= least);
      points.push(await messages(hub));
      await hub.kill();
      hub = await startHub(profile);
    }
    console.info(`history killed after ${points.join(', ')} of ${many} messages`);
    await soon(
      'all is here',
      async () => (await messages(hub)) >= many && (await state(hub))?.backfill?.running !== true,
    );
    const path = join(temporaryFolder(), 'all.jsonl');
    await hub.call('export.start', { path, format: 'jsonl' });
    const here = (await readFile(path, 'utf8'))
      .trim()
      .split('\n')
      .flatMap((line): string[] => {
        const { events }: { events: { type: string; message?: { links: string[] } }[] } = JSON.parse(line);
        return events.flatMap(({ message }) => message?.links[0] ?? []);
      });
    expect(here.toSorted()).toEqual(await idsOn(ann, 'INBOX'));
    await hub.kill();
  });

  it('killed while it sends delivers once and files one copy, or asks', { timeout: 300_000 }, async () => {
    const profile = temporaryFolder();
    let hub = await startHub(profile);
    const account = await logIn(hub);
    await hub.call('settings.set', { patch: { undoSendSeconds: 0 } });
    const write = (subject: string): Composition => ({
      account,
      conversation: null,
      from: null,
      recipients: [{ role: 'to', key: asUserKey(bob) }],
      subject,
      text: 'One stroke only.',
      format: 'plain',
      parts: [],
      replyTo: null,
      forwards: null,
    });
    const copies = async (user: string, folder: string, subject: string): Promise<number> =>
      (await server.doveadm('search', '-u', user, 'mailbox', folder, 'header', 'subject', subject))
        .split('\n')
        .filter(Boolean).length;
    const rowOf = async (subject: string) => (await hub.call('outbox.list', {})).find(({ title }) => title === subject);
    const asked: string[] = [];
    const killed: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      const subject = `Killed ${n} times`;
      await online(hub);
      const sent = await hub.call('compose.send', write(subject));
      // Its way through SMTP and into Sent takes some tens of ms here: the kills fall before, into and after it.
      await new Promise((resolve) => setTimeout(resolve, between(0, 90)));
      killed.push((await hub.call('message.get', { message: sent.message }))?.delivery?.state ?? 'sent');
      await hub.kill();
      hub = await startHub(profile);
      await online(hub);
      const settled = await soon(`what became of ${subject} is known`, async () => {
        const now = await rowOf(subject);
        if (now?.delivery.state === 'unknown' && now.delivery.error !== null) return now;
        return (now === undefined || now.delivery.state === 'sent') && { id: null };
      });
      const arrived = () => copies(bob, 'INBOX', subject);
      if (settled.id === null) {
        await soon('it has arrived', async () => (await arrived()) > 0);
        expect(await copies(ann, 'Sent', subject), subject).toBe(1);
      } else {
        // Between the last byte and the server's answer nobody can know: the person is asked, and looks.
        asked.push(subject);
        await new Promise((resolve) => setTimeout(resolve, 500));
        const as = (await arrived()) > 0 ? 'sent' : 'failed';
        await hub.call('outbox.settle', { outbox: settled.id, as });
        if (as === 'failed') await hub.call('outbox.retry', { outbox: settled.id });
        await soon('it has arrived', async () => (await arrived()) > 0);
      }
    }
    console.info(`killed while ${killed.join(', ')}; left to the person: ${asked.length}`);
    for (let n = 0; n < 8; n += 1) {
      const subject = `Killed ${n} times`;
      expect(await copies(bob, 'INBOX', subject), subject).toBe(1);
      expect(await copies(ann, 'Sent', subject), subject).toBeLessThanOrEqual(1);
    }
    await hub.kill();
  });
});
