import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log, PictureOf, SendOptions } from '../../src-shared/channel.ts';
import { asBlobRef, asMessageKey, asUserKey, type Part } from '../../src-shared/model/index.ts';
import { cast } from '../../tests/simulators/_base/index.ts';
import { idOf, type Stored } from '../../tests/simulators/microsoft/teams/index.ts';
import { conversationKey } from './ids.ts';
import { type Lived, type Opened, own, sending, teamsWorld, words } from './testing/world.ts';

let world: Lived;
let session: Opened['session'];
let record: Opened['record'];
beforeEach(async () => {
  world = await teamsWorld();
  const opened = world.open();
  ({ session, record } = opened);
  await opened.settle();
});
afterEach(() => world.stop());

const { signal } = new AbortController();
const cannot = () => Promise.reject(new Error('sending cannot be reconciled'));
const person = (index: number) => {
  const found = cast[index];
  if (!found) throw new Error('a small cast');
  return found;
};
const group = () => {
  const found = world.network.chats.find(({ type }) => type === 'group');
  if (!found) throw new Error('no group');
  return found;
};
const chat = () => conversationKey({ is: 'chat', chat: group().id });
const channel = () => {
  const [found] = world.network.channels;
  if (!found) throw new Error('no channel');
  return found;
};
const inChannel = () => conversationKey(world.placeOf({ place: channel().id }));
/** What this account has written since the test began. */
let begun = 0;
beforeEach(() => {
  begun = world.network.ledger.entries.length;
});
const written = (): readonly Stored[] =>
  world.network.ledger.entries
    .slice(begun)
    .flatMap(({ kind, what }) => (kind === 'message' && what.by === own ? [what] : []))
    .map(({ id, place }) => world.network.messages.find((one) => one.id === id && one.place === place))
    .filter((one) => one !== undefined);
const other = (place: string): Stored => {
  const found = world.network.messages.find(
    (one) => one.place === place && one.by !== undefined && one.by !== own && one.root === undefined,
  );
  if (!found) throw new Error('nobody else wrote');
  return found;
};
/** A try that notes its stages, and the next one that begins where it was left. */
const tries = (txn: string) => {
  let stage: string | undefined;
  const reached = async (next: string) => {
    stage = next;
  };
  const options = (more: Partial<SendOptions> = {}): SendOptions => sending(txn, { ...more, stage, reached });
  return { options };
};
const file = (name: string, mime: string, bytes: number): Part => ({
  kind: mime.startsWith('image/') ? 'image' : 'document',
  media: { ref: asBlobRef(name), mime, name, bytes },
});

