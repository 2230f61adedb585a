import { describe, expect, it } from 'vitest';
import { ChannelError } from '../../src-shared/channel.ts';
import { asBlobRef, asLabelKey, asMessageKey, asUserKey, type MessageKey } from '../../src-shared/model/index.ts';
import { eachAtADesk, failure, keepingParser, target } from '../_kit/testing/mailbox/index.ts';
import { folderOf, mailbox } from './testing/world.ts';

keepingParser();
const desk = eachAtADesk(mailbox, { talks: 3, messages: 8, fileBytes: 7_000_000 });

const folder = (name: string) => folderOf(desk.world.network, name);
const drafts = () => mailbox.look.drafts(desk.world.network);
const media = { ref: asBlobRef('file:1'), mime: 'application/pdf', name: 'plan.pdf' };

describe('sending', () => {
  it('tells the message under the key of its draft, where it lies, and by whose doing it is', async () => {
    const result = await desk.send('txn-2');
    if (result.is !== 'sent') throw new Error('not sent');
    expect(result.events?.find((event) => event.type === 'message')).toMatchObject({
      message: {
        key: desk.sent()[0]?.id,
        txn: 'txn-2',
        from: { is: 'me' },
        placements: [{ label: folder('sentitems') }],
      },
    });
    expect(drafts()).toEqual([]);
  });

  it('uploads what is large piece by piece, telling how far it is', async () => {
    const steps: number[] = [];
    await desk.send(
      'txn-3',
      { parts: [{ kind: 'document', media }] },
      { progress: (bytes: number) => void steps.push(bytes) },
    );
    expect(desk.world.network.mailbox.ledger.of('sent')[0]?.files).toEqual(['plan.pdf']);
    expect(desk.world.network.seen.filter(({ method }) => method === 'PUT')).toHaveLength(3);
    expect(steps.length).toBeGreaterThan(3);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it('puts what is small into the message itself', async () => {
    await desk.send(
      'txn-4',
      { parts: [{ kind: 'document', media }] },
      { open: async () => new Uint8Array(900_000).fill(66) },
    );
    expect(desk.world.network.mailbox.ledger.of('sent')[0]?.files).toEqual(['plan.pdf']);
    expect(
      desk.world.network.seen.filter(({ method, path }) => method !== 'GET' && /attachments|upload/.test(path)),
    ).toEqual([]);
  });

  it('puts files beside the message that do not fit into a request with it', async () => {
    const files = ['one.bin', 'two.bin'].map((name) => ({ kind: 'document' as const, media: { ...media, name } }));
    const send = (txn: string, words: string) =>
      desk.send(
        txn,
        { parts: [{ kind: 'text', format: 'plain', text: words }, ...files] },
        { open: async () => new Uint8Array(1_900_000).fill(66) },
      );
    const beside = () =>
      desk.world.network.seen.filter(({ method, path }) => method === 'POST' && /attachments$/.test(path)).length;
    await send('files', 'Few words');
    expect(beside()).toBe(1);
    await send('words', 'Many words\n'.repeat(55_000));
    expect(beside()).toBe(3);
    const sent = desk.world.network.mailbox.ledger.of('sent');
    expect(sent.map((one) => one.files.toSorted())).toEqual([
      ['one.bin', 'two.bin'],
      ['one.bin', 'two.bin'],
    ]);
  });

  it.each([
    ['has run out', { is: 'answer', reply: { status: 404, json: { error: { code: 'ErrorItemNotFound' } } } }],
    ['took a piece and did not say so', { is: 'cut-after' }],
  ] as const)('begins an upload anew whose session %s', async (_what, fault) => {
    desk.world.network.faults.arm({ method: 'PUT', after: 1 }, fault);
    await desk.send('upload', { parts: [{ kind: 'document', media }] });
    expect(desk.world.network.faults.waiting).toBe(0);
    expect(desk.world.network.mailbox.ledger.of('sent').map(({ files }) => files)).toEqual([['plan.pdf']]);
  });

  it('makes another draft when somebody throws away the one it was filling', async () => {
    const reply = { status: 404, json: { error: { code: 'ErrorItemNotFound' } } };
    desk.world.network.faults.arm({ path: /createUploadSession$/ }, { is: 'answer', reply });
    const first = await desk.trySend('thrown', { parts: [{ kind: 'document', media }] });
    expect(first.outcome).toMatchObject({ outcome: 'not-done' });
    desk.world.network.mailbox.delete(drafts()[0] ?? '');
    await desk.send('thrown', { parts: [{ kind: 'document', media }] }, { stage: first.stages.at(-1) });
    expect(desk.world.network.mailbox.ledger.of('sent').map(({ files }) => files)).toEqual([['plan.pdf']]);
    expect(drafts()).toEqual([]);
  });

  it('waits for the echo when the copy does not show yet', async () => {
    desk.world.network.mailbox.holding = true;
    expect(await desk.send('txn-7')).toEqual({ is: 'await-echo' });
    desk.world.network.mailbox.deliverHeld();
    await desk.world.until(() => desk.world.memory.messages.some(({ txn }) => txn === 'txn-7'));
    expect(desk.sent()).toHaveLength(1);
  });

  it('knows its message again when the copy comes under another id', async () => {
    desk.world.network.mailbox.renames = true;
    const result = await desk.send('txn-8');
    if (result.is !== 'sent') throw new Error('not sent');
    expect(result.key).not.toBe(desk.sent()[0]?.id);
    expect(desk.world.network.mailbox.message(result.key).isDraft).toBe(false);
  });

  it('knows it again by its Message-ID too, where Outlook does not tell our header', async () => {
    desk.world.network.mailbox.renames = true;
    desk.world.network.mailbox.mute = true;
    const result = await desk.send('txn-11');
    if (result.is !== 'sent') throw new Error('not sent');
    expect(result.events).toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ txn: 'txn-11', key: result.key }) }),
    );
  });

  it('takes the copy that comes to oneself for a message of its own', async () => {
    const recipients = [{ role: 'to' as const, key: asUserKey('alex@northwind.example') }];
    const result = await desk.send('txn-12', { recipients });
    if (result.is !== 'sent') throw new Error('not sent');
    await desk.opened.record.context.emit({ events: result.events ?? [], origin: 'live' });
    const mine = () => desk.world.memory.messages.filter(({ subject }) => subject === 'From here');
    await desk.world.until(() => mine().length === 2);
    expect(mine().filter(({ txn }) => txn === 'txn-12')).toMatchObject([{ key: result.key }]);
  });

  it('goes out from an alias of the mailbox, and from nobody else’s address', async () => {
    const alias = asUserKey('quay@northwind.example');
    const { mailbox: network } = desk.world.network;
    network.aliases.push(alias);
    network.move(mailbox.look.inInbox(desk.world.network)[0] ?? '', network.addFolder('Tiles').id);
    await desk.world.until(() => desk.opened.record.account.identities.length === 2);
    const result = await desk.send('alias', { from: alias });
    if (result.is !== 'sent') throw new Error('not sent');
    expect(desk.header('From')).toContain(alias);
    expect(result.events?.find(({ type }) => type === 'message')).toMatchObject({
      message: { key: result.key, from: { is: 'me', key: alias }, txn: 'alias' },
    });
    expect(await failure(desk.send('theirs', { from: asUserKey('sam@northwind.example') }))).toMatchObject({
      outcome: 'refused',
    });
    expect(desk.sent()).toHaveLength(1);
  });

  it('refuses a message to nobody before anything is made', async () => {
    expect(await failure(desk.send('txn-10', { recipients: [] }))).toMatchObject({ outcome: 'refused' });
    expect(drafts()).toEqual([]);
  });
});

