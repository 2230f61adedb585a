import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChannelError, type SendResult } from '../../src-shared/channel.ts';
import { asBlobRef, asLabelKey, asMessageKey, asUserKey, type MessageKey } from '../../src-shared/model/index.ts';
import { keepParser, letter, type Opened, type OutlookWorld, outlookWorld, sending } from './testing/world.ts';

let world: OutlookWorld;
let opened: Opened;
let endParser: () => Promise<void>;
beforeAll(async () => {
  endParser = await keepParser();
});
afterAll(() => endParser());
beforeEach(async () => {
  world = await outlookWorld({ talks: 3, messages: 8 });
  opened = world.open();
  await opened.settle();
});
afterEach(() => world.stop());

const sent = () => world.microsoft.mailbox.ledger.of('sent');
const header = (index: number, name: string) =>
  sent()[index]?.headers.find((one) => one.name.toLowerCase() === name.toLowerCase())?.value;
const send = (txn: string, more = {}, options = {}): Promise<SendResult> =>
  world.passing(opened.session.send(letter(world.clock, more), sending(txn, options)));
/** Sends, noting the stages that were reached. */
async function trySend(txn: string, more = {}, options = {}) {
  const stages: string[] = [];
  const reached = async (stage: string) => void stages.push(stage);
  const outcome = await send(txn, more, { reached, ...options }).catch((error: unknown) => error);
  return { stages, outcome };
}
const failure = async (work: Promise<unknown>): Promise<ChannelError> => {
  const error: unknown = await work.catch((cause: unknown) => cause);
  if (error instanceof ChannelError) return error;
  throw new Error('no ChannelError', { cause: error });
};
const reconcile = (txn: string, stage: string | undefined) =>
  world.passing(opened.session.reconcile?.(letter(world.clock), sending(txn, { stage })) ?? Promise.reject());
const folder = (name: string) => world.microsoft.mailbox.folder(name).id;
const drafts = () => world.microsoft.mailbox.messages.filter(({ isDraft }) => isDraft).map(({ id }) => id);
const firstIn = (name: string): MessageKey => {
  const found = world.microsoft.mailbox.messages.find((one) => one.folder === folder(name));
  if (!found) throw new Error(`nothing in ${name}`);
  return asMessageKey(found.id);
};
const media = { ref: asBlobRef('file:1'), mime: 'application/pdf', name: 'plan.pdf' };