describe('sending', () => {
  it('carries marks and mentions, quotes in a chat, and answers in the thread of a channel', async () => {
    const quoted = other(group().id);
    const mentions = [{ key: asUserKey(idOf(person(0))), name: person(0).name }];
    const message = words(`**Yes**, @${person(0).name} & others: \`@${person(0).name}\``, {
      conversation: chat(),
      mentions,
      replyTo: world.keyOf(quoted),
    });
    const result = await world.passing(session.send(message, sending('one')));
    if (result.is !== 'sent') throw new Error('not sent');
    const [first] = written();
    expect(first?.body.content).toContain(
      `<strong>Yes</strong>, <at id="0">${person(0).name}</at> &amp; others: <code>@${person(0).name}</code>`,
    );
    expect(first?.attachments[0]).toMatchObject({ id: quoted.id, contentType: 'messageReference' });
    for (const event of result.events ?? []) record.memory.apply({ events: [event] });
    expect(world.memory.message(result.key)).toMatchObject({
      txn: 'one',
      replyTo: world.keyOf(quoted),
      from: { is: 'me' },
      mentions: [{ key: idOf(person(0)) }],
    });

    const root = other(channel().id);
    const answer = words('In the thread', { conversation: inChannel(), replyTo: world.keyOf(root) });
    const again = await world.passing(session.send(answer, sending('two')));
    expect(again).toMatchObject({ is: 'sent', key: expect.stringContaining(`|${root.id}/`) });
    expect(written().at(-1)).toMatchObject({ root: root.id });
  });

  it('puts files into OneDrive for the members alone, and small pictures into the words', async () => {
    const told: number[] = [];
    const open = async (ref: string) => new Uint8Array(ref === 'plan.pdf' ? 4_000_000 : 2000).fill(66);
    const parts = [
      ...words('Here').parts,
      file('plan.pdf', 'application/pdf', 4_000_000),
      file('roof.png', 'image/png', 2000),
    ];
    const options = sending('files', { open, progress: (sent) => void told.push(sent) });
    const result = await world.passing(session.send({ ...words(''), parts, conversation: chat() }, options));
    if (result.is !== 'sent') throw new Error('not sent');
    const [sent] = written();
    const [lies] = world.microsoft.teams.drive.files.slice(-1);
    expect(lies?.bytes).toHaveLength(4_000_000);
    expect([...(lies?.open ?? [])].toSorted()).toEqual(
      group()
        .members.filter((id) => id !== own)
        .toSorted(),
    );
    expect(sent?.attachments).toMatchObject([{ id: lies?.guid, contentType: 'reference', name: 'plan.pdf' }]);
    expect([...(sent?.hosted.values() ?? [])].map(({ bytes }) => bytes.length)).toEqual([2000]);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(4_000_000);
    for (const event of result.events ?? []) record.memory.apply({ events: [event] });
    const media =
      world.memory
        .message(result.key)
        ?.parts.flatMap((part) => (part.kind === 'document' || part.kind === 'image' ? [part.media] : [])) ?? [];
    const sizes: number[] = [];
    for (const { ref } of media) {
      let size = 0;
      for await (const piece of await world.passing(session.openBlob({ message: result.key, ref }, signal)))
        size += piece.length;
      sizes.push(size);
    }
    expect(sizes.toSorted((a, b) => a - b)).toEqual([2000, 4_000_000]);
    world.microsoft.faults.arm({ path: /content$/ }, { is: 'cut-mid-body' });
    const large = media.find(({ name }) => name === 'plan.pdf');
    if (!large) throw new Error('the file is not there');
    const read = async () => {
      for await (const piece of await session.openBlob({ message: result.key, ref: large.ref }, signal))
        sizes.push(piece.length);
    };
    await expect(world.passing(read())).rejects.toMatchObject({ code: 'network', outcome: 'not-done' });
  });

  it('begins a chat with whom it is for, the same one for one person every time', async () => {
    const to = (index: number) => ({ role: 'to' as const, key: asUserKey(idOf(person(index))) });
    for (const txn of ['a', 'b']) await world.passing(session.send(words('Hi', { recipients: [to(7)] }), sending(txn)));
    const places = written().map(({ place }) => place);
    expect(new Set(places).size).toBe(1);
    expect(world.network.chat(places[0] ?? '').type).toBe('oneOnOne');
    // A group begun by a try that came to nothing is the one the next try writes in.
    const { options } = tries('c');
    const all = words('All', { recipients: [to(6), to(7)] });
    const reply = { status: 403, json: { error: { code: 'Forbidden', message: 'Not now.' } } };
    world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'answer', reply });
    await expect(world.passing(session.send(all, options()))).rejects.toMatchObject({ outcome: 'refused' });
    const groups = () => world.network.chats.filter(({ type }) => type === 'group').length;
    const before = groups();
    await world.passing(session.send(all, options()));
    expect(groups()).toBe(before);
    expect(world.network.chat(written().at(-1)?.place ?? '').type).toBe('group');
  });

  it.each(['cut-after', 'cut-mid-body'] as const)(
    'that was %s is found again by its words, and never said twice',
    async (is) => {
      const message = words('Only **once**', { conversation: chat() });
      // The very same words of ours, said before it was tried, are another message.
      world.network.post(group().id, { by: own, html: '<p>Only <strong>once</strong></p>' });
      begun = world.network.ledger.entries.length;
      const { options } = tries('once');
      world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is });
      await expect(world.passing(session.send(message, options()))).rejects.toMatchObject({ outcome: 'unknown' });
      const found = await world.passing(session.reconcile?.(message, options()) ?? cannot());
      const [sent] = written();
      if (!sent) throw new Error('nothing was written');
      expect(found).toMatchObject({ is: 'sent', result: { key: world.keyOf(sent) } });
      expect(await world.passing(session.send(message, options()))).toMatchObject({
        is: 'sent',
        key: world.keyOf(sent),
      });
      expect(written()).toHaveLength(1);
    },
  );

  it('that never arrived is undecided while Teams may still be at it, then absent, and goes once', async () => {
    const message = words('Late', { conversation: inChannel() });
    const { options } = tries('late');
    world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-before' });
    await expect(world.passing(session.send(message, options()))).rejects.toMatchObject({ outcome: 'unknown' });
    expect(await world.passing(session.reconcile?.(message, options()) ?? cannot())).toMatchObject({ is: 'undecided' });
    await world.clock.advance(21_000);
    expect(await world.passing(session.reconcile?.(message, options()) ?? cannot())).toEqual({ is: 'absent' });
    expect(await world.passing(session.send(message, options()))).toMatchObject({ is: 'sent' });
    expect(written()).toHaveLength(1);
  });

  it('is waited for once, however often the program starts anew meanwhile', async () => {
    const message = words('Long', { conversation: chat() });
    const { options } = tries('long');
    world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-before' });
    await expect(world.passing(session.send(message, options()))).rejects.toMatchObject({ outcome: 'unknown' });
    const look = () => world.passing(world.open().session.reconcile?.(message, options()) ?? cannot());
    expect(await look()).toMatchObject({ is: 'undecided' });
    await world.clock.advance(21_000);
    expect(await look()).toEqual({ is: 'absent' });
    // What is offered again has to be waited for again.
    world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-before' });
    await expect(world.passing(session.send(message, options()))).rejects.toMatchObject({ outcome: 'unknown' });
    expect(await look()).toMatchObject({ is: 'undecided' });
    expect(written()).toHaveLength(0);
  });

  it('is found, and what was there before it known, though Graph’s pages are short or empty', async () => {
    // Nobody else asks meanwhile.
    await world.passing(session.disconnect());
    const alone = world.open().session;
    const link = `${world.microsoft.address}/v1.0/chats/${group().id}/messages`;
    const empty = (rest: string) => ({
      is: 'spoilt' as const,
      change: (body: string) =>
        JSON.stringify({ ...JSON.parse(body), value: [], '@odata.nextLink': `${link}?${rest}` }),
    });
    const path = /messages$/;
    world.network.post(group().id, { by: own, html: '<p>Once more</p>' });
    begun = world.network.ledger.entries.length;
    const message = words('Once more', { conversation: chat() });
    const { options } = tries('odd');
    world.microsoft.faults.arm({ method: 'GET', path }, empty('$top=1&$orderby=createdDateTime desc'));
    world.microsoft.faults.arm({ method: 'POST', path }, { is: 'cut-after' });
    await expect(world.passing(alone.send(message, options()))).rejects.toMatchObject({ outcome: 'unknown' });
    world.network.largestPage = 1;
    world.network.post(group().id, { by: idOf(person(0)), html: '<p>Since then</p>' });
    world.microsoft.faults.arm({ method: 'GET', path }, empty('$top=50&$orderby=createdDateTime desc'));
    const [sent] = written();
    expect(await world.passing(alone.reconcile?.(message, options()) ?? cannot())).toMatchObject({
      is: 'sent',
      result: { key: sent && world.keyOf(sent) },
    });
    expect(world.microsoft.faults.waiting).toBe(0);
  });

  it('is not taken for the same words said just before, for which Teams is not asked what is newest', async () => {
    const message = words('Same', { conversation: chat() });
    const asked = () => world.microsoft.seen.filter(({ query }) => /^\?\$top=1&\$orderby=[^&]*$/.test(query)).length;
    await world.passing(session.send(message, sending('first')));
    expect(asked()).toBe(1);
    const { options } = tries('second');
    world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-before' });
    await expect(world.passing(session.send(message, options()))).rejects.toMatchObject({ outcome: 'unknown' });
    expect(asked()).toBe(1);
    const look = () => world.passing(session.reconcile?.(message, options()) ?? cannot());
    const found = await look();
    if (found.is !== 'undecided') throw new Error(`it was ${found.is}`);
    expect(found.againInMs).toBeGreaterThan(0);
    await world.clock.advance(found.againInMs ?? 0);
    expect(await look()).toEqual({ is: 'absent' });
    await world.passing(session.send(message, options()));
    expect(written().map(({ body }) => body.content)).toEqual(['<p>Same</p>', '<p>Same</p>']);
  });

  it('of files that was cut off knows them again, and puts none up twice', async () => {
    const open = async () => new Uint8Array(700_000).fill(67);
    const message = { ...words(''), parts: [file('a.bin', 'application/zip', 700_000)], conversation: chat() };
    const { options } = tries('filed');
    world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-after' });
    await expect(world.passing(session.send(message, options({ open })))).rejects.toMatchObject({ outcome: 'unknown' });
    expect(await world.passing(session.reconcile?.(message, options({ open })) ?? cannot())).toMatchObject({
      is: 'sent',
    });
    expect(await world.passing(session.send(message, options({ open })))).toMatchObject({ is: 'sent' });
    expect(written()).toHaveLength(1);
    expect(world.microsoft.teams.drive.files.filter(({ name }) => name.startsWith('a'))).toHaveLength(1);
  });

  it('is put off by 429 and sent once, and refused in words where it cannot be', async () => {
    const { faults } = world.microsoft;
    const reply = {
      status: 429,
      headers: { 'retry-after': '3' },
      json: { error: { code: 'TooManyRequests', message: 'no' } },
    };
    faults.arm({ method: 'POST', path: /messages$/ }, { is: 'answer', reply });
    expect(await world.passing(session.send(words('Patient', { conversation: chat() }), sending('p')))).toMatchObject({
      is: 'sent',
    });
    expect(written()).toHaveLength(1);
    const forbidden = { status: 403, json: { error: { code: 'Forbidden', message: 'Not a member.' } } };
    faults.arm({ method: 'POST', path: /messages$/ }, { is: 'answer', reply: forbidden });
    await expect(
      world.passing(session.send(words('No', { conversation: chat() }), sending('q'))),
    ).rejects.toMatchObject({ outcome: 'refused', code: 'forbidden' });
    await expect(world.passing(session.send(words('', { conversation: chat() }), sending('r')))).rejects.toThrow(
      'nothing to send',
    );
  });
});