describe('a fate nobody knows', () => {
  it('is undecided while Microsoft is at it, and is found by our own header if the copy has another id', async () => {
    const { mailbox, faults } = desk.world.network;
    mailbox.holding = true;
    mailbox.renames = true;
    faults.arm({ path: /send$/ }, { is: 'cut-after' });
    const { stages } = await desk.trySend('txn-21');
    await desk.world.clock.advance(30_000);
    expect(await desk.reconcile('txn-21', stages)).toMatchObject({ is: 'undecided' });
    mailbox.deliverHeld();
    expect(await desk.reconcile('txn-21', stages)).toMatchObject({ is: 'sent' });
    expect(desk.sent()).toHaveLength(1);
  });

  it('is none before anything was offered; the draft of a broken try is cleared away', async () => {
    expect(await desk.reconcile('txn-23', [])).toEqual({ is: 'absent' });
    desk.world.network.faults.arm({ method: 'POST', path: /me\/messages$/ }, { is: 'cut-after' });
    const first = await desk.trySend('txn-23');
    expect(first).toMatchObject({ stages: ['composed'], outcome: { outcome: 'unknown' } });
    expect(await desk.reconcile('txn-23', ['composed'])).toEqual({ is: 'absent' });
    desk.world.network.faults.arm({ method: 'PUT', after: 2 }, { is: 'cut-after' });
    const second = await desk.trySend('txn-23', { parts: [{ kind: 'document', media }] }, { stage: 'composed' });
    expect(second.outcome).toBeInstanceOf(ChannelError);
    expect(drafts()).toHaveLength(1);
    await desk.send('txn-23', {}, { stage: second.stages.at(-1) });
    expect(desk.sent()).toHaveLength(1);
    expect(drafts()).toEqual([]);
  });

  it('does not send again what left between looking and sending', async () => {
    const { mailbox, faults } = desk.world.network;
    faults.arm({ path: /send$/ }, { is: 'cut-before' });
    const { stages } = await desk.trySend('txn-27');
    mailbox.holding = true;
    mailbox.send(drafts()[0] ?? '');
    const { outcome } = await desk.trySend('txn-27', {}, { stage: stages.at(-1) });
    expect(outcome).toMatchObject({ outcome: 'unknown' });
    mailbox.deliverHeld();
    expect(await desk.send('txn-27', {}, { stage: stages.at(-1) })).toMatchObject({ is: 'sent' });
    expect(desk.sent()).toHaveLength(1);
  });
});

