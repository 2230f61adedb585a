import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asConversationKey, asMessageKey } from '../../src-shared/model/index.ts';
import { fetchHistory, keepParser, type OutlookWorld, outlookWorld } from './testing/world.ts';

let world: OutlookWorld;
let endParser: () => Promise<void>;
beforeAll(async () => {
  endParser = await keepParser();
});
afterAll(() => endParser());
beforeEach(async () => {
  world = await outlookWorld();
});
afterEach(() => world.stop());

const labelsOf = (id: string): readonly string[] =>
  world.memory.placementsOf(asMessageKey(id)).map(({ label }) => label);
const folder = (name: string) => world.microsoft.mailbox.folder(name).id;
/** Every message as the mailbox has it, and as it is here: which, in which folder and categories, read and starred or not. */
const there = () =>
  world.microsoft.mailbox.messages
    .map(({ id, folder: within, categories, isRead, flagged, inference }) => {
      const labels = [
        within,
        ...categories.map((one) => `category:${one}`),
        ...(inference === 'other' ? ['inbox:other'] : []),
      ];
      return `${id} ${labels.toSorted().join()} ${isRead} ${flagged}`;
    })
    .toSorted();
const here = () =>
  world.memory.messages
    .filter(({ key }) => !world.memory.isRemoved(key))
    .map(({ key }) => {
      const { read, starred } = world.memory.flagsOf(key);
      return `${key} ${labelsOf(key).toSorted().join()} ${read} ${starred}`;
    })
    .toSorted();
const gets = () => world.microsoft.seen.filter(({ path }) => /\/me\/messages\/AA[^/]+$/.test(path)).length;
/** Until the first round of every folder has ended. */
const followed = () =>
  world.until(() =>
    world.microsoft.mailbox.folders
      .filter(({ isHidden }) => !isHidden)
      .every(({ id }) => world.memory.checkpoint(`folder:${id}`)?.includes('"following":true')),
  );
const inInbox = () => {
  const found = world.microsoft.mailbox.messages.find((one) => one.folder === folder('inbox'));
  if (!found) throw new Error('an empty inbox');
  return found.id;
};

describe('history', () => {
  it('comes whole, newest first, each message once, in pages of any size', async () => {
    const { session, record } = world.open();
    await world.passing(session.connect(new AbortController().signal));
    const times = await world.passing(fetchHistory(session, record, 5));
    expect(times).toHaveLength(world.microsoft.mailbox.messages.length);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(here()).toEqual(there());
    expect(record.batches.flatMap(({ origin, events }) => (origin === 'live' ? events : []))).toEqual([]);
  });

  it('is whole although the list grows and shrinks while it is read', async () => {
    const { session, record } = world.open();
    await world.passing(session.connect(new AbortController().signal));
    const { signal } = new AbortController();
    const first = await world.passing(session.backfill.fetch({ scope: 'all', cursor: undefined, limit: 8, signal }));
    await record.context.emit({ events: first.events, origin: 'history' });
    for (const event of first.events.slice(0, 6))
      if (event.type === 'message') world.microsoft.mailbox.delete(event.message.key);
    let cursor = first.next;
    while (cursor !== undefined) {
      const page = await world.passing(session.backfill.fetch({ scope: 'all', cursor, limit: 8, signal }));
      await record.context.emit({ events: page.events, origin: 'history' });
      cursor = page.next;
    }
    await world.until(() => here().length === there().length);
    expect(here()).toEqual(there());
  });

  it('knows what was moved or deleted after it was read, and before the folder was first looked into', async () => {
    await world.open().settle();
    const { mailbox } = world.microsoft;
    mailbox.delete(inInbox());
    mailbox.move(inInbox(), 'archive');
    await world.until(() => here().join() === there().join());
    await followed();
    expect(here()).toEqual(there());
  });

  it('has every message of a second in which more arrived than fit a page', async () => {
    const at = world.clock.now() - 60_000;
    const [one] = world.microsoft.mailbox.messages;
    for (let count = 0; one && count < 12; count++) world.microsoft.mailbox.add(one.raw, { folder: 'archive', at });
    const { session, record } = world.open();
    await world.passing(session.connect(new AbortController().signal));
    await world.passing(fetchHistory(session, record, 5));
    expect(here()).toEqual(there());
  });

  it('is put together into the conversations Outlook has, and asks for four things at a time at most', async () => {
    await world.open().settle();
    for (const { id, conversationId } of world.microsoft.mailbox.messages)
      expect(world.memory.message(asMessageKey(id))?.links).toContain(`outlook-thread:${conversationId}`);
    expect(world.atOnce).toBeGreaterThan(1);
    expect(world.atOnce).toBeLessThanOrEqual(4);
  });
});

