import { describe, expect, it } from 'vitest';
import { asMessageKey } from '../../src-shared/model/index.ts';
import { eachInItsWorld, fetchHistory, hereIn, keepingParser } from '../_kit/testing/mailbox/index.ts';
import { folderOf, mailbox } from './testing/world.ts';

keepingParser();
const world = eachInItsWorld(mailbox);

const labelsOf = (id: string): readonly string[] =>
  world()
    .memory.placementsOf(asMessageKey(id))
    .map(({ label }) => label);
const folder = (name: string) => folderOf(world().network, name);
const here = () => hereIn(mailbox, world());
const there = () => mailbox.look.there(world().network).toSorted();
const followed = () => mailbox.followed(world());
const inInbox = () => {
  const [id] = mailbox.look.inInbox(world().network);
  if (id === undefined) throw new Error('an empty inbox');
  return id;
};

describe('history', () => {
  it('knows what was moved or deleted after it was read, and before the folder was first looked into', async () => {
    await world().open().settle();
    const { mailbox } = world().network;
    mailbox.delete(inInbox());
    mailbox.move(inInbox(), 'archive');
    await world().until(() => here().join() === there().join());
    await followed();
    expect(here()).toEqual(there());
  });

  it('has every message of a second in which more arrived than fit a page', async () => {
    const at = world().clock.now() - 60_000;
    const [one] = world().network.mailbox.messages;
    for (let count = 0; one && count < 12; count++) world().network.mailbox.add(one.raw, { folder: 'archive', at });
    const { session, record } = world().open();
    await world().passing(session.connect(new AbortController().signal));
    await world().passing(fetchHistory(session, record, 5));
    expect(here()).toEqual(there());
  });

  it('is whole although pages hold less than was asked for, or nothing', async () => {
    world().network.mailbox.stingy = true;
    const { session, record } = world().open();
    await world().passing(session.connect(new AbortController().signal));
    await world().passing(fetchHistory(session, record, 8));
    expect(here()).toEqual(there());
  });

  it('is asked for in four requests at a time at most', async () => {
    await world().open().settle();
    expect(world().atOnce).toBeGreaterThan(1);
    expect(world().atOnce).toBeLessThanOrEqual(4);
  });
});

describe('whose a mail is', () => {
  const from = (address: string) =>
    world().network.mailbox.add(
      Buffer.from(`From: ${address}\r\nTo: quay@northwind.example\r\nSubject: Tea\r\n\r\nAt four`),
      {
        folder: 'inbox',
      },
    ).id;
  const authors = (ids: readonly string[]) => ids.map((id) => world().memory.message(asMessageKey(id))?.from.is);
  const told = async (addresses: readonly string[]) => {
    const ids = addresses.map(from);
    await world().until(() => !authors(ids).includes(undefined));
    return authors(ids);
  };

  it('tells any address of the mailbox, and others of the person; the mailbox writes from its own', async () => {
    const { mailbox } = world().network;
    mailbox.aliases.push('Quay@northwind.example');
    mailbox.otherMails.push('alex@home.example');
    const { record, settle } = world().open();
    await settle();
    const name = 'Alex Morgan';
    const [own, alias] = ['alex@northwind.example', 'quay@northwind.example'];
    expect(record.account.identities).toEqual([own, alias].map((key) => ({ key, name })));
    const everybody = ['QUAY@northwind.example', 'alex@home.example', 'sip@northwind.example'];
    expect(await told(everybody)).toEqual(['me', 'me', 'user']);
    // An administrator gives and takes them while we are here; a new folder has the setting read again.
    mailbox.aliases.splice(0, 1, 'harbour@northwind.example');
    mailbox.move(inInbox(), mailbox.addFolder('Tiles').id);
    await world().until(() => record.account.identities[1]?.key === 'harbour@northwind.example');
  });

  it.each([
    [
      'of a personal account, for which Microsoft tells no others',
      () => {
        world().network.mailbox.personal = true;
      },
    ],
    [
      'which stays as it was where the login does not cover it',
      () =>
        world().network.faults.arm(
          { path: /v1\.0\/me$/, times: 9 },
          { is: 'answer', reply: { status: 403, json: { error: { code: 'ErrorAccessDenied', message: 'no' } } } },
        ),
    ],
  ])('tells the one address %s', async (_what, prepare) => {
    prepare();
    const { record, settle } = world().open();
    const before = record.account.identities.map(({ key }) => key);
    await settle();
    expect(record.account.identities.map(({ key }) => key)).toEqual(before);
    expect(await told(['alex@northwind.example', 'ines@northwind.example'])).toEqual(['me', 'user']);
  });
});

