import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asConversationKey, asCursor, asLabelKey, asMessageKey } from '../../src-shared/model/index.ts';
import { archiveKey } from './labels.ts';
import { fetchHistory, type GmailWorld, gmailWorld, keepParser } from './testing/world.ts';

let world: GmailWorld;
let endParser: () => Promise<void>;
beforeAll(async () => {
  endParser = await keepParser();
});
afterAll(() => endParser());
beforeEach(async () => {
  world = await gmailWorld();
});
afterEach(() => world.stop());

const inbox = asLabelKey('INBOX');
const labelsOf = (id: string) => world.memory.placementsOf(asMessageKey(id)).map(({ label }) => label);
/** Every message as the mailbox has it, and as it is here: which, where, read or not. */
const there = () =>
  world.google.mailbox.messages
    .map(({ id, labels }) => `${id} ${labels.has('UNREAD') ? 'unread' : 'read'} ${labels.has('INBOX')}`)
    .toSorted();
const here = () =>
  world.memory.messages
    .filter(({ key }) => !world.memory.isRemoved(key))
    .map(({ key }) => `${key} ${world.memory.flagsOf(key).read ? 'read' : 'unread'} ${labelsOf(key).includes(inbox)}`)
    .toSorted();
const gets = () => world.google.seen.filter(({ path }) => /\/messages\/[0-9a-f]+$/.test(path)).length;
const inInbox = () => {
  const found = world.google.mailbox.messages.find(({ labels }) => labels.has('INBOX'));
  if (!found) throw new Error('an empty inbox');
  return found.id;
};

describe('history', () => {
  it('comes whole, newest first, each message once', async () => {
    const { session, record } = world.open();
    await world.passing(session.connect(new AbortController().signal));
    const times = await world.passing(fetchHistory(session, record));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(here()).toEqual(there());
    expect(record.batches.every(({ origin }) => origin === 'history')).toBe(true);
  });

  it('is put together into the threads Gmail has', async () => {
    await world.open().settle();
    const threadOf = (links: readonly string[] = []) => links.find((link) => link.startsWith('gmail-thread:'));
    for (const { id, threadId } of world.google.mailbox.messages)
      expect(threadOf(world.memory.message(asMessageKey(id))?.links)).toBe(`gmail-thread:${threadId}`);
  });

  it('is fetched within Google’s allowance, so that nothing is ever refused', async () => {
    await world.stop();
    const { clock } = world;
    world = await gmailWorld({ talks: 12, messages: 330, quota: { perMinute: 6000, now: () => world.clock.now() } });
    const began = world.clock.now();
    await world.open().settle();
    expect(here()).toEqual(there());
    expect(world.google.spent).toBeGreaterThan(6600);
    expect(world.google.seen.filter(({ status }) => status !== 200)).toEqual([]);
    // 6,600 units at 4,800 a minute, the first 900 at once.
    expect(world.clock.now() - began).toBeGreaterThan(60_000);
    expect(clock.sleeping).toBe(0);
  });

  it('goes on from the start, fetching nothing twice, when its place in the list is not known any more', async () => {
    const { session, settle } = world.open();
    await settle();
    const before = gets();
    const cursor = JSON.stringify({ page: 'bm8gcGFnZQ', done: 7 });
    const page = await world.passing(
      session.backfill.fetch({
        scope: 'all',
        cursor: asCursor(cursor),
        limit: 200,
        signal: new AbortController().signal,
      }),
    );
    expect(page.events).toEqual([]);
    expect(gets()).toBe(before);
  });
});