describe('what is new', () => {
  it('is told as live, with its people', async () => {
    const { record, settle } = world.open();
    await settle();
    const id = world.microsoft.write('Fresh');
    await world.until(() => world.memory.message(asMessageKey(id)) !== undefined);
    const told = record.batches.filter(({ origin }) => origin === 'live').flatMap(({ events }) => events);
    expect(told.filter((event) => event.type === 'message')).toMatchObject([{ message: { subject: 'Fresh' } }]);
    expect(told.some((event) => event.type === 'user')).toBe(true);
    expect(here()).toEqual(there());
  });

  it.each([false, true])('follows what other devices do, told sparsely: %s', async (sparse) => {
    await world.open().settle();
    world.microsoft.deltas.sparse = sparse;
    const { mailbox } = world.microsoft;
    const id = inInbox();
    const key = asMessageKey(id);
    mailbox.change(id, { isRead: true, flagged: true, categories: ['Receipts', 'Windows'], inference: 'other' });
    mailbox.move(id, 'archive');
    await world.until(() => labelsOf(id).includes(folder('archive')) && here().join() === there().join());
    expect(world.memory.flagsOf(key)).toMatchObject({ read: true, starred: true });
    mailbox.move(id, 'inbox');
    await world.until(() => labelsOf(id).includes(folder('inbox')) && !labelsOf(id).includes(folder('archive')));
    mailbox.delete(id);
    await world.until(() => world.memory.isRemoved(key));
    expect(here()).toEqual(there());
    // Nothing was read anew for any of it but where it had gone to.
    expect(world.memory.messages.filter((one) => one.key === key)).toHaveLength(1);
  });

  it('shows a draft as it was last written', async () => {
    const { mailbox } = world.microsoft;
    const raw = (text: string) =>
      Buffer.from(`Subject: Plan\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n${text}`);
    await world.open().settle();
    const { id } = mailbox.add(raw('One'), { folder: 'drafts', isDraft: true });
    await world.until(() => world.memory.message(asMessageKey(id)) !== undefined);
    expect(world.memory.flagsOf(asMessageKey(id))).toMatchObject({ draft: true });
    mailbox.attach(id, {
      name: 'plan.pdf',
      type: 'application/pdf',
      bytes: Buffer.from('x'),
      isInline: false,
      contentId: undefined,
    });
    const parts = () => world.memory.content(asMessageKey(id))?.parts ?? [];
    await world.until(() => parts().length === 2);
    expect(parts()[1]).toMatchObject({ kind: 'document', media: { name: 'plan.pdf', mime: 'application/pdf' } });
  });

  it('shows what was a draft as it was sent, where it was written once more before', async () => {
    const { mailbox } = world.microsoft;
    const raw = Buffer.from(
      'From: alex@northwind.example\r\nTo: sam@example.org\r\nSubject: Plan\r\nMIME-Version: 1.0\r\n\r\nOne',
    );
    await world.open().settle();
    const { id } = mailbox.add(raw, { folder: 'drafts', isDraft: true });
    await world.until(() => world.memory.message(asMessageKey(id)) !== undefined);
    const file = { name: 'last.pdf', type: 'application/pdf', bytes: Buffer.from('x'), isInline: false };
    mailbox.attach(id, { ...file, contentId: undefined });
    mailbox.send(id);
    await world.until(() => world.memory.flagsOf(asMessageKey(id)).draft === false);
    await world.until(() => world.memory.content(asMessageKey(id))?.parts.length === 2);
    expect(labelsOf(id)).toEqual([folder('sentitems')]);
  });

  it('brings folders somebody has just made, and takes away what is no more', async () => {
    const first = world.open();
    await first.settle();
    const made = world.microsoft.mailbox.addFolder('Tiles', folder('inbox'));
    const id = inInbox();
    world.microsoft.mailbox.move(id, made.id);
    await world.until(
      () => labelsOf(id).includes(made.id) && world.memory.fact('label', made.id, 'name') !== undefined,
    );
    expect(world.memory.fact('label', made.id, 'name')).toBe('Inbox/Tiles');
    await first.session.disconnect();
    world.microsoft.mailbox.removeFolder(made.id);
    await world.passing(world.open().session.connect(new AbortController().signal));
    expect(world.memory.fact('label', made.id, 'exists')).toBe(false);
  });

  it('is all there after a time away, from where it was left', async () => {
    const first = world.open();
    await first.settle();
    await followed();
    await first.session.disconnect();
    const known = gets();
    for (let count = 0; count < 30; count++) world.microsoft.write(`While away ${count}`);
    world.microsoft.mailbox.change(inInbox(), { isRead: true });
    const second = world.open();
    await world.passing(second.session.connect(new AbortController().signal));
    expect(here()).toEqual(there());
    expect(gets() - known).toBe(30);
  });

  it('is told again after a crash in the middle, and ends the same', async () => {
    const first = world.open();
    await first.settle();
    await followed();
    for (let count = 0; count < 20; count++) world.microsoft.write(`News ${count}`);
    first.record.crash();
    await world.until(() => first.record.states.at(-1)?.is === 'offline');
    await first.session.disconnect();
    await world.passing(world.open().session.connect(new AbortController().signal));
    expect(here()).toEqual(there());
  });

  it('compares states when Outlook has forgotten where we were, and leaves what is new to the history', async () => {
    const first = world.open();
    await first.settle();
    await followed();
    await first.session.disconnect();
    const { mailbox, deltas } = world.microsoft;
    const gone = inInbox();
    mailbox.delete(gone);
    mailbox.change(inInbox(), { flagged: true, isRead: true });
    mailbox.move(inInbox(), 'deleteditems');
    const fresh = world.microsoft.write('After the gap');
    deltas.forget();
    const second = world.open();
    await world.passing(second.session.connect(new AbortController().signal));
    expect(second.record.batches.flatMap(({ events }) => events)).toContainEqual({ type: 'gap', scope: 'all' });
    await world.passing(fetchHistory(second.session, second.record));
    expect(here()).toEqual(there());
    expect(world.memory.isRemoved(asMessageKey(gone))).toBe(true);
    expect(world.memory.message(asMessageKey(fresh))?.subject).toBe('After the gap');
    const later = world.microsoft.write('Later');
    await world.until(() => world.memory.message(asMessageKey(later)) !== undefined);
  });
});