describe('what is new', () => {
  it.each([false, true])('follows what other devices do, told sparsely: %s', async (sparse) => {
    await world().open().settle();
    world().network.deltas.sparse = sparse;
    const { mailbox } = world().network;
    const id = inInbox();
    const key = asMessageKey(id);
    mailbox.change(id, { isRead: true, flagged: true, categories: ['Receipts', 'Windows'], inference: 'other' });
    mailbox.move(id, 'archive');
    await world().until(() => labelsOf(id).includes(folder('archive')) && here().join() === there().join());
    expect(world().memory.flagsOf(key)).toMatchObject({ read: true, starred: true });
    mailbox.move(id, 'inbox');
    await world().until(() => labelsOf(id).includes(folder('inbox')) && !labelsOf(id).includes(folder('archive')));
    mailbox.delete(id);
    await world().until(() => world().memory.isRemoved(key));
    expect(here()).toEqual(there());
    // Nothing was read anew for any of it but where it had gone to.
    expect(world().memory.messages.filter((one) => one.key === key)).toHaveLength(1);
  });

  it('shows a draft as it was last written', async () => {
    const { mailbox } = world().network;
    const raw = (text: string) =>
      Buffer.from(`Subject: Plan\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n${text}`);
    await world().open().settle();
    const { id } = mailbox.add(raw('One'), { folder: 'drafts', isDraft: true });
    await world().until(() => world().memory.message(asMessageKey(id)) !== undefined);
    expect(world().memory.flagsOf(asMessageKey(id))).toMatchObject({ draft: true });
    mailbox.attach(id, {
      name: 'plan.pdf',
      type: 'application/pdf',
      bytes: Buffer.from('x'),
      isInline: false,
      contentId: undefined,
    });
    const parts = () => world().memory.content(asMessageKey(id))?.parts ?? [];
    await world().until(() => parts().length === 2);
    expect(parts()[1]).toMatchObject({ kind: 'document', media: { name: 'plan.pdf', mime: 'application/pdf' } });
  });

  it('shows what was a draft as it was sent, where it was written once more before', async () => {
    const { mailbox } = world().network;
    const raw = Buffer.from(
      'From: alex@northwind.example\r\nTo: sam@example.org\r\nSubject: Plan\r\nMIME-Version: 1.0\r\n\r\nOne',
    );
    await world().open().settle();
    const { id } = mailbox.add(raw, { folder: 'drafts', isDraft: true });
    await world().until(() => world().memory.message(asMessageKey(id)) !== undefined);
    const file = { name: 'last.pdf', type: 'application/pdf', bytes: Buffer.from('x'), isInline: false };
    mailbox.attach(id, { ...file, contentId: undefined });
    mailbox.send(id);
    await world().until(() => world().memory.flagsOf(asMessageKey(id)).draft === false);
    await world().until(() => world().memory.content(asMessageKey(id))?.parts.length === 2);
    expect(labelsOf(id)).toEqual([folder('sentitems')]);
  });

  it('brings folders somebody has just made, and takes away what is no more', async () => {
    const first = world().open();
    await first.settle();
    const made = world().network.mailbox.addFolder('Tiles', folder('inbox'));
    const id = inInbox();
    world().network.mailbox.move(id, made.id);
    await world().until(
      () => labelsOf(id).includes(made.id) && world().memory.fact('label', made.id, 'name') !== undefined,
    );
    expect(world().memory.fact('label', made.id, 'name')).toBe('Inbox/Tiles');
    await first.session.disconnect();
    world().network.mailbox.removeFolder(made.id);
    await world().clock.advance(1000);
    await world().passing(world().open().session.connect(new AbortController().signal));
    expect(world().memory.fact('label', made.id, 'exists')).toBe(false);
  });

  it('compares states when Outlook has forgotten where we were, and leaves much that is new to the history', async () => {
    const first = world().open();
    await first.settle();
    await followed();
    await first.session.disconnect();
    const { mailbox, deltas } = world().network;
    const gone = inInbox();
    mailbox.delete(gone);
    mailbox.change(inInbox(), { flagged: true, isRead: true });
    mailbox.move(inInbox(), 'deleteditems');
    for (let count = 0; count < 40; count++) world().network.write(`While away ${count}`);
    const fresh = world().network.write('After the gap');
    deltas.forget();
    const second = world().open();
    await world().passing(second.session.connect(new AbortController().signal));
    const gaps = () => second.record.batches.flatMap(({ events }) => events.filter(({ type }) => type === 'gap'));
    expect(gaps()).toEqual([{ type: 'gap', scope: 'all' }]);
    await world().passing(fetchHistory(second.session, second.record));
    expect(here()).toEqual(there());
    expect(world().memory.isRemoved(asMessageKey(gone))).toBe(true);
    expect(world().memory.message(asMessageKey(fresh))?.subject).toBe('After the gap');
    const later = world().network.write('Later');
    await world().until(() => world().memory.message(asMessageKey(later)) !== undefined);
    // A few are fetched at once.
    const last = world().network.write('Once more');
    deltas.forget();
    await world().until(() => world().memory.message(asMessageKey(last)) !== undefined);
    expect(gaps()).toHaveLength(1);
  });
});
