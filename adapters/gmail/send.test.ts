import { describe, expect, it } from 'vitest';
import { asBlobRef, asMessageKey, asUserKey, type MessageKey } from '../../src-shared/model/index.ts';
import { eachAtADesk, failure, keepingParser, target } from '../_kit/testing/mailbox/index.ts';
import { mailbox } from './testing/world.ts';

keepingParser();
const desk = eachAtADesk(mailbox, { talks: 3, messages: 6 });
const media = { ref: asBlobRef('file:1'), mime: 'application/pdf', name: 'plan.pdf' };

describe('sending', () => {
  it('writes from the address chosen', async () => {
    await desk.send('from', { from: asUserKey('site@northwind.example') });
    expect(desk.header('From')).toContain('site@northwind.example');
  });

  it('tells the message under Gmail’s own Message-ID and key, and by whose doing it is', async () => {
    const result = await desk.send('txn-2');
    if (result.is !== 'sent') throw new Error('not sent');
    const told = result.events?.find((event) => event.type === 'message');
    expect(told).toMatchObject({ message: { key: result.key, txn: 'txn-2', from: { is: 'me' } } });
    expect(desk.header('Message-ID')).toContain('@mail.gmail.com');
  });

  it('uploads what is large, telling how far it is', async () => {
    const steps: number[] = [];
    await desk.send(
      'txn-3',
      { parts: [{ kind: 'document', media }] },
      { progress: (bytes: number) => void steps.push(bytes) },
    );
    expect(desk.sent()).toHaveLength(1);
    expect(desk.world.network.seen.some(({ path }) => path.startsWith('/upload/'))).toBe(true);
    expect(steps.length).toBeGreaterThan(10);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it('goes on reading when Google lets nothing more be sent for hours', async () => {
    const { network, clock, memory } = desk.world;
    const until = new Date(clock.now() + 6 * 3_600_000).toISOString();
    const error = { code: 429, message: `User-rate limit exceeded.  Retry after ${until}` };
    const json = { error: { ...error, errors: [{ reason: 'userRateLimitExceeded' }] } };
    network.faults.arm({ path: /send$/ }, { is: 'answer', reply: { status: 429, json } });
    const refused = await failure(desk.send('tomorrow'));
    expect(refused).toMatchObject({ code: 'busy', outcome: 'not-done', message: expect.stringContaining('send') });
    expect(refused.retryAfterMs).toBeGreaterThan(5 * 3_600_000);
    const news = asMessageKey(network.write());
    await desk.world.until(() => memory.message(news) !== undefined);
    expect(desk.opened.record.states.at(-1)).toEqual({ is: 'online' });
  });

  it('saves a draft with more in it than fits a request', async () => {
    const parts = [{ kind: 'document' as const, media }];
    const save = (txn: string, replaces?: MessageKey) =>
      desk.world.passing(
        desk.session.drafts.save(
          { parts, at: desk.world.clock.now() },
          replaces,
          desk.options(txn, { open: async () => new Uint8Array(6_500_000).fill(65) }),
        ),
      );
    const first = await save('large');
    const second = await save('larger', first.key);
    expect(mailbox.look.drafts(desk.world.network)).toEqual([second.key]);
    expect(second.events).toContainEqual(
      expect.objectContaining({
        message: expect.objectContaining({
          parts: [{ kind: 'document', media: expect.objectContaining({ name: 'plan.pdf', bytes: 6_500_000 }) }],
        }),
      }),
    );
  });

  it('keeps those in blind copy out of what others get', async () => {
    const recipients = [
      { role: 'to' as const, key: asUserKey('ines@northwind.example') },
      { role: 'bcc' as const, key: asUserKey('priya@northwind.example') },
    ];
    await desk.send('txn-4', { recipients });
    expect(desk.header('To')).toContain('ines@');
    expect(desk.header('Bcc')).toBeUndefined();
  });
});

describe('changing what is there', () => {
  it('does many at once in one call', async () => {
    const targets = desk.world.network.mailbox.messages.map(({ id }) => target(asMessageKey(id)));
    for (let count = 0; count < 6; count++) targets.push(target(asMessageKey(desk.world.network.write())));
    await desk.world.passing(desk.session.flag.set(targets, { read: true }, desk.options('flag-1')));
    expect(desk.world.network.seen.filter(({ path }) => /odify$/.test(path))).toHaveLength(1);
    expect(desk.world.network.mailbox.messages.some(({ labels }) => labels.has('UNREAD'))).toBe(false);
  });

  it('puts away, brings back, and throws into the trash', async () => {
    const key = asMessageKey(mailbox.look.inInbox(desk.world.network)[0] ?? '');
    const move = (add: string[], remove: string[]) =>
      desk.world.passing(
        desk.session.label.apply(
          [target(key)],
          { add: add.map((one) => labelOf(one)), remove: remove.map((one) => labelOf(one)) },
          desk.options(`move-${add.join()}-${remove.join()}`),
        ),
      );
    const labelOf = (name: string) => {
      const found = desk.world.memory.labels.find((label) => label === name);
      if (!found) throw new Error(`no label ${name}`);
      return found;
    };
    const { labels } = desk.world.network.mailbox.message(key);
    await move(['archive'], ['INBOX']);
    expect(labels.has('INBOX')).toBe(false);
    await move(['INBOX'], ['archive']);
    expect(labels.has('INBOX')).toBe(true);
    await move(['TRASH'], ['INBOX']);
    expect([labels.has('TRASH'), labels.has('INBOX')]).toEqual([true, false]);
    await move(['INBOX'], ['TRASH']);
    expect([labels.has('TRASH'), labels.has('INBOX')]).toEqual([false, true]);
  });

  it('finds the label there is in whatever case it is written', async () => {
    const made = await desk.world.passing(desk.session.label.create('Windows', desk.options('label-1')));
    expect(await desk.world.passing(desk.session.label.create('windows', desk.options('label-2')))).toBe(made);
  });
});
