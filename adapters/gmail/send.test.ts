import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChannelError } from '../../src-shared/channel.ts';
import { asBlobRef, asMessageKey, asUserKey, type MessageKey } from '../../src-shared/model/index.ts';
import { type GmailWorld, gmailWorld, keepParser, letter, type Opened, sending } from './testing/world.ts';

let world: GmailWorld;
let opened: Opened;
let endParser: () => Promise<void>;
beforeAll(async () => {
  endParser = await keepParser();
});
afterAll(() => endParser());
beforeEach(async () => {
  world = await gmailWorld({ talks: 3, messages: 6 });
  opened = world.open();
  await opened.settle();
});
afterEach(() => world.stop());

const sent = () => world.google.mailbox.ledger.of('sent');
const header = (index: number, name: string) =>
  sent()[index]?.headers.find((one) => one.name.toLowerCase() === name.toLowerCase())?.value;
const send = (txn: string, more = {}, options = {}) =>
  world.passing(opened.session.send(letter(world.clock, more), sending(txn, options)));
const failure = async (work: Promise<unknown>): Promise<ChannelError> => {
  const error: unknown = await work.catch((cause: unknown) => cause);
  if (error instanceof ChannelError) return error;
  throw new Error('no ChannelError', { cause: error });
};
const reconcile = (txn: string, stage: string | undefined, at?: number) =>
  world.passing(
    opened.session.reconcile?.(letter(world.clock, at === undefined ? {} : { at }), sending(txn, { stage })) ??
      Promise.reject(),
  );
const firstIn = (label: string): MessageKey => {
  const found = world.google.mailbox.messages.find(({ labels }) => labels.has(label));
  if (!found) throw new Error(`nothing under ${label}`);
  return asMessageKey(found.id);
};