describe('what is new', () => {
  it('is told as live, with its people', async () => {
    const { record, settle } = world.open();
    await settle();
    const id = world.google.write('Fresh');
    await world.until(() => world.memory.message(asMessageKey(id)) !== undefined);
    const told = record.batches.filter(({ origin }) => origin === 'live').flatMap(({ events }) => events);
    expect(told.find((event) => event.type === 'message')).toMatchObject({ message: { subject: 'Fresh' } });
    expect(told.some((event) => event.type === 'user')).toBe(true);
    expect(here()).toEqual(there());
  });

  it('follows what other devices do: reading, starring, filing, archiving, deleting', async () => {
    await world.open().settle();
    const { mailbox } = world.google;
    const id = inInbox();
    const key = asMessageKey(id);
    mailbox.modify(id, ['STARRED', 'Label_14'], ['UNREAD', 'INBOX']);
    await world.until(() => labelsOf(id).includes(archiveKey));
    expect(world.memory.flagsOf(key)).toMatchObject({ read: true, starred: true });
    expect(labelsOf(id)).toEqual(expect.arrayContaining([archiveKey, 'Label_14']));
    expect(labelsOf(id)).not.toContain(inbox);
    mailbox.modify(id, ['INBOX'], []);
    await world.until(() => labelsOf(id).includes(inbox));
    expect(labelsOf(id)).not.toContain(archiveKey);
    mailbox.delete(id);
    await world.until(() => world.memory.isRemoved(key));
    expect(here()).toEqual(there());
  });

  it('brings a label somebody has just made, before what lies under it', async () => {
    await world.open().settle();
    const { id: label } = world.google.mailbox.createLabel('Tiles');
    const id = inInbox();
    world.google.mailbox.modify(id, [label], []);
    await world.until(() => labelsOf(id).includes(asLabelKey(label)));
    expect(world.memory.fact('label', label, 'name')).toBe('Tiles');
  });

  it('takes a label away that somebody took away meanwhile', async () => {
    const first = world.open();
    await first.settle();
    await first.session.disconnect();
    world.google.mailbox.deleteLabel('Label_14');
    const second = world.open();
    await world.passing(second.session.connect(new AbortController().signal));
    expect(world.memory.fact('label', 'Label_14', 'exists')).toBe(false);
  });

  it('is all there after a time away, from where it was left', async () => {
    const first = world.open();
    await first.settle();
    await first.session.disconnect();
    const known = gets();
    for (let count = 0; count < 130; count++) world.google.write(`While away ${count}`);
    world.google.mailbox.modify(inInbox(), [], ['UNREAD']);
    const second = world.open();
    await world.passing(second.session.connect(new AbortController().signal));
    expect(here()).toEqual(there());
    expect(gets() - known).toBe(130);
  });

  it('is told again after a crash in the middle, and ends the same', async () => {
    const first = world.open();
    await first.settle();
    for (let count = 0; count < 60; count++) world.google.write(`News ${count}`);
    first.record.crash();
    await world.until(() => first.record.states.at(-1)?.is === 'offline');
    await first.session.disconnect();
    await world.passing(world.open().session.connect(new AbortController().signal));
    expect(here()).toEqual(there());
  });

  it('compares by ids when Gmail has forgotten the history, and fetches only what is new', async () => {
    const first = world.open();
    await first.settle();
    await first.session.disconnect();
    const { mailbox } = world.google;
    const known = gets();
    const [gone] = mailbox.messages;
    if (gone) mailbox.delete(gone.id);
    mailbox.modify(inInbox(), ['STARRED'], ['INBOX', 'UNREAD']);
    const fresh = world.google.write('After the gap');
    mailbox.forgetHistory();
    const second = world.open();
    await world.passing(second.session.connect(new AbortController().signal));
    expect(second.record.batches.flatMap(({ events }) => events)).toContainEqual({ type: 'gap', scope: 'all' });
    await world.passing(fetchHistory(second.session, second.record));
    expect(here()).toEqual(there());
    expect(world.memory.message(asMessageKey(fresh))?.subject).toBe('After the gap');
    // The new one, and one look whether the missing one is gone indeed.
    expect(gets() - known).toBe(2);
    const later = world.google.write('Later');
    await world.until(() => world.memory.message(asMessageKey(later)) !== undefined);
  });
});