describe('how it stands', () => {
  it('is told: the next look, rarer the longer nothing happens, and what is left of the allowance', async () => {
    const { session, settle } = world.open();
    await settle();
    const inbox = folder('inbox');
    const looks = () =>
      world.microsoft.seen.filter(({ path }) => decodeURIComponent(path).includes(`${inbox}/messages/delta`)).length;
    const waits: number[] = [];
    for (let asked = looks(); waits.length < 10; asked = looks()) {
      await world.until(() => looks() > asked && session.standing?.().nextLookAt !== undefined);
      waits.push((session.standing?.().nextLookAt ?? 0) - world.clock.now());
    }
    expect(waits.at(-1)).toBeGreaterThan(40_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
    const asked = looks();
    session.focus?.(asConversationKey('in front of the person'));
    await world.until(() => looks() > asked && (session.standing?.().nextLookAt ?? 0) > world.clock.now());
    expect((session.standing?.().nextLookAt ?? 0) - world.clock.now()).toBeLessThanOrEqual(10_000);
    expect(session.standing?.().allowances).toMatchObject([{ rule: 'Requests to the mailbox', limit: 1000 }]);
  });
});

it('searches for what history has not brought yet, and brings nothing twice', async () => {
  const { session, record } = world.open();
  await world.passing(session.connect(new AbortController().signal));
  const { signal } = new AbortController();
  const found = await world.passing(session.search.find('Tile', undefined, signal));
  expect(found.done).toBeGreaterThan(0);
  expect(found.events.filter(({ type }) => type === 'message')).toHaveLength(found.done);
  await record.context.emit({ events: found.events, origin: 'history' });
  expect((await world.passing(session.search.find('Tile', undefined, signal))).events).toEqual([]);
});

describe('bad days', () => {
  it('outlasts refusals, cut connections and broken answers without losing or doubling anything', async () => {
    const { faults } = world.microsoft;
    const limited = {
      status: 429,
      headers: { 'retry-after': '3' },
      json: { error: { code: 'ApplicationThrottled', message: 'Application is over its MailboxConcurrency limit.' } },
    };
    faults.arm({ path: /me\/messages$/, times: 2 }, { is: 'answer', reply: limited });
    faults.arm({ path: /messages\/delta$/, after: 1, times: 2 }, { is: 'cut-mid-body' });
    faults.arm({ path: /attachments$/ }, { is: 'answer', reply: { status: 504, json: {} } });
    faults.arm({ path: /mailFolders\/delta$/, times: 2 }, { is: 'cut-before' });
    const { record, settle } = world.open();
    await settle();
    const id = world.microsoft.write();
    await world.until(() => world.memory.message(asMessageKey(id)) !== undefined);
    expect(here()).toEqual(there());
    expect(record.states.at(-1)).toEqual({ is: 'online' });
    expect(faults.waiting).toBe(0);
  });

  it('renews a token that has run out, without anybody noticing, and keeps the new one', async () => {
    const { record, settle } = world.open();
    world.microsoft.grants.expire();
    await settle();
    expect(record.states.at(-1)).toEqual({ is: 'online' });
    expect(here()).toEqual(there());
    expect(world.microsoft.grants.refreshTokens).toHaveLength(1);
    expect(JSON.stringify(await record.context.secrets.get('tokens'))).toContain(
      world.microsoft.grants.refreshTokens[0],
    );
  });

  it('asks for a login when access was taken back, and keeps everything', async () => {
    const { record, settle } = world.open();
    await settle();
    const before = here();
    world.microsoft.grants.revoke();
    await world.until(() => record.states.at(-1)?.is === 'needs-login');
    expect(record.states.at(-1)).toMatchObject({ code: 'auth', message: expect.stringContaining('Log in again') });
    expect(here()).toEqual(before);
  });

  it('says so when there is no mailbox to open', async () => {
    const reply = { status: 404, json: { error: { code: 'MailboxNotEnabledForRESTAPI', message: 'no' } } };
    world.microsoft.faults.arm({ path: /me\/messages$/ }, { is: 'answer', reply });
    const { session, record } = world.open();
    await world.passing(session.connect(new AbortController().signal));
    expect(record.states.at(-1)).toMatchObject({ is: 'failed', message: expect.stringContaining('no mailbox') });
  });

  it('goes offline when Microsoft cannot be reached, and says so', async () => {
    const { session, record } = world.open();
    await world.microsoft.stop();
    await world.passing(session.connect(new AbortController().signal));
    expect(record.states.at(-1)).toMatchObject({ is: 'offline' });
  });
});