describe('what else one does', () => {
  it('edits words and leaves the files, reacts and takes it back, and deletes', async () => {
    const open = async () => new Uint8Array(2000).fill(66);
    const parts = [
      ...words('Frist').parts,
      file('plan.pdf', 'application/pdf', 2000),
      file('roof.png', 'image/png', 2000),
    ];
    const sent = await world.passing(
      session.send({ ...words(''), parts, conversation: chat() }, sending('e', { open })),
    );
    if (sent.is !== 'sent') throw new Error('not sent');
    const target = { message: sent.key, conversation: chat() };
    const apply = async (
      work: Promise<{ events: readonly Parameters<typeof record.memory.apply>[0]['events'][number][] }>,
    ) => record.memory.apply({ events: (await world.passing(work)).events });
    record.memory.apply({ events: sent.events ?? [] });
    await apply(session.edit.apply(target, { parts: words('First').parts }, sending('e2')));
    const kinds = world.memory.content(sent.key)?.parts.map(({ kind }) => kind);
    expect(kinds).toEqual(['text', 'image', 'document']);
    expect(JSON.stringify(world.memory.content(sent.key))).toContain('First');
    await apply(session.react.set(target, '🚀', true, sending('e3')));
    expect(world.memory.reactionsOf(sent.key)).toEqual(['me 🚀']);
    await apply(session.react.set(target, '🚀', false, sending('e4')));
    expect(world.memory.reactionsOf(sent.key)).toEqual([]);
    await apply(session.remove.apply([target], 'everyone', sending('e5')));
    expect(world.memory.isRemoved(sent.key)).toBe(true);
    expect(written()[0]?.deletedAt).toBeDefined();
  });

  it('does the same to an answer in a channel', async () => {
    const root = other(channel().id);
    const sent = await world.passing(
      session.send(words('Anwser', { conversation: inChannel(), threadRoot: world.keyOf(root) }), sending('c')),
    );
    if (sent.is !== 'sent') throw new Error('not sent');
    const target = { message: sent.key, conversation: inChannel() };
    await world.passing(session.edit.apply(target, { parts: words('Answer').parts }, sending('c2')));
    await world.passing(session.react.set(target, '👍', true, sending('c3')));
    const [one] = written();
    expect(one).toMatchObject({ body: { content: '<p>Answer</p>' }, reactions: [{ type: '👍', by: own }] });
    await world.passing(session.remove.apply([target], 'everyone', sending('c4')));
    expect(one?.deletedAt).toBeDefined();
    await expect(session.pin.set(target, true, sending('c5'))).rejects.toMatchObject({
      outcome: 'refused',
      code: 'pin',
    });
  });

  it('leaves whoever was named named when words are changed', async () => {
    const { name } = person(0);
    const mentions = [{ key: asUserKey(idOf(person(0))), name }];
    const sent = await world.passing(
      session.send(words(`@${name}, lok`, { conversation: chat(), mentions }), sending('n')),
    );
    if (sent.is !== 'sent') throw new Error('not sent');
    const target = { message: sent.key, conversation: chat() };
    await world.passing(session.edit.apply(target, { parts: words(`@${name}, look`).parts }, sending('n2')));
    const [one] = written();
    expect(one).toMatchObject({ body: { content: `<p><at id="0">${name}</at>, look</p>` }, mentions: [{ id: 0 }] });
  });

  it('calls many at once by their own names, where there are such, and leaves them called', async () => {
    const place = channel();
    const [team] = world.network.teams;
    if (!team) throw new Error('there is no team');
    const told = record.memory.fact('conversation', inChannel(), 'limits');
    expect(told).toMatchObject({
      callsMany: [
        { key: '!channel', name: place.name },
        { key: '!team', name: team.name },
      ],
    });
    const mentions = [
      { key: asUserKey('!channel'), name: place.name },
      { key: asUserKey('!team'), name: team.name },
      { key: asUserKey('!chat'), name: 'Everyone' },
    ];
    const said = `@${place.name} and @${team.name}, not @Everyone`;
    const sent = await world.passing(session.send(words(said, { conversation: inChannel(), mentions }), sending('m')));
    if (sent.is !== 'sent') throw new Error('not sent');
    const called = (id: string, displayName: string, kind: string) => ({
      mentionText: displayName,
      mentioned: { conversation: { id, displayName, conversationIdentityType: kind } },
    });
    const both = [called(place.id, place.name, 'channel'), called(team.id, team.name, 'team')];
    expect(written().at(-1)).toMatchObject({
      mentions: both,
      body: { content: expect.stringContaining('not @Everyone') },
    });
    const target = { message: sent.key, conversation: inChannel() };
    await world.passing(session.edit.apply(target, { parts: words(`@${place.name}: again`).parts }, sending('m2')));
    expect(written()[0]).toMatchObject({ mentions: both.slice(0, 1) });
  });

  it('fetches pictures of people and teams, and knows who has none', async () => {
    const open = async (of: PictureOf) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of (await session.openPicture?.(of, signal)) ?? []) pieces.push(piece);
      return Buffer.concat(pieces).toString('latin1');
    };
    const ref = asBlobRef(String(record.memory.fact('user', idOf(person(0)), 'avatar')));
    const somebody = (id: string): PictureOf => ({ is: 'user', key: asUserKey(id), ref });
    expect(await world.passing(open(somebody(idOf(person(0)))))).toContain('PNG');
    const team = await world.passing(open({ is: 'conversation', key: inChannel(), ref }));
    expect(team).toContain('PNG');
    const hana = cast.find(({ id }) => id === 'hana');
    const ofChat: PictureOf = { is: 'conversation', key: chat(), ref };
    for (const none of [somebody(hana ? idOf(hana) : ''), somebody('app:bot'), ofChat])
      await expect(world.passing(open(none))).rejects.toMatchObject({ code: 'not-found', outcome: 'refused' });
  });

  it('shows reactions the organisation has drawn as pictures, also after a restart, and says that it cannot set them', async () => {
    const message = other(group().id);
    const target = { message: world.keyOf(message), conversation: chat() };
    const bytes = Buffer.from('\x89PNG a parrot', 'latin1');
    world.network.reactOwn(message, 'party parrot', { bytes, type: 'image/png' }, idOf(person(0)));
    world.network.react(message, 'like', own, true);
    const marks = () => [...world.memory.reactionsOf(target.message)];
    await world.until(() => marks().length >= 2);
    expect(marks()).toEqual(expect.arrayContaining([`${idOf(person(0))} :party_parrot:`, 'me 👍']));
    const picture = async (opened: Opened) => {
      const pieces: Uint8Array[] = [];
      const of: PictureOf = { is: 'emoji', emoji: ':party_parrot:' };
      for await (const piece of (await opened.session.openPicture?.(of, signal)) ?? []) pieces.push(piece);
      return Buffer.concat(pieces);
    };
    await world.passing(session.disconnect());
    const again = world.open();
    expect(await world.passing(picture(again))).toEqual(bytes);
    const of: PictureOf = { is: 'emoji', emoji: ':never_seen:' };
    await expect(again.session.openPicture?.(of, signal)).rejects.toMatchObject({ code: 'not-found' });
    await expect(again.session.react.set(target, ':party_parrot:', true, sending('o'))).rejects.toMatchObject({
      outcome: 'refused',
      code: 'emoji',
    });
    // Teams’ own programs set it by a word, and it goes by that word alone.
    await world.passing(again.session.react.set(target, '👍', false, sending('l')));
    expect(message.reactions.map(({ type }) => type)).not.toContain('like');
  });

  it('marks a chat as read, pins, begins a group, and says that one is there', async () => {
    const one = other(group().id);
    const target = { message: world.keyOf(one), conversation: chat() };
    const of = (kind: string) => world.network.ledger.of(kind).length;
    await world.passing(session.receipts.markRead(target, sending('m')));
    expect(of('read')).toBe(1);
    await world.passing(
      session.receipts.markRead(
        { message: world.keyOf(other(channel().id)), conversation: inChannel() },
        sending('m2'),
      ),
    );
    expect(of('read')).toBe(1);
    await world.passing(session.pin.set(target, true, sending('p')));
    await world.passing(session.pin.set(target, true, sending('p2')));
    expect([...group().pinned]).toEqual([one.id]);
    await world.passing(session.pin.set(target, false, sending('p3')));
    expect(group().pinned.size).toBe(0);
    await world.until(() =>
      world.memory.messages.some(({ parts }) => parts[0]?.kind === 'system' && parts[0].event === 'unpinned'),
    );
    const members = [asUserKey(idOf(person(0))), asUserKey(idOf(person(1)))];
    const made = await world.passing(session.group.create('Quay: plans', members, sending('g')));
    expect(world.network.chat(made)).toMatchObject({ type: 'group', topic: 'Quay  plans' });
    await world.until(() => world.memory.fact('conversation', made, 'title') === 'Quay  plans');
    session.presence.set('online');
    await world.until(() => world.network.presence(own) === 'Available');
  });

  it('finds what history has not brought yet, and the people of the organisation', async () => {
    const fresh = await teamsWorld();
    try {
      const opened = fresh.open();
      await fresh.passing(opened.session.connect(signal));
      const wanted = fresh.network.messages.filter(({ body }) => body.content.toLowerCase().includes('drawings'));
      const events = [];
      let cursor: Parameters<typeof opened.session.search.find>[1];
      do {
        const page = await fresh.passing(opened.session.search.find('drawings', cursor, signal));
        events.push(...page.events);
        cursor = page.next;
      } while (cursor !== undefined);
      const found = events.flatMap((event) => (event.type === 'message' ? [event.message.key] : []));
      expect(wanted.length).toBeGreaterThan(0);
      expect(found.toSorted()).toEqual(wanted.map(fresh.keyOf).toSorted());
      const people: unknown[] = [];
      const list = opened.session.contacts.list(signal)[Symbol.asyncIterator]();
      for (let turn = await fresh.passing(list.next()); !turn.done; turn = await fresh.passing(list.next()))
        people.push(...turn.value);
      expect(people).toHaveLength(cast.length);
      expect(people[0]).toMatchObject({
        type: 'user',
        patch: { addresses: [`mailto:${person(0).email}`, expect.stringMatching(/^tel:\+/)] },
      });
    } finally {
      await fresh.stop();
    }
  });
});