describe('a draft', () => {
  it('in which other hands have written is left as it is, though it keeps its id; and goes to the bin', async () => {
    const { mailbox: network } = desk.world.network;
    const first = await desk.saveDraft('mine', 'Mine');
    network.change(first.key, { flagged: true });
    const second = await desk.saveDraft('longer', 'Mine, longer', first.key);
    expect(second.elsewhere).toBe(false);
    expect(drafts()).toEqual([second.key]);
    const theirs = 'To: ines@northwind.example\r\nSubject: From here\r\nMIME-Version: 1.0\r\n\r\nTheirs';
    network.rewrite(second.key, Buffer.from(theirs));
    const third = await desk.saveDraft('longest', 'Mine, longest', second.key);
    expect(third.elsewhere).toBe(true);
    expect(drafts().toSorted()).toEqual([second.key, third.key].toSorted());
    const told = third.events.flatMap((event) => (event.type === 'message' ? [event.message] : []));
    expect(told.find(({ key }) => key === second.key)?.parts).toMatchObject([
      { kind: 'text', text: expect.stringContaining('Theirs') },
    ]);
    expect(third.events.filter(({ type }) => type === 'removed')).toEqual([]);
    network.rewrite(third.key, Buffer.from(theirs));
    await desk.world.passing(desk.session.drafts.discard(third.key, desk.options('away')));
    expect(network.message(third.key).folder).toBe(folder('deleteditems'));
  });
});