describe('sending', () => {
  it('answers into the conversation, with the references of what it answers', async () => {
    const replyTo = firstIn('inbox');
    const answered = world.memory.message(replyTo);
    const result = await send('txn-1', { replyTo, subject: 'Re: that', references: answered?.links ?? [] });
    if (result.is !== 'sent') throw new Error('not sent');
    expect(header(0, 'In-Reply-To')).toBe(`<${answered?.links?.[0]}>`);
    expect(header(0, 'References')).not.toContain('outlook-thread');
    const { mailbox } = world.microsoft;
    expect(mailbox.message(result.key).conversationId).toBe(mailbox.message(replyTo).conversationId);
  });

  it('tells the message under the key of its draft, where it lies, and by whose doing it is', async () => {
    const result = await send('txn-2');
    if (result.is !== 'sent') throw new Error('not sent');
    expect(result.events?.find((event) => event.type === 'message')).toMatchObject({
      message: { key: sent()[0]?.id, txn: 'txn-2', from: { is: 'me' }, placements: [{ label: folder('sentitems') }] },
    });
    expect(drafts()).toEqual([]);
  });

  it('uploads what is large piece by piece, telling how far it is', async () => {
    const steps: number[] = [];
    await send(
      'txn-3',
      { parts: [{ kind: 'document', media }] },
      { progress: (bytes: number) => void steps.push(bytes) },
    );
    expect(sent()[0]?.files).toEqual(['plan.pdf']);
    expect(world.microsoft.seen.filter(({ method }) => method === 'PUT')).toHaveLength(3);
    expect(steps.length).toBeGreaterThan(3);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it('puts what is small into the message itself', async () => {
    await send(
      'txn-4',
      { parts: [{ kind: 'document', media }] },
      { open: async () => new Uint8Array(900_000).fill(66) },
    );
    expect(sent()[0]?.files).toEqual(['plan.pdf']);
    expect(
      world.microsoft.seen.filter(({ method, path }) => method !== 'GET' && /attachments|upload/.test(path)),
    ).toEqual([]);
  });

  it('waits when Microsoft asks for patience, and sends once', async () => {
    const reply = { status: 429, headers: { 'retry-after': '2' }, json: { error: { code: 'ApplicationThrottled' } } };
    world.microsoft.faults.arm({ path: /send$/, times: 2 }, { is: 'answer', reply });
    await send('txn-5');
    expect(sent()).toHaveLength(1);
  });

  it('sends once with a token that has just run out', async () => {
    world.microsoft.grants.expire();
    await send('txn-6');
    expect(sent()).toHaveLength(1);
  });

  it('waits for the echo when the copy does not show yet', async () => {
    world.microsoft.mailbox.holding = true;
    expect(await send('txn-7')).toEqual({ is: 'await-echo' });
    world.microsoft.mailbox.deliverHeld();
    await world.until(() => world.memory.messages.some(({ txn }) => txn === 'txn-7'));
    expect(sent()).toHaveLength(1);
  });

  it('knows its message again when the copy comes under another id', async () => {
    world.microsoft.mailbox.renames = true;
    const result = await send('txn-8');
    if (result.is !== 'sent') throw new Error('not sent');
    expect(result.key).not.toBe(sent()[0]?.id);
    expect(world.microsoft.mailbox.message(result.key).isDraft).toBe(false);
  });

  it('knows it again by its Message-ID too, where Outlook does not tell our header', async () => {
    world.microsoft.mailbox.renames = true;
    world.microsoft.mailbox.mute = true;
    const result = await send('txn-11');
    if (result.is !== 'sent') throw new Error('not sent');
    expect(result.events).toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ txn: 'txn-11', key: result.key }) }),
    );
  });

  it('takes the copy that comes to oneself for a message of its own', async () => {
    const recipients = [{ role: 'to' as const, key: asUserKey('alex@northwind.example') }];
    const result = await send('txn-12', { recipients });
    if (result.is !== 'sent') throw new Error('not sent');
    await opened.record.context.emit({ events: result.events ?? [], origin: 'live' });
    const mine = () => world.memory.messages.filter(({ subject }) => subject === 'From here');
    await world.until(() => mine().length === 2);
    expect(mine().filter(({ txn }) => txn === 'txn-12')).toMatchObject([{ key: result.key }]);
  });

  it('puts off what cannot be sent because access was taken back', async () => {
    world.microsoft.grants.revoke();
    expect(await failure(send('txn-9'))).toMatchObject({ code: 'auth', outcome: 'not-done' });
    expect(sent()).toHaveLength(0);
  });

  it('refuses a message to nobody before anything is made', async () => {
    expect(await failure(send('txn-10', { recipients: [] }))).toMatchObject({ outcome: 'refused' });
    expect(drafts()).toEqual([]);
  });
});

