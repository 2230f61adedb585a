import { describe, expect, it } from 'vitest';
import { asCursor, asLabelKey, asMessageKey } from '../../src-shared/model/index.ts';
import { sendOptions } from '../_kit/testing/index.ts';
import { eachInItsWorld, fetchHistory, hereIn, keepingParser, target } from '../_kit/testing/mailbox/index.ts';
import { archiveKey } from './labels.ts';
import { gmailWorld, mailbox } from './testing/world.ts';

keepingParser();
const world = eachInItsWorld(mailbox);

const inbox = asLabelKey('INBOX');
const labelsOf = (id: string) =>
  world()
    .memory.placementsOf(asMessageKey(id))
    .map(({ label }) => label);
const expectAll = () => expect(hereIn(mailbox, world())).toEqual(mailbox.look.there(world().network).toSorted());
const gets = () => world().network.seen.filter(({ path }) => mailbox.requests.message.test(path)).length;
const inInbox = () => {
  const [id] = mailbox.look.inInbox(world().network);
  if (id === undefined) throw new Error('an empty inbox');
  return id;
};

describe('history', () => {
  it('is fetched within Google’s allowance, so that nothing is ever refused', async () => {
    const quota = { perMinute: 6000, now: () => busy.clock.now() };
    const busy = await gmailWorld({ talks: 6, messages: 120, quota });
    const began = busy.clock.now();
    await busy.open().settle();
    expect(hereIn(mailbox, busy)).toEqual(mailbox.look.there(busy.network).toSorted());
    expect(busy.network.spent).toBeGreaterThan(2400);
    expect(busy.network.seen.filter(({ status }) => status !== 200)).toEqual([]);
    // 2,400 units at 4,800 a minute, the first 900 at once.
    expect(busy.clock.now() - began).toBeGreaterThan(18_000);
    await busy.stop();
    expect(busy.clock.sleeping).toBe(0);
  });

  it('goes on from the start, fetching nothing twice, when its place in the list is not known any more', async () => {
    const { session, settle } = world().open();
    await settle();
    const before = gets();
    const cursor = JSON.stringify({ page: 'bm8gcGFnZQ', done: 7 });
    const page = await world().passing(
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
  it('follows what other devices do: reading, starring, filing, archiving, deleting', async () => {
    await world().open().settle();
    const { mailbox } = world().network;
    const id = inInbox();
    const key = asMessageKey(id);
    mailbox.modify(id, ['STARRED', 'Label_14'], ['UNREAD', 'INBOX']);
    await world().until(() => labelsOf(id).includes(archiveKey));
    expect(world().memory.flagsOf(key)).toMatchObject({ read: true, starred: true });
    expect(labelsOf(id)).toEqual(expect.arrayContaining([archiveKey, 'Label_14']));
    expect(labelsOf(id)).not.toContain(inbox);
    mailbox.modify(id, ['INBOX'], []);
    await world().until(() => labelsOf(id).includes(inbox));
    expect(labelsOf(id)).not.toContain(archiveKey);
    mailbox.delete(id);
    await world().until(() => world().memory.isRemoved(key));
    expectAll();
  });

  it('leaves what one sent to oneself among sent mail, when it is put away or brought back, there and here', async () => {
    const { session, record, settle } = world().open();
    await settle();
    const { mailbox: network } = world().network;
    const raw = Buffer.from('From: alex@northwind.example\r\nTo: alex@northwind.example\r\nSubject: Note\r\n\r\nTea');
    const { id } = network.deliver(raw, { labels: ['SENT', 'INBOX'] });
    const lies = (...where: readonly string[]) =>
      world().until(() => labelsOf(id).toSorted().join() === where.toSorted().join());
    await lies('SENT', 'INBOX');
    network.modify(id, [], ['INBOX']);
    await lies('SENT');
    network.modify(id, ['TRASH'], []);
    await lies('SENT', 'TRASH');
    network.modify(id, ['INBOX'], ['TRASH']);
    await lies('SENT', 'INBOX');
    // What is told of the very same moment would be a draw.
    await world().clock.advance(1000);
    const { events } = await world().passing(
      session.label.apply([target(asMessageKey(id))], { add: [archiveKey], remove: [inbox] }, sendOptions('away')),
    );
    await record.context.emit({ events, origin: 'live' });
    expect(events).toContainEqual(expect.objectContaining({ type: 'placed', label: archiveKey, on: false }));
    await lies('SENT');
    expectAll();
  });

  it('brings a label somebody has just made, before what lies under it', async () => {
    await world().open().settle();
    const { id: label } = world().network.mailbox.createLabel('Tiles');
    const id = inInbox();
    world().network.mailbox.modify(id, [label], []);
    await world().until(() => labelsOf(id).includes(asLabelKey(label)));
    expect(world().memory.fact('label', label, 'name')).toBe('Tiles');
  });

  it('takes a label away that somebody took away meanwhile', async () => {
    const first = world().open();
    await first.settle();
    await first.session.disconnect();
    world().network.mailbox.deleteLabel('Label_14');
    await world().clock.advance(1000);
    const second = world().open();
    await world().passing(second.session.connect(new AbortController().signal));
    expect(world().memory.fact('label', 'Label_14', 'exists')).toBe(false);
  });

  it('hears before long what labels and addresses are called now, of which the history says nothing', async () => {
    const { record, settle } = world().open();
    await settle();
    const { mailbox } = world().network;
    mailbox.renameLabel('Label_14', 'Quay');
    mailbox.deleteLabel('Label_15');
    const [own, site] = mailbox.sendAs;
    Object.assign(own ?? {}, { isDefault: false });
    Object.assign(site ?? {}, { isDefault: true, displayName: '' });
    await world().until(() => world().memory.fact('label', 'Label_14', 'name') === 'Quay');
    expect(world().memory.fact('label', 'Label_15', 'exists')).toBe(false);
    // What Gmail writes from by itself, under the account's name where it has none of its own.
    expect(record.account.identities).toEqual([
      { key: site?.sendAsEmail, name: own?.displayName },
      { key: own?.sendAsEmail, name: own?.displayName },
    ]);
  });

  it('compares by ids when Gmail has forgotten the history, and fetches only what is new', async () => {
    const first = world().open();
    await first.settle();
    await first.session.disconnect();
    const { mailbox } = world().network;
    const known = gets();
    const [gone] = mailbox.messages;
    if (gone) mailbox.delete(gone.id);
    mailbox.modify(inInbox(), ['STARRED'], ['INBOX', 'UNREAD']);
    const fresh = world().network.write('After the gap');
    mailbox.forgetHistory();
    const second = world().open();
    await world().passing(second.session.connect(new AbortController().signal));
    expect(second.record.batches.flatMap(({ events }) => events)).toContainEqual({ type: 'gap', scope: 'all' });
    await world().passing(fetchHistory(second.session, second.record));
    expectAll();
    expect(world().memory.message(asMessageKey(fresh))?.subject).toBe('After the gap');
    // The new one, and one look whether the missing one is gone indeed.
    expect(gets() - known).toBe(2);
    const later = world().network.write('Later');
    await world().until(() => world().memory.message(asMessageKey(later)) !== undefined);
  });
});
