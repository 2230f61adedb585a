import { describe, expect, it } from 'vitest';
import type { Log, PictureOf } from '../../src-shared/channel.ts';
import { asBlobRef, asMessageKey, asUserKey } from '../../src-shared/model/index.ts';
import { cast } from '../../tests/simulators/_base/index.ts';
import { idOf } from '../../tests/simulators/microsoft/teams/index.ts';
import { conversationKey } from './ids.ts';
import { eachAtADesk, file, other, person } from './testing/desk.ts';
import { type Opened, own, sending, teamsWorld, words } from './testing/world.ts';

const desk = eachAtADesk();
const { group, chat, channel, inChannel, written } = desk;
const { signal } = new AbortController();

describe('what else one does', () => {
  it('edits words and leaves the files, reacts and takes it back, and deletes', async () => {
    const open = async () => new Uint8Array(2000).fill(66);
    const parts = [
      ...words('Frist').parts,
      file('plan.pdf', 'application/pdf', 2000),
      file('roof.png', 'image/png', 2000),
    ];
    const sent = await desk.world.passing(
      desk.session.send({ ...words(''), parts, conversation: chat() }, sending('e', { open })),
    );
    if (sent.is !== 'sent') throw new Error('not sent');
    const target = { message: sent.key, conversation: chat() };
    const apply = async (
      work: Promise<{ events: readonly Parameters<typeof desk.record.memory.apply>[0]['events'][number][] }>,
    ) => desk.record.memory.apply({ events: (await desk.world.passing(work)).events });
    desk.record.memory.apply({ events: sent.events ?? [] });
    await apply(desk.session.edit.apply(target, { parts: words('First').parts }, sending('e2')));
    const kinds = desk.world.memory.content(sent.key)?.parts.map(({ kind }) => kind);
    expect(kinds).toEqual(['text', 'image', 'document']);
    expect(JSON.stringify(desk.world.memory.content(sent.key))).toContain('First');
    await apply(desk.session.react.set(target, '🚀', true, sending('e3')));
    expect(desk.world.memory.reactionsOf(sent.key)).toEqual(['me 🚀']);
    await apply(desk.session.react.set(target, '🚀', false, sending('e4')));
    expect(desk.world.memory.reactionsOf(sent.key)).toEqual([]);
    await apply(desk.session.remove.apply([target], 'everyone', sending('e5')));
    expect(desk.world.memory.isRemoved(sent.key)).toBe(true);
    expect(written()[0]?.deletedAt).toBeDefined();
  });

  it('leaves own emoji pictures, as long as they stand in the words, and what is quoted before them', async () => {
    const html = (words: string) => `<attachment id="${quoted.id}"></attachment><p>${words}</p>`;
    const quoted = other(desk, group().id);
    const emoji = (name: string) =>
      `<customemoji id="c-${name}" alt="${name}" source="../hostedContents/${name}/$value"></customemoji>`;
    const bytes = Buffer.from('\x89PNG a parrot', 'latin1');
    const mine = desk.world.network.post(group().id, {
      by: own,
      html: html(`Frist ${emoji('party_parrot')} ${emoji('a&amp;b')}`),
      attachments: [
        { id: quoted.id, contentType: 'messageReference', content: JSON.stringify({ messageId: quoted.id }) },
      ],
      hosted: new Map(['party_parrot', 'a&amp;b'].map((name) => [name, { bytes, type: 'image/png' }])),
    });
    const target = { message: desk.world.keyOf(mine), conversation: chat() };
    const edit = async (text: string, txn: string) => {
      const { events } = await desk.world.passing(
        desk.session.edit.apply(target, { parts: words(text).parts }, sending(txn)),
      );
      desk.record.memory.apply({ events });
      return desk.world.memory.content(target.message)?.parts[0];
    };
    expect(await edit('First :party\\_parrot:, `:party_parrot:` :unknown:', 'own1')).toMatchObject({
      plain: 'First :party_parrot:, :party_parrot: :unknown:',
      emoji: [{ text: ':party_parrot:', media: { ref: expect.stringContaining('hosted:party_parrot') } }],
    });
    expect(mine.body.content).toMatch(
      /^<attachment id="\d+"><\/attachment><p>First <customemoji [^<>]*><\/customemoji>, <code>:party_parrot:<\/code>/,
    );
    const [part] = desk.world.memory.content(target.message)?.parts ?? [];
    if (part?.kind !== 'text' || !part.emoji?.[0]) throw new Error('no picture');
    const opened = await desk.world.passing(
      desk.session.openBlob({ message: target.message, ref: part.emoji[0].media.ref }, signal),
    );
    const pieces: Uint8Array[] = [];
    for await (const piece of opened) pieces.push(piece);
    expect(Buffer.concat(pieces)).toEqual(bytes);
    expect(await edit('Only words', 'own2')).toEqual({ kind: 'text', format: 'plain', text: 'Only words' });
    expect(mine.body.content).not.toContain('customemoji');
  });

  it('does the same to an answer in a channel', async () => {
    const root = other(desk, channel().id);
    const sent = await desk.world.passing(
      desk.session.send(
        words('Anwser', { conversation: inChannel(), threadRoot: desk.world.keyOf(root) }),
        sending('c'),
      ),
    );
    if (sent.is !== 'sent') throw new Error('not sent');
    const target = { message: sent.key, conversation: inChannel() };
    await desk.world.passing(desk.session.edit.apply(target, { parts: words('Answer').parts }, sending('c2')));
    await desk.world.passing(desk.session.react.set(target, '👍', true, sending('c3')));
    const [one] = written();
    expect(one).toMatchObject({ body: { content: '<p>Answer</p>' }, reactions: [{ type: '👍', by: own }] });
    await desk.world.passing(desk.session.remove.apply([target], 'everyone', sending('c4')));
    expect(one?.deletedAt).toBeDefined();
    await expect(desk.session.pin.set(target, true, sending('c5'))).rejects.toMatchObject({
      outcome: 'refused',
      code: 'pin',
    });
  });

  it('leaves whoever was named named when words are changed', async () => {
    const { name } = person(0);
    const mentions = [{ key: asUserKey(idOf(person(0))), name }];
    const sent = await desk.world.passing(
      desk.session.send(words(`@${name}, lok`, { conversation: chat(), mentions }), sending('n')),
    );
    if (sent.is !== 'sent') throw new Error('not sent');
    const target = { message: sent.key, conversation: chat() };
    await desk.world.passing(desk.session.edit.apply(target, { parts: words(`@${name}, look`).parts }, sending('n2')));
    const [one] = written();
    expect(one).toMatchObject({ body: { content: `<p><at id="0">${name}</at>, look</p>` }, mentions: [{ id: 0 }] });
  });

  it('calls many at once by their own names, where there are such, and leaves them called', async () => {
    const place = channel();
    const [team] = desk.world.network.teams;
    if (!team) throw new Error('there is no team');
    const told = desk.record.memory.fact('conversation', inChannel(), 'limits');
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
    const sent = await desk.world.passing(
      desk.session.send(words(said, { conversation: inChannel(), mentions }), sending('m')),
    );
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
    await desk.world.passing(
      desk.session.edit.apply(target, { parts: words(`@${place.name}: again`).parts }, sending('m2')),
    );
    expect(written()[0]).toMatchObject({ mentions: both.slice(0, 1) });
  });

  it('fetches pictures of people and teams, and knows who has none', async () => {
    const open = async (of: PictureOf) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of (await desk.session.openPicture?.(of, signal)) ?? []) pieces.push(piece);
      return Buffer.concat(pieces).toString('latin1');
    };
    const ref = asBlobRef(String(desk.record.memory.fact('user', idOf(person(0)), 'avatar')));
    const somebody = (id: string): PictureOf => ({ is: 'user', key: asUserKey(id), ref });
    expect(await desk.world.passing(open(somebody(idOf(person(0)))))).toContain('PNG');
    const team = await desk.world.passing(open({ is: 'conversation', key: inChannel(), ref }));
    expect(team).toContain('PNG');
    const hana = cast.find(({ id }) => id === 'hana');
    const ofChat: PictureOf = { is: 'conversation', key: chat(), ref };
    for (const none of [somebody(hana ? idOf(hana) : ''), somebody('app:bot'), ofChat])
      await expect(desk.world.passing(open(none))).rejects.toMatchObject({ code: 'not-found', outcome: 'refused' });
  });

  it('shows reactions the organisation has drawn as pictures, also after a restart, and says that it cannot set them', async () => {
    const message = other(desk, group().id);
    const target = { message: desk.world.keyOf(message), conversation: chat() };
    const bytes = Buffer.from('\x89PNG a parrot', 'latin1');
    desk.world.network.reactOwn(message, 'party parrot', { bytes, type: 'image/png' }, idOf(person(0)));
    desk.world.network.react(message, 'like', own, true);
    const marks = () => [...desk.world.memory.reactionsOf(target.message)];
    await desk.world.until(() => marks().length >= 2);
    expect(marks()).toEqual(expect.arrayContaining([`${idOf(person(0))} :party_parrot:`, 'me 👍']));
    const picture = async (opened: Opened) => {
      const pieces: Uint8Array[] = [];
      const of: PictureOf = { is: 'emoji', emoji: ':party_parrot:' };
      for await (const piece of (await opened.session.openPicture?.(of, signal)) ?? []) pieces.push(piece);
      return Buffer.concat(pieces);
    };
    await desk.world.passing(desk.session.disconnect());
    const again = desk.world.open();
    expect(await desk.world.passing(picture(again))).toEqual(bytes);
    const of: PictureOf = { is: 'emoji', emoji: ':never_seen:' };
    await expect(again.session.openPicture?.(of, signal)).rejects.toMatchObject({ code: 'not-found' });
    await expect(again.session.react.set(target, ':party_parrot:', true, sending('o'))).rejects.toMatchObject({
      outcome: 'refused',
      code: 'emoji',
    });
    // Teams’ own programs set it by a word, and it goes by that word alone.
    await desk.world.passing(again.session.react.set(target, '👍', false, sending('l')));
    expect(message.reactions.map(({ type }) => type)).not.toContain('like');
  });

  it('marks a chat as read, pins, begins a group, and says that one is there', async () => {
    const one = other(desk, group().id);
    const target = { message: desk.world.keyOf(one), conversation: chat() };
    const of = (kind: string) => desk.world.network.ledger.of(kind).length;
    await desk.world.passing(desk.session.receipts.markRead(target, sending('m')));
    expect(of('read')).toBe(1);
    await desk.world.passing(
      desk.session.receipts.markRead(
        { message: desk.world.keyOf(other(desk, channel().id)), conversation: inChannel() },
        sending('m2'),
      ),
    );
    expect(of('read')).toBe(1);
    await desk.world.passing(desk.session.pin.set(target, true, sending('p')));
    await desk.world.passing(desk.session.pin.set(target, true, sending('p2')));
    expect([...group().pinned]).toEqual([one.id]);
    await desk.world.passing(desk.session.pin.set(target, false, sending('p3')));
    expect(group().pinned.size).toBe(0);
    await desk.world.until(() =>
      desk.world.memory.messages.some(({ parts }) => parts[0]?.kind === 'system' && parts[0].event === 'unpinned'),
    );
    const members = [asUserKey(idOf(person(0))), asUserKey(idOf(person(1)))];
    const made = await desk.world.passing(desk.session.group.create('Quay: plans', members, sending('g')));
    expect(desk.world.network.chat(made)).toMatchObject({ type: 'group', topic: 'Quay  plans' });
    await desk.world.until(() => desk.world.memory.fact('conversation', made, 'title') === 'Quay  plans');
    desk.session.presence.set('online');
    await desk.world.until(() => desk.world.network.presence(own) === 'Available');
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
    await expect(desk.world.passing(desk.session.react.set(nowhere, '👍', true, sending('x')))).rejects.toMatchObject({
      outcome: 'refused',
      code: 'not-found',
    });
    await expect(
      desk.session.send(words('x', { conversation: conversationKey({ is: 'chat', chat: 'odd' }) }), sending('y')),
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
    const opened = desk.world.open({ log });
    const { faults, grants } = desk.world.microsoft;
    grants.expire();
    await opened.settle();
    faults.arm({ method: 'PUT' }, { is: 'answer', reply: { status: 500, json: {} } });
    faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-after' });
    const parts = [...words('a-private-word').parts, file('plan.pdf', 'application/pdf', 4_000_000)];
    await desk.world
      .passing(opened.session.send({ ...words(''), parts, conversation: chat() }, sending('secret')))
      .catch((error: unknown) => write('failed', { error }));
    grants.revoke();
    await desk.world.until(() => opened.record.states.at(-1)?.is === 'needs-login');
    const all = [...lines, JSON.stringify(opened.record.states)].join('\n');
    expect(lines.length).toBeGreaterThan(30);
    for (const secret of ['sim-secret', 'a-private-word', 'Bearer', 'refresh_token']) expect(all).not.toContain(secret);
  });
});