describe('sending', () => {
  it('answers into the thread, in the words Gmail wants, from the address chosen', async () => {
    const replyTo = firstIn('INBOX');
    const answered = world.memory.message(replyTo);
    const result = await send('txn-1', {
      replyTo,
      subject: `Re: ${answered?.subject?.replace(/^Re: /, '')}`,
      references: answered?.links ?? [],
      from: asUserKey('site@northwind.example'),
    });
    expect(result).toMatchObject({ is: 'sent' });
    expect(sent()[0]?.threadId).toBe(world.google.mailbox.message(replyTo).threadId);
    expect(header(0, 'In-Reply-To')).toBe(`<${answered?.links?.[0]}>`);
    expect(header(0, 'References')).not.toContain('gmail-thread');
    expect(header(0, 'From')).toContain('site@northwind.example');
  });

  it('tells the message under Gmail’s own Message-ID and key, and by whose doing it is', async () => {
    const result = await send('txn-2');
    if (result.is !== 'sent') throw new Error('not sent');
    const told = result.events?.find((event) => event.type === 'message');
    expect(told).toMatchObject({ message: { key: result.key, txn: 'txn-2', from: { is: 'me' } } });
    expect(header(0, 'Message-ID')).toContain('@mail.gmail.com');
  });

  it('uploads what is large, telling how far it is', async () => {
    const steps: number[] = [];
    const media = { ref: asBlobRef('file:1'), mime: 'application/pdf', name: 'plan.pdf' };
    await send(
      'txn-3',
      { parts: [{ kind: 'document', media }] },
      { progress: (bytes: number) => void steps.push(bytes) },
    );
    expect(sent()).toHaveLength(1);
    expect(world.google.seen.some(({ path }) => path.startsWith('/upload/'))).toBe(true);
    expect(steps.length).toBeGreaterThan(10);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it('keeps those in blind copy out of what others get', async () => {
    const recipients = [
      { role: 'to' as const, key: asUserKey('ines@northwind.example') },
      { role: 'bcc' as const, key: asUserKey('priya@northwind.example') },
    ];
    await send('txn-4', { recipients });
    expect(header(0, 'To')).toContain('ines@');
    expect(header(0, 'Bcc')).toBeUndefined();
  });

  it('waits when Google asks for patience, and sends once', async () => {
    const reply = { status: 429, json: { error: { code: 429, errors: [{ reason: 'rateLimitExceeded' }] } } };
    world.google.faults.arm({ path: /send$/, times: 2 }, { is: 'answer', reply });
    await send('txn-5');
    expect(sent()).toHaveLength(1);
  });

  it('sends once with a token that has just run out', async () => {
    world.google.grants.expire();
    await send('txn-6');
    expect(sent()).toHaveLength(1);
  });
});

it('puts off what cannot be sent because access was taken back', async () => {
  world.google.grants.revoke();
  expect(await failure(send('txn-12'))).toMatchObject({ code: 'auth', outcome: 'not-done' });
  expect(sent()).toHaveLength(0);
});

describe('a fate nobody knows', () => {
  it('is found out by our own header, and nothing is sent twice', async () => {
    world.google.faults.arm({ path: /send$/ }, { is: 'cut-after' });
    const error = await failure(send('txn-7'));
    expect(error.outcome).toBe('unknown');
    expect(sent()).toHaveLength(1);
    const found = await reconcile('txn-7', 'offered');
    expect(found).toMatchObject({ is: 'sent', result: { is: 'sent', key: sent()[0]?.id } });
  });

  it('is not taken for absence before a request under way would have ended; then it may be sent again', async () => {
    world.google.faults.arm({ path: /send$/ }, { is: 'cut-before' });
    expect((await failure(send('txn-8'))).outcome).toBe('unknown');
    const { at } = letter(world.clock);
    expect(await reconcile('txn-8', 'offered', at)).toMatchObject({ is: 'undecided' });
    await world.clock.advance(21_000);
    expect(await reconcile('txn-8', 'offered', at)).toEqual({ is: 'absent' });
    await send('txn-8');
    expect(sent()).toHaveLength(1);
  });

  it('is waited for once, however often the program starts anew meanwhile', async () => {
    const stages: string[] = [];
    const look = async (stage: string) => {
      const { session } = world.open();
      const reached = async (next: string) => void stages.push(next);
      return await world.passing(
        session.reconcile?.(letter(world.clock), sending('txn-12', { stage, reached })) ?? Promise.reject(),
      );
    };
    expect(await look('offered')).toMatchObject({ is: 'undecided' });
    await world.clock.advance(21_000);
    expect(await look(stages.at(-1) ?? '')).toEqual({ is: 'absent' });
    expect(stages).toHaveLength(1);
  });

  it('is none where the request never went out', async () => {
    expect(await reconcile('txn-0', undefined)).toEqual({ is: 'absent' });
  });

  it('never sends what Gmail has answered for, even if the answer came to nothing here', async () => {
    const stages: string[] = [];
    await send('txn-11', {}, { reached: async (stage: string) => void stages.push(stage) });
    expect(stages).toEqual(['offered', 'accepted']);
    expect(await send('txn-11', {}, { stage: 'accepted' })).toMatchObject({ is: 'sent', key: sent()[0]?.id });
    expect(await reconcile('txn-11', 'accepted')).toMatchObject({ is: 'sent' });
    expect(sent()).toHaveLength(1);
  });

  it('is unknown too when Google broke down over it', async () => {
    world.google.faults.arm({ path: /send$/ }, { is: 'answer', reply: { status: 502, json: {} } });
    expect(await failure(send('txn-9'))).toMatchObject({ code: 'server', outcome: 'unknown' });
  });

  it('is sent all the same when only reading it back failed, and comes with the history', async () => {
    world.google.faults.arm({ method: 'GET', path: /messages\/[0-9a-f]+$/, times: 4 }, { is: 'cut-before' });
    const result = await send('txn-10');
    if (result.is !== 'sent') throw new Error('not sent');
    await world.until(() => world.memory.message(result.key)?.txn === 'txn-10');
    expect(sent()).toHaveLength(1);
  });
});

describe('drafts', () => {
  const drafts = () => world.google.mailbox.drafts.map(({ message }) => message.id);
  const save = (txn: string, text: string, replaces?: MessageKey) =>
    world.passing(
      opened.session.drafts.save(
        letter(world.clock, { parts: [{ kind: 'text', format: 'plain', text }] }),
        replaces,
        sending(txn),
      ),
    );

  it('are saved in place, and thrown away', async () => {
    const first = await save('draft-1', 'One');
    expect(drafts()).toEqual([first.key]);
    const second = await save('draft-2', 'Two', first.key);
    expect(drafts()).toEqual([second.key]);
    expect(second).toMatchObject({ elsewhere: false });
    expect(second.events).toContainEqual(expect.objectContaining({ type: 'removed', target: first.key }));
    await world.passing(opened.session.drafts.discard(second.key, sending('draft-3')));
    expect(drafts()).toEqual([]);
    await world.passing(opened.session.drafts.discard(second.key, sending('draft-4')));
  });

  it('are not doubled by a second try of a save nobody knows the fate of', async () => {
    world.google.faults.arm({ method: 'POST', path: /drafts$/ }, { is: 'cut-after' });
    expect((await failure(save('draft-5', 'Once'))).outcome).toBe('unknown');
    const again = await save('draft-5', 'Once');
    expect(drafts()).toEqual([again.key]);
    world.google.faults.arm({ method: 'PUT' }, { is: 'cut-after' });
    expect((await failure(save('draft-6', 'Twice', again.key))).outcome).toBe('unknown');
    const replaced = await save('draft-6', 'Twice', again.key);
    expect(drafts()).toEqual([replaced.key]);
    expect(replaced).toMatchObject({ elsewhere: false });
  });

  it('say so when other hands were at them', async () => {
    const first = await save('draft-7', 'Mine');
    const [there] = world.google.mailbox.drafts;
    if (there) world.google.mailbox.deleteDraft(there.id);
    expect(await save('draft-8', 'Mine, longer', first.key)).toMatchObject({ elsewhere: true });
  });
});

describe('changing what is there', () => {
  const target = (message: MessageKey) => ({ message, conversation: undefined });

  it('does many at once in one call', async () => {
    const targets = world.google.mailbox.messages.map(({ id }) => target(asMessageKey(id)));
    for (let count = 0; count < 6; count++) targets.push(target(asMessageKey(world.google.write())));
    await world.passing(opened.session.flag.set(targets, { read: true }, sending('flag-1')));
    expect(world.google.seen.filter(({ path }) => /odify$/.test(path))).toHaveLength(1);
    expect(world.google.mailbox.messages.some(({ labels }) => labels.has('UNREAD'))).toBe(false);
  });

  it('puts away, brings back, and throws into the trash', async () => {
    const key = firstIn('INBOX');
    const move = (add: string[], remove: string[]) =>
      world.passing(
        opened.session.label.apply(
          [target(key)],
          { add: add.map((one) => labelOf(one)), remove: remove.map((one) => labelOf(one)) },
          sending(`move-${add.join()}-${remove.join()}`),
        ),
      );
    const labelOf = (name: string) => {
      const found = world.memory.labels.find((label) => label === name);
      if (!found) throw new Error(`no label ${name}`);
      return found;
    };
    const { labels } = world.google.mailbox.message(key);
    await move(['archive'], ['INBOX']);
    expect(labels.has('INBOX')).toBe(false);
    await move(['INBOX'], ['archive']);
    expect(labels.has('INBOX')).toBe(true);
    await move(['TRASH'], ['INBOX']);
    expect([labels.has('TRASH'), labels.has('INBOX')]).toEqual([true, false]);
    await move(['INBOX'], ['TRASH']);
    expect([labels.has('TRASH'), labels.has('INBOX')]).toEqual([false, true]);
  });

  it('finds the label there is when another has made it first', async () => {
    const made = await world.passing(opened.session.label.create('Windows', sending('label-1')));
    expect(await world.passing(opened.session.label.create('windows', sending('label-2')))).toBe(made);
  });

  it('says so when the message is gone, and is not put off by one gone among several', async () => {
    const [gone, left] = world.google.mailbox.messages;
    if (!gone || !left) throw new Error('too few messages');
    world.google.mailbox.delete(gone.id);
    const read = (ids: string[]) =>
      world.passing(
        opened.session.flag.set(
          ids.map((id) => target(asMessageKey(id))),
          { starred: true },
          sending('flag-2'),
        ),
      );
    await read([gone.id, left.id]);
    expect(left.labels.has('STARRED')).toBe(true);
    expect(await failure(read([gone.id]))).toMatchObject({ code: 'gone', outcome: 'refused' });
  });
});

it('reads the address book, and does without where that is not allowed', async () => {
  const { signal } = new AbortController();
  const people: string[] = [];
  const read = async () => {
    for await (const events of opened.session.contacts.list(signal))
      for (const event of events) if (event.type === 'user') people.push(event.key);
  };
  await world.passing(read());
  expect(people).toContain('sam.okafor@tidewater.example');
  expect(new Set(people).size).toBe(10);
  const reply = {
    status: 403,
    json: { error: { code: 403, errors: [{ reason: 'insufficientPermissions' }], status: 'PERMISSION_DENIED' } },
  };
  world.google.faults.arm({ path: /connections$/ }, { is: 'answer', reply });
  await world.passing(read());
  expect(people).toHaveLength(10);
});