describe('a fate nobody knows', () => {
  it('is found out by the draft’s id, and nothing is sent twice', async () => {
    world.microsoft.faults.arm({ path: /send$/ }, { is: 'cut-after' });
    const { stages, outcome } = await trySend('txn-20');
    expect(outcome).toMatchObject({ outcome: 'unknown' });
    expect(stages.at(-1)).toBe(`offered:${sent()[0]?.id}`);
    expect(await reconcile('txn-20', stages.at(-1))).toMatchObject({ is: 'sent', result: { key: sent()[0]?.id } });
  });

  it('is undecided while Microsoft is at it, and is found by our own header if the copy has another id', async () => {
    const { mailbox, faults } = world.microsoft;
    mailbox.holding = true;
    mailbox.renames = true;
    faults.arm({ path: /send$/ }, { is: 'cut-after' });
    const { stages } = await trySend('txn-21');
    await world.clock.advance(30_000);
    expect(await reconcile('txn-21', stages.at(-1))).toMatchObject({ is: 'undecided' });
    mailbox.deliverHeld();
    expect(await reconcile('txn-21', stages.at(-1))).toMatchObject({ is: 'sent' });
    expect(sent()).toHaveLength(1);
  });

  it('is absent only once a request under way would have ended; then the same draft goes out', async () => {
    world.microsoft.faults.arm({ path: /send$/ }, { is: 'cut-before' });
    const { stages, outcome } = await trySend('txn-22');
    expect(outcome).toMatchObject({ outcome: 'unknown' });
    expect(await reconcile('txn-22', stages.at(-1))).toMatchObject({ is: 'undecided' });
    await world.clock.advance(21_000);
    expect(await reconcile('txn-22', stages.at(-1))).toEqual({ is: 'absent' });
    const [draft] = drafts();
    expect(await send('txn-22', {}, { stage: stages.at(-1) })).toMatchObject({ is: 'sent', key: draft });
    expect(sent()).toHaveLength(1);
    expect(drafts()).toEqual([]);
  });

  it('is waited for once, however often the program starts anew meanwhile', async () => {
    world.microsoft.faults.arm({ path: /send$/ }, { is: 'cut-before' });
    const { stages } = await trySend('txn-28');
    const look = async () => {
      const { session } = world.open();
      const options = sending('txn-28', { stage: stages.at(-1), reached: async (next) => void stages.push(next) });
      return await world.passing(session.reconcile?.(letter(world.clock), options) ?? Promise.reject());
    };
    expect(await look()).toMatchObject({ is: 'undecided' });
    const noted = stages.length;
    await world.clock.advance(21_000);
    expect(await look()).toEqual({ is: 'absent' });
    expect(stages).toHaveLength(noted);
    const again = await trySend('txn-28', {}, { stage: stages.at(-1) });
    expect(again.outcome).toMatchObject({ is: 'sent' });
    // What is offered again has to be waited for again.
    expect(again.stages[0]).toBe(stages.find((stage) => stage.startsWith('offered:')));
    expect(sent()).toHaveLength(1);
    expect(drafts()).toEqual([]);
  });

  it('is none before anything was offered; the draft of a broken try is cleared away', async () => {
    expect(await reconcile('txn-23', undefined)).toEqual({ is: 'absent' });
    world.microsoft.faults.arm({ method: 'POST', path: /me\/messages$/ }, { is: 'cut-after' });
    const first = await trySend('txn-23');
    expect(first).toMatchObject({ stages: ['composed'], outcome: { outcome: 'unknown' } });
    expect(await reconcile('txn-23', 'composed')).toEqual({ is: 'absent' });
    world.microsoft.faults.arm({ method: 'PUT', after: 1 }, { is: 'cut-mid-body' });
    const second = await trySend('txn-23', { parts: [{ kind: 'document', media }] }, { stage: 'composed' });
    expect(second.outcome).toBeInstanceOf(ChannelError);
    expect(drafts()).toHaveLength(1);
    await send('txn-23', {}, { stage: second.stages.at(-1) });
    expect(sent()).toHaveLength(1);
    expect(drafts()).toEqual([]);
  });

  it('does not send again what left between looking and sending', async () => {
    const { mailbox, faults } = world.microsoft;
    faults.arm({ path: /send$/ }, { is: 'cut-before' });
    const { stages } = await trySend('txn-27');
    mailbox.holding = true;
    mailbox.send(drafts()[0] ?? '');
    const { outcome } = await trySend('txn-27', {}, { stage: stages.at(-1) });
    expect(outcome).toMatchObject({ outcome: 'unknown' });
    mailbox.deliverHeld();
    expect(await send('txn-27', {}, { stage: stages.at(-1) })).toMatchObject({ is: 'sent' });
    expect(sent()).toHaveLength(1);
  });

  it('never sends what Microsoft has taken, even if the answer came to nothing here', async () => {
    const { stages } = await trySend('txn-24');
    expect(stages.map((stage) => stage.split(':')[0])).toEqual(['composed', 'drafted', 'offered', 'accepted']);
    expect(await send('txn-24', {}, { stage: stages.at(-1) })).toMatchObject({ is: 'sent', key: sent()[0]?.id });
    expect(await reconcile('txn-24', stages.at(-1))).toMatchObject({ is: 'sent' });
    expect(sent()).toHaveLength(1);
  });

  it('is unknown too when Microsoft broke down over it', async () => {
    world.microsoft.faults.arm({ path: /send$/ }, { is: 'answer', reply: { status: 502, json: {} } });
    expect(await failure(send('txn-25'))).toMatchObject({ code: 'server', outcome: 'unknown' });
  });

  it('is sent all the same when only reading it back failed, and comes as news', async () => {
    world.microsoft.faults.arm(
      { method: 'GET', path: /me\/messages\/AA[^/]+$/, after: 1, times: 4 },
      { is: 'cut-before' },
    );
    expect(await send('txn-26')).toMatchObject({ is: 'sent', key: sent()[0]?.id });
    expect(world.microsoft.faults.waiting).toBe(0);
    await world.until(() => world.memory.messages.some(({ txn }) => txn === 'txn-26'));
    expect(sent()).toHaveLength(1);
  });
});

