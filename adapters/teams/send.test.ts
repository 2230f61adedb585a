import { describe, expect, it } from 'vitest';
import { asUserKey } from '../../src-shared/model/index.ts';
import { idOf } from '../../tests/simulators/microsoft/teams/index.ts';
import { conversationKey } from './ids.ts';
import { eachAtADesk, file, other, person, tries } from './testing/desk.ts';
import { own, sending, words } from './testing/world.ts';

const desk = eachAtADesk();
const { group, chat, channel, inChannel, written } = desk;
const { signal } = new AbortController();
const cannot = () => Promise.reject(new Error('sending cannot be reconciled'));

describe('sending', () => {
  it('carries marks and mentions, quotes in a chat, and answers in the thread of a channel', async () => {
    const quoted = other(desk, group().id);
    const mentions = [{ key: asUserKey(idOf(person(0))), name: person(0).name }];
    const message = words(`**Yes**, @${person(0).name} & others: \`@${person(0).name}\``, {
      conversation: chat(),
      mentions,
      replyTo: desk.world.keyOf(quoted),
    });
    const result = await desk.world.passing(desk.session.send(message, sending('one')));
    if (result.is !== 'sent') throw new Error('not sent');
    const [first] = written();
    expect(first?.body.content).toContain(
      `<strong>Yes</strong>, <at id="0">${person(0).name}</at> &amp; others: <code>@${person(0).name}</code>`,
    );
    expect(first?.attachments[0]).toMatchObject({ id: quoted.id, contentType: 'messageReference' });
    for (const event of result.events ?? []) desk.record.memory.apply({ events: [event] });
    expect(desk.world.memory.message(result.key)).toMatchObject({
      txn: 'one',
      replyTo: desk.world.keyOf(quoted),
      from: { is: 'me' },
      mentions: [{ key: idOf(person(0)) }],
    });

    const root = other(desk, channel().id);
    const answer = words('In the thread', { conversation: inChannel(), replyTo: desk.world.keyOf(root) });
    const again = await desk.world.passing(desk.session.send(answer, sending('two')));
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
    const result = await desk.world.passing(desk.session.send({ ...words(''), parts, conversation: chat() }, options));
    if (result.is !== 'sent') throw new Error('not sent');
    const [sent] = written();
    const [lies] = desk.world.microsoft.teams.drive.files.slice(-1);
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
    for (const event of result.events ?? []) desk.record.memory.apply({ events: [event] });
    const media =
      desk.world.memory
        .message(result.key)
        ?.parts.flatMap((part) => (part.kind === 'document' || part.kind === 'image' ? [part.media] : [])) ?? [];
    const sizes: number[] = [];
    for (const { ref } of media) {
      let size = 0;
      for await (const piece of await desk.world.passing(desk.session.openBlob({ message: result.key, ref }, signal)))
        size += piece.length;
      sizes.push(size);
    }
    expect(sizes.toSorted((a, b) => a - b)).toEqual([2000, 4_000_000]);
    desk.world.microsoft.faults.arm({ path: /content$/ }, { is: 'cut-mid-body' });
    const large = media.find(({ name }) => name === 'plan.pdf');
    if (!large) throw new Error('the file is not there');
    const read = async () => {
      for await (const piece of await desk.session.openBlob({ message: result.key, ref: large.ref }, signal))
        sizes.push(piece.length);
    };
    await expect(desk.world.passing(read())).rejects.toMatchObject({ code: 'network', outcome: 'not-done' });
  });

  it('opens a file to everybody of a chat, however large that is', async () => {
    const strangers = Array.from({ length: 230 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
    const large = desk.world.network.addChat('group', strangers, 'Everybody at the quay');
    const conversation = conversationKey({ is: 'chat', chat: large.id });
    const parts = [file('plan.pdf', 'application/pdf', 2000)];
    const options = sending('large', { open: async () => new Uint8Array(2000).fill(66) });
    await desk.world.passing(desk.session.send({ ...words(''), parts, conversation }, options));
    expect([...(desk.world.microsoft.teams.drive.files.at(-1)?.open ?? [])].toSorted()).toEqual(strangers);
  });

  it('begins a chat with whom it is for, the same one for one person every time', async () => {
    const to = (index: number) => ({ role: 'to' as const, key: asUserKey(idOf(person(index))) });
    for (const txn of ['a', 'b'])
      await desk.world.passing(desk.session.send(words('Hi', { recipients: [to(7)] }), sending(txn)));
    const places = written().map(({ place }) => place);
    expect(new Set(places).size).toBe(1);
    expect(desk.world.network.chat(places[0] ?? '').type).toBe('oneOnOne');
    // A group begun by a try that came to nothing is the one the next try writes in.
    const { options } = tries('c');
    const all = words('All', { recipients: [to(6), to(7)] });
    const reply = { status: 403, json: { error: { code: 'Forbidden', message: 'Not now.' } } };
    desk.world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'answer', reply });
    await expect(desk.world.passing(desk.session.send(all, options()))).rejects.toMatchObject({ outcome: 'refused' });
    const groups = () => desk.world.network.chats.filter(({ type }) => type === 'group').length;
    const before = groups();
    await desk.world.passing(desk.session.send(all, options()));
    expect(groups()).toBe(before);
    expect(desk.world.network.chat(written().at(-1)?.place ?? '').type).toBe('group');
  });

  it.each(['cut-after', 'cut-mid-body'] as const)(
    'that was %s is found again by its words, and never said twice',
    async (is) => {
      const message = words('Only **once**', { conversation: chat() });
      // The very same words of ours, said before it was tried, are another message.
      desk.world.network.post(group().id, { by: own, html: '<p>Only <strong>once</strong></p>' });
      desk.fromNow();
      const { options } = tries('once');
      desk.world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is });
      await expect(desk.world.passing(desk.session.send(message, options()))).rejects.toMatchObject({
        outcome: 'unknown',
      });
      const found = await desk.world.passing(desk.session.reconcile?.(message, options()) ?? cannot());
      const [sent] = written();
      if (!sent) throw new Error('nothing was written');
      expect(found).toMatchObject({ is: 'sent', result: { key: desk.world.keyOf(sent) } });
      expect(await desk.world.passing(desk.session.send(message, options()))).toMatchObject({
        is: 'sent',
        key: desk.world.keyOf(sent),
      });
      expect(written()).toHaveLength(1);
    },
  );

  it('that never arrived is undecided while Teams may still be at it, then absent, and goes once', async () => {
    const message = words('Late', { conversation: inChannel() });
    const { options } = tries('late');
    desk.world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-before' });
    await expect(desk.world.passing(desk.session.send(message, options()))).rejects.toMatchObject({
      outcome: 'unknown',
    });
    expect(await desk.world.passing(desk.session.reconcile?.(message, options()) ?? cannot())).toMatchObject({
      is: 'undecided',
    });
    await desk.world.clock.advance(21_000);
    expect(await desk.world.passing(desk.session.reconcile?.(message, options()) ?? cannot())).toEqual({
      is: 'absent',
    });
    expect(await desk.world.passing(desk.session.send(message, options()))).toMatchObject({ is: 'sent' });
    expect(written()).toHaveLength(1);
  });

  it('is waited for once, however often the program starts anew meanwhile', async () => {
    const message = words('Long', { conversation: chat() });
    const { options } = tries('long');
    desk.world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-before' });
    await expect(desk.world.passing(desk.session.send(message, options()))).rejects.toMatchObject({
      outcome: 'unknown',
    });
    const look = () => desk.world.passing(desk.world.open().session.reconcile?.(message, options()) ?? cannot());
    expect(await look()).toMatchObject({ is: 'undecided' });
    await desk.world.clock.advance(21_000);
    expect(await look()).toEqual({ is: 'absent' });
    // What is offered again has to be waited for again.
    desk.world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-before' });
    await expect(desk.world.passing(desk.session.send(message, options()))).rejects.toMatchObject({
      outcome: 'unknown',
    });
    expect(await look()).toMatchObject({ is: 'undecided' });
    expect(written()).toHaveLength(0);
  });

  it('is found, and what was there before it known, though Graph’s pages are short or empty', async () => {
    // Nobody else asks meanwhile.
    await desk.world.passing(desk.session.disconnect());
    const alone = desk.world.open().session;
    const link = `${desk.world.microsoft.address}/v1.0/chats/${group().id}/messages`;
    const empty = (rest: string) => ({
      is: 'spoilt' as const,
      change: (body: string) =>
        JSON.stringify({ ...JSON.parse(body), value: [], '@odata.nextLink': `${link}?${rest}` }),
    });
    const path = /messages$/;
    desk.world.network.post(group().id, { by: own, html: '<p>Once more</p>' });
    desk.fromNow();
    const message = words('Once more', { conversation: chat() });
    const { options } = tries('odd');
    desk.world.microsoft.faults.arm({ method: 'GET', path }, empty('$top=1&$orderby=createdDateTime desc'));
    desk.world.microsoft.faults.arm({ method: 'POST', path }, { is: 'cut-after' });
    await expect(desk.world.passing(alone.send(message, options()))).rejects.toMatchObject({ outcome: 'unknown' });
    desk.world.network.largestPage = 1;
    desk.world.network.post(group().id, { by: idOf(person(0)), html: '<p>Since then</p>' });
    desk.world.microsoft.faults.arm({ method: 'GET', path }, empty('$top=50&$orderby=createdDateTime desc'));
    const [sent] = written();
    expect(await desk.world.passing(alone.reconcile?.(message, options()) ?? cannot())).toMatchObject({
      is: 'sent',
      result: { key: sent && desk.world.keyOf(sent) },
    });
    expect(desk.world.microsoft.faults.waiting).toBe(0);
  });

  it('is not taken for the same words said just before, for which Teams is not asked what is newest', async () => {
    const message = words('Same', { conversation: chat() });
    const asked = () =>
      desk.world.microsoft.seen.filter(({ query }) => /^\?\$top=1&\$orderby=[^&]*$/.test(query)).length;
    await desk.world.passing(desk.session.send(message, sending('first')));
    expect(asked()).toBe(1);
    const { options } = tries('second');
    desk.world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-before' });
    await expect(desk.world.passing(desk.session.send(message, options()))).rejects.toMatchObject({
      outcome: 'unknown',
    });
    expect(asked()).toBe(1);
    const look = () => desk.world.passing(desk.session.reconcile?.(message, options()) ?? cannot());
    const found = await look();
    if (found.is !== 'undecided') throw new Error(`it was ${found.is}`);
    expect(found.againInMs).toBeGreaterThan(0);
    await desk.world.clock.advance(found.againInMs ?? 0);
    expect(await look()).toEqual({ is: 'absent' });
    await desk.world.passing(desk.session.send(message, options()));
    expect(written().map(({ body }) => body.content)).toEqual(['<p>Same</p>', '<p>Same</p>']);
  });

  it('of files that was cut off knows them again, and puts none up twice', async () => {
    const open = async () => new Uint8Array(700_000).fill(67);
    const message = { ...words(''), parts: [file('a.bin', 'application/zip', 700_000)], conversation: chat() };
    const { options } = tries('filed');
    desk.world.microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'cut-after' });
    await expect(desk.world.passing(desk.session.send(message, options({ open })))).rejects.toMatchObject({
      outcome: 'unknown',
    });
    expect(await desk.world.passing(desk.session.reconcile?.(message, options({ open })) ?? cannot())).toMatchObject({
      is: 'sent',
    });
    expect(await desk.world.passing(desk.session.send(message, options({ open })))).toMatchObject({ is: 'sent' });
    expect(written()).toHaveLength(1);
    expect(desk.world.microsoft.teams.drive.files.filter(({ name }) => name.startsWith('a'))).toHaveLength(1);
  });

  it('is put off by 429 and sent once, and refused in words where it cannot be', async () => {
    const { faults } = desk.world.microsoft;
    const reply = {
      status: 429,
      headers: { 'retry-after': '3' },
      json: { error: { code: 'TooManyRequests', message: 'no' } },
    };
    faults.arm({ method: 'POST', path: /messages$/ }, { is: 'answer', reply });
    expect(
      await desk.world.passing(desk.session.send(words('Patient', { conversation: chat() }), sending('p'))),
    ).toMatchObject({
      is: 'sent',
    });
    expect(written()).toHaveLength(1);
    const forbidden = { status: 403, json: { error: { code: 'Forbidden', message: 'Not a member.' } } };
    faults.arm({ method: 'POST', path: /messages$/ }, { is: 'answer', reply: forbidden });
    await expect(
      desk.world.passing(desk.session.send(words('No', { conversation: chat() }), sending('q'))),
    ).rejects.toMatchObject({ outcome: 'refused', code: 'forbidden' });
    await expect(
      desk.world.passing(desk.session.send(words('', { conversation: chat() }), sending('r'))),
    ).rejects.toThrow('nothing to send');
  });
});