describe('safety', () => {
  it('refuses in words what is not there', async () => {
    const nowhere = { message: asMessageKey('19:x@thread.v2|1'), conversation: undefined };
    await expect(world.passing(session.react.set(nowhere, '👍', true, sending('x')))).rejects.toMatchObject({
      outcome: 'refused',
      code: 'not-found',
    });
    await expect(
      session.send(words('x', { conversation: conversationKey({ is: 'chat', chat: 'odd' }) }), sending('y')),
    ).rejects.toMatchObject({ outcome: 'refused' });
  });

  it('writes nothing secret into a log, whatever goes wrong', async () => {
    const lines: string[] = [];
    const seen = (value: unknown): unknown =>
      value instanceof Error ? { ...value, text: value.stack, cause: seen(value.cause) } : value;
    const write = (message: string, data: object = {}) =>
      void lines.push(
        message,
        JSON.stringify(data, (_name, value: unknown) => seen(value)),
      );
    const log: Log = { debug: write, info: write, warn: write, error: write };
    const opened = world.open({ log });
    const { faults, grants } = world.microsoft;
    grants.expire();
    await opened.settle();
    faults.arm({ method: 'PUT' }, { is: 'answer', reply: { status: 500, json: {} } });
    faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-after' });
    const parts = [...words('a-private-word').parts, file('plan.pdf', 'application/pdf', 4_000_000)];
    await world
      .passing(opened.session.send({ ...words(''), parts, conversation: chat() }, sending('secret')))
      .catch((error: unknown) => write('failed', { error }));
    grants.revoke();
    await world.until(() => opened.record.states.at(-1)?.is === 'needs-login');
    const all = [...lines, JSON.stringify(opened.record.states)].join('\n');
    expect(lines.length).toBeGreaterThan(30);
    for (const secret of ['sim-secret', 'a-private-word', 'Bearer', 'refresh_token']) expect(all).not.toContain(secret);
  });
});