describe('how it stands', () => {
  it('is told: the next look, rarer the longer nothing happens, and what is left of the allowance', async () => {
    const { session, settle } = world.open();
    await settle();
    const waits: number[] = [];
    let asked = 0;
    const looks = () => world.google.seen.filter(({ path }) => path.endsWith('/history')).length;
    while (waits.length < 12) {
      await world.until(() => looks() > asked && session.standing?.().nextLookAt !== undefined);
      asked = looks();
      waits.push((session.standing?.().nextLookAt ?? 0) - world.clock.now());
    }
    expect(waits.at(-1)).toBeGreaterThan(20_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
    session.focus?.(asConversationKey('in front of the person'));
    await world.until(() => looks() > asked && (session.standing?.().nextLookAt ?? 0) > world.clock.now());
    expect((session.standing?.().nextLookAt ?? 0) - world.clock.now()).toBeLessThanOrEqual(5000);
    expect(session.standing?.().allowances).toMatchObject([{ rule: 'Gmail quota', limit: 1200 }]);
  });
});

describe('searching', () => {
  it('brings what history has not brought yet, and nothing twice', async () => {
    const { session, record } = world.open();
    await world.passing(session.connect(new AbortController().signal));
    const { signal } = new AbortController();
    const found = await world.passing(session.search.find('drawings', undefined, signal));
    const keys = found.events.flatMap((event) => (event.type === 'message' ? [event.message.key] : []));
    expect(keys.length).toBe(found.done);
    await record.context.emit({ events: found.events, origin: 'history' });
    expect((await world.passing(session.search.find('drawings', undefined, signal))).events).toEqual([]);
  });
});

describe('bad days', () => {
  it('outlasts refusals, cut connections and broken answers without losing or doubling anything', async () => {
    const { faults } = world.google;
    const limited = {
      status: 403,
      json: { error: { code: 403, message: 'Slow', errors: [{ reason: 'userRateLimitExceeded' }] } },
    };
    faults.arm({ path: /messages\/[0-9a-f]+$/, after: 2, times: 2 }, { is: 'answer', reply: limited });
    faults.arm({ path: /messages\/[0-9a-f]+$/, after: 6, times: 3 }, { is: 'cut-mid-body' });
    faults.arm({ path: /messages$/ }, { is: 'answer', reply: { status: 500, json: {} } });
    faults.arm({ path: /history$/, times: 2 }, { is: 'cut-before' });
    const { record, settle } = world.open();
    await settle();
    const id = world.google.write();
    await world.until(() => world.memory.message(asMessageKey(id)) !== undefined);
    expect(here()).toEqual(there());
    expect(record.states.at(-1)).toEqual({ is: 'online' });
    expect(faults.waiting).toBe(0);
  });

  it('renews a token that has run out, without anybody noticing', async () => {
    const { record, settle } = world.open();
    world.google.grants.expire();
    await settle();
    expect(record.states.at(-1)).toEqual({ is: 'online' });
    expect(here()).toEqual(there());
  });

  it('asks for a login when access was taken back, and keeps everything', async () => {
    const { record, settle } = world.open();
    await settle();
    const before = here();
    world.google.grants.revoke();
    await world.until(() => record.states.at(-1)?.is === 'needs-login');
    expect(record.states.at(-1)).toMatchObject({ code: 'auth', message: expect.stringContaining('Log in again') });
    expect(here()).toEqual(before);
  });

  it('says what to switch on when the interface is off in the person’s project', async () => {
    const reply = {
      status: 403,
      json: {
        error: { code: 403, message: 'off', errors: [{ reason: 'accessNotConfigured' }], status: 'PERMISSION_DENIED' },
      },
    };
    world.google.faults.arm({ path: /profile$/ }, { is: 'answer', reply });
    const { session, record } = world.open();
    await world.passing(session.connect(new AbortController().signal));
    expect(record.states.at(-1)).toMatchObject({ is: 'failed', message: expect.stringContaining('Gmail API') });
  });

  it('goes offline when Google cannot be reached, and says so', async () => {
    const { session, record } = world.open();
    await world.google.stop();
    await world.passing(session.connect(new AbortController().signal));
    expect(record.states.at(-1)).toMatchObject({ is: 'offline' });
  });
});