describe('drafts', () => {
  const save = (txn: string, text: string, replaces?: MessageKey) =>
    world.passing(
      opened.session.drafts.save(
        letter(world.clock, { parts: [{ kind: 'text', format: 'plain', text }] }),
        replaces,
        sending(txn),
      ),
    );

  it('are saved, one in the place of the other, and thrown away', async () => {
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
    world.microsoft.faults.arm({ method: 'POST', path: /me\/messages$/ }, { is: 'cut-after' });
    expect((await failure(save('draft-5', 'Once'))).outcome).toBe('unknown');
    const again = await save('draft-5', 'Once');
    expect(drafts()).toEqual([again.key]);
    world.microsoft.faults.arm({ path: /permanentDelete$/, times: 9 }, { is: 'cut-after' });
    await failure(save('draft-6', 'Twice', again.key));
    world.microsoft.faults.clear();
    const replaced = await save('draft-6', 'Twice', again.key);
    expect(drafts()).toEqual([replaced.key]);
    expect(replaced).toMatchObject({ elsewhere: false });
  });

  it('say so when other hands were at them', async () => {
    const first = await save('draft-7', 'Mine');
    world.microsoft.mailbox.delete(first.key);
    expect(await save('draft-8', 'Mine, longer', first.key)).toMatchObject({ elsewhere: true });
  });
});

describe('changing what is there', () => {
  const target = (message: MessageKey) => ({ message, conversation: undefined });
  const move = (key: MessageKey, add: string[], remove: string[]) =>
    world.passing(
      opened.session.label.apply(
        [target(key)],
        { add: add.map(asLabelKey), remove: remove.map(asLabelKey) },
        sending(`move-${add.join()}-${remove.join()}`),
      ),
    );
  const placed = (key: MessageKey) => world.microsoft.mailbox.message(key).folder;

  it('puts away, brings back, and throws into the bin, under the same key', async () => {
    const key = firstIn('inbox');
    await move(key, [], [folder('inbox')]);
    expect(placed(key)).toBe(folder('archive'));
    await move(key, [folder('inbox')], [folder('archive')]);
    expect(placed(key)).toBe(folder('inbox'));
    const done = await move(key, [folder('deleteditems')], [folder('inbox')]);
    expect(placed(key)).toBe(folder('deleteditems'));
    expect(done.events).toContainEqual(
      expect.objectContaining({ type: 'placed', target: key, label: folder('deleteditems'), on: true }),
    );
    // Out of a folder it is not in (any more), it stays.
    await move(key, [], [folder('inbox')]);
    await move(key, ['category:Harbour'], [folder('inbox')]);
    expect(placed(key)).toBe(folder('deleteditems'));
  });

  it('puts categories on and off and leaves the others, and sorts into the other half of the inbox', async () => {
    const key = firstIn('inbox');
    world.microsoft.mailbox.change(key, { categories: ['Receipts'], inference: 'focused' });
    await move(key, ['category:Harbour', 'inbox:other'], []);
    expect(world.microsoft.mailbox.message(key)).toMatchObject({
      categories: ['Receipts', 'Harbour'],
      inference: 'other',
      folder: folder('inbox'),
    });
    await move(key, [], ['category:Receipts', 'inbox:other']);
    expect(world.microsoft.mailbox.message(key)).toMatchObject({ categories: ['Harbour'], inference: 'focused' });
  });

  it('makes folders, and finds the one there is when another has made it first', async () => {
    const made = await world.passing(opened.session.label.create('Windows', sending('label-1')));
    expect(await world.passing(opened.session.label.create('Windows', sending('label-2')))).toBe(made);
    await world.until(() => world.memory.fact('label', made, 'name') === 'Windows');
  });

  it('says so when the message is gone, and is not put off by one gone among several', async () => {
    const [gone, left] = world.microsoft.mailbox.messages;
    if (!gone || !left) throw new Error('too few messages');
    world.microsoft.mailbox.delete(gone.id);
    const star = (ids: string[]) =>
      world.passing(
        opened.session.flag.set(
          ids.map((id) => target(asMessageKey(id))),
          { starred: true, important: true },
          sending('flag'),
        ),
      );
    await star([gone.id, left.id]);
    expect(left).toMatchObject({ flagged: true, importance: 'high' });
    expect(await failure(star([gone.id]))).toMatchObject({ code: 'gone', outcome: 'refused' });
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
  expect(people).toContain(asUserKey('sam.okafor@tidewater.example'));
  expect(new Set(people).size).toBe(10);
  const reply = { status: 403, json: { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } } };
  world.microsoft.faults.arm({ path: /contacts$/ }, { is: 'answer', reply });
  await world.passing(read());
  expect(people).toHaveLength(10);
});