describe('a draft gone on with here that was written elsewhere', () => {
  const raw = (words: string) =>
    Buffer.from(`To: ines@northwind.example\r\nSubject: From here\r\nMIME-Version: 1.0\r\n\r\n${words}`);

  it('takes the place of what was seen, and of nothing that was written since', async () => {
    const { mailbox: network } = desk.world.network;
    const mine = await desk.saveDraft('mine', 'Mine');
    network.rewrite(mine.key, raw('Theirs'));
    // It may have been told as it was saved before.
    const told = () =>
      desk.opened.record.batches
        .flatMap(({ events }) => events.flatMap((event) => (event.type === 'message' ? [event.message] : [])))
        .find(({ key, parts }) => key === mine.key && JSON.stringify(parts).includes('Theirs'));
    await desk.world.until(() => told() !== undefined);
    const seen = told()?.version;
    if (seen === undefined) throw new Error('a draft without a version');
    const goOn = (txn: string, text: string, replaces: MessageKey) => {
      const message = { recipients: [], parts: [{ kind: 'text' as const, format: 'plain' as const, text }], at: 1 };
      return desk.world.passing(desk.session.drafts.save(message, replaces, { ...desk.options(txn), seen }));
    };
    const ours = await goOn('ours', 'Theirs and mine', mine.key);
    expect(ours.elsewhere).toBe(false);
    expect(drafts()).toEqual([ours.key]);
    // Begun elsewhere, gone on with here, and written on there meanwhile.
    const { id } = network.add(raw('Begun'), { folder: 'drafts', isDraft: true });
    const begun = asMessageKey(id);
    await desk.world.until(() => desk.world.memory.message(begun) !== undefined);
    network.rewrite(id, raw('Begun and gone on with'));
    const beside = await goOn('beside', 'Begun, and mine', begun);
    expect(beside.elsewhere).toBe(true);
    expect(drafts().toSorted()).toEqual([id, ours.key, beside.key].toSorted());
  });
});

describe('changing what is there', () => {
  const move = (key: MessageKey, add: string[], remove: string[]) =>
    desk.world.passing(
      desk.session.label.apply(
        [target(key)],
        { add: add.map(asLabelKey), remove: remove.map(asLabelKey) },
        desk.options(`move-${add.join()}-${remove.join()}`),
      ),
    );
  const placed = (key: MessageKey) => desk.world.network.mailbox.message(key).folder;

  it('puts away, brings back, and throws into the bin, under the same key', async () => {
    const key = asMessageKey(mailbox.look.inInbox(desk.world.network)[0] ?? '');
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

  it('finds the archive that was made when it was first used', async () => {
    const { mailbox: network } = desk.world.network;
    const before = folder('archive');
    network.removeFolder(before);
    const [key, other = ''] = mailbox.look.inInbox(desk.world.network).map(asMessageKey);
    if (key === undefined) throw new Error('an empty inbox');
    const away = () => move(key, [], [folder('inbox')]);
    await desk.world.until(() => desk.world.memory.fact('label', before, 'exists') === false);
    expect(await failure(away())).toMatchObject({ code: 'no-archive' });
    const made = network.addFolder('Archive', 'root', { wellKnown: 'archive' });
    network.move(other, made.id);
    await desk.world.until(() => desk.world.memory.fact('label', made.id, 'role') === 'archive');
    await away();
    expect(placed(key)).toBe(made.id);
  });

  it('puts categories on and off and leaves the others, and sorts into the other half of the inbox', async () => {
    const key = asMessageKey(mailbox.look.inInbox(desk.world.network)[0] ?? '');
    desk.world.network.mailbox.change(key, { categories: ['Receipts'], inference: 'focused' });
    await move(key, ['category:Harbour', 'inbox:other'], []);
    expect(desk.world.network.mailbox.message(key)).toMatchObject({
      categories: ['Receipts', 'Harbour'],
      inference: 'other',
      folder: folder('inbox'),
    });
    await move(key, [], ['category:Receipts', 'inbox:other']);
    expect(desk.world.network.mailbox.message(key)).toMatchObject({ categories: ['Harbour'], inference: 'focused' });
  });

  it('makes folders, and finds the one there is when another has made it first', async () => {
    const made = await desk.world.passing(desk.session.label.create('Windows', desk.options('label-1')));
    expect(await desk.world.passing(desk.session.label.create('Windows', desk.options('label-2')))).toBe(made);
    await desk.world.until(() => desk.world.memory.fact('label', made, 'name') === 'Windows');
  });
});
