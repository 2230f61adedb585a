import { describe, expect, it } from 'vitest';
import { asBlobRef, asUserKey } from '../../src-shared/model/index.ts';
import { cast, me } from '../../tests/simulators/_base/index.ts';
import { type Slack, userId } from '../../tests/simulators/slack/index.ts';
import { all, collectBytes, keyOf, never, onSlack, sending, text } from './testing/index.ts';

let running: Slack;
const connect = onSlack((started) => {
  running = started;
});
const [ines = me, tomasz = me] = cast;
const options = { txn: sending('operation').txn, signal: never };
const accepted = (kind: string) => running.workspace.ledger.of(kind);

describe('what else a person does', () => {
  it('edits, by Slack’s time and not by this machine’s', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    const mine = running.say('Before', { channel: id, by: running.workspace.me });
    const target = { message: keyOf(id, mine.ts), conversation: undefined };
    const done = await session.edit.apply(
      target,
      { parts: [{ kind: 'text', format: 'plain', text: 'After' }] },
      options,
    );
    const edited = running.workspace.message(id, mine.ts).edited;
    expect(done.events).toMatchObject([
      { type: 'message', message: { parts: [{ text: 'After' }], version: Math.round(Number(edited?.ts) * 1e6) } },
    ]);
  });

  it('edits into words that mark-up cannot say, and out of them, each time one version', async () => {
    const one = await connect();
    const { id } = running.channel('public');
    const mine = running.say('Before', { channel: id, by: running.workspace.me });
    const key = keyOf(id, mine.ts);
    await one.until(() => one.record.memory.message(key) !== undefined);
    const edit = (words: string) =>
      one.session.edit.apply(
        { message: key, conversation: undefined },
        { parts: [{ kind: 'text', format: 'plain', text: words }] },
        options,
      );
    const echoed = () =>
      one.record.batches.flatMap(({ events }) =>
        events.flatMap((event) => (event.type === 'message' && event.message.key === key ? [event.message] : [])),
      );
    const done: unknown[] = [];
    for (const words of ['*one*', '*two*', 'three']) {
      done.push(...(await edit(words)).events);
      await one.until(() => JSON.stringify(echoed().at(-1)?.parts).includes(words));
    }
    const versions = echoed().map(({ version = 0 }) => version);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(versions).size).toBe(4);
    expect(done).toEqual([
      expect.objectContaining({ message: expect.objectContaining({ version: versions[1] }) }),
      expect.objectContaining({ message: expect.objectContaining({ version: versions[2] }) }),
      expect.objectContaining({ message: expect.objectContaining({ version: versions[3] }) }),
    ]);
    expect(one.record.memory.content(key)?.parts).toEqual([{ kind: 'text', format: 'plain', text: 'three' }]);
    expect(running.workspace.message(id, mine.ts).blocks).toBeUndefined();
  });

  it('removes what is gone already without complaint, and not what is another’s', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    const gone = { message: keyOf(id, '1700000000.000001'), conversation: undefined };
    await expect(session.remove.apply([gone], 'everyone', options)).resolves.toMatchObject({
      events: [{ type: 'removed' }],
    });
    const other = running.say('Mine', { channel: id });
    const refused = session.remove.apply(
      [{ message: keyOf(id, other.ts), conversation: undefined }],
      'everyone',
      options,
    );
    await expect(refused).rejects.toMatchObject({
      outcome: 'refused',
      message: 'Only your own messages can be deleted.',
    });
  });

  it('reacts with tones and with the workspace’s own emoji, and twice is once', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    const said = running.say('Well?', { channel: id });
    const target = { message: keyOf(id, said.ts), conversation: undefined };
    for (const emoji of ['👍🏽', ':northwind:', '👍🏽']) await session.react.set(target, emoji, true, options);
    expect(running.workspace.message(id, said.ts).reactions?.map(({ name }) => name)).toEqual([
      '+1::skin-tone-4',
      'northwind',
    ]);
    await session.react.set(target, ':northwind:', false, options);
    await session.react.set(target, ':northwind:', false, options);
    await expect(session.react.set(target, 'no emoji', true, options)).rejects.toMatchObject({ outcome: 'refused' });
  });

  it('marks as read, with several calls at once as one', async () => {
    const { session } = await connect();
    const { id } = running.channel('public');
    const said = Array.from({ length: 4 }, (_, index) => running.say(`Read ${index}`, { channel: id }));
    const mark = (ts: string) =>
      session.receipts.markRead({ message: keyOf(id, ts), conversation: undefined }, options);
    await mark(said[0]?.ts ?? '');
    await Promise.all(said.map(({ ts }) => mark(ts)));
    expect(accepted('marked').map(({ ts }) => ts)).toEqual([said[0]?.ts, said[3]?.ts]);
    expect(running.workspace.channel(id).lastRead).toBe(said[3]?.ts);
  });

  it('pins and unpins, which Slack tells as a message of its own', async () => {
    const one = await connect();
    const { id } = running.channel('public');
    const said = running.say('Keep this', { channel: id });
    const target = { message: keyOf(id, said.ts), conversation: undefined };
    await one.session.pin.set(target, true, options);
    await one.session.pin.set(target, true, options);
    expect(running.workspace.pins.size).toBe(1);
    await one.until(() =>
      one.record.memory.messages.some(({ parts }) =>
        parts.some((part) => part.kind === 'system' && part.event === 'pinned'),
      ),
    );
    await one.session.pin.set(target, false, options);
    expect(running.workspace.pins.size).toBe(0);
  });

  it('hears at once what others pin and unpin', async () => {
    const one = await connect();
    const { id } = running.channel('public');
    const said = running.say('Keep this', { channel: id });
    const key = keyOf(id, said.ts);
    const pinned = () => one.record.memory.flagsOf(key).pinned;
    running.workspace.pin(id, said.ts, userId(ines), true);
    await one.until(() => pinned() === true);
    running.workspace.pin(id, said.ts, userId(ines), false);
    await one.until(() => pinned() === false);
    // A file that is pinned is no message.
    running.workspace.tell({ type: 'pin_added', channel_id: id, item: { type: 'file', file: { id: 'F1' } } });
    await running.socketMode.until(({ unacked }) => unacked === 0);
    expect(one.record.states.at(-1)).toEqual({ is: 'online' });
  });

  it('fetches pictures of people and of the workspace’s own emoji when they are wanted, and none from elsewhere', async () => {
    const one = await connect();
    for await (const events of one.session.contacts.list(never)) one.record.memory.apply({ events });
    const avatarOf = (person: typeof ines) => one.record.memory.fact('user', userId(person), 'avatar');
    const ref = asBlobRef(String(avatarOf(ines)));
    expect(running.seen.some(({ path }) => path.startsWith('/avatars/'))).toBe(false);
    const open = (of: Parameters<NonNullable<typeof one.session.openPicture>>[0]) =>
      one.session.openPicture?.(of, never);
    const size = async (of: Parameters<typeof open>[0]) => {
      const stream = await open(of);
      return stream && (await collectBytes(stream)).byteLength;
    };
    expect(await size({ is: 'user', key: asUserKey(userId(ines)), ref })).toBeGreaterThan(0);
    expect(await size({ is: 'emoji', emoji: ':roof:' })).toBeGreaterThan(0);
    expect(await one.session.ownEmoji?.(never)).toEqual([':northwind:', ':roof:']);
    await expect(open({ is: 'emoji', emoji: ':nobody-made-this:' })).rejects.toMatchObject({ outcome: 'refused' });
    const hana = cast.find(({ id }) => id === 'hana');
    expect(hana && avatarOf(hana)).toBeUndefined();
  });

  it('creates a private channel with people, and a direct conversation where no name is given', async () => {
    const one = await connect();
    const members = [asUserKey(userId(ines)), asUserKey(userId(tomasz))];
    const made = await one.session.group.create('Roof & Tiles, 2nd', members, options);
    expect(running.workspace.channel(made)).toMatchObject({ kind: 'private', name: 'roof-tiles-2nd' });
    expect(one.record.memory.fact('conversation', made, 'members')).toEqual(members);
    const group = await one.session.group.create('', members, options);
    expect(running.workspace.channel(group)).toMatchObject({ kind: 'mpim' });
  });

  it('finds what was never fetched, in conversations the person is in', async () => {
    const one = await connect();
    const { id } = running.channel('public');
    running.say('The quokka stands', { channel: id });
    const other = running.workspace.openChannel('public', 'elsewhere', [userId(ines)]);
    running.workspace.post(other.id, { user: userId(ines), text: 'Another quokka' }, true);
    const { events, done } = await one.session.search.find('quokka', undefined, never);
    expect(events.filter(({ type }) => type === 'message')).toHaveLength(1);
    expect(done).toBe(2);
  });

  it('reads the address book with ways to know people again', async () => {
    const { session } = await connect();
    const events = (await all(session.contacts.list(never))).flat();
    expect(events).toContainEqual(
      expect.objectContaining({
        key: userId(ines),
        patch: expect.objectContaining({
          name: 'Inês',
          bot: false,
          addresses: ['mailto:ines@northwind.example', `tel:${ines.phone}`],
        }),
      }),
    );
    expect(events.some((event) => event.type === 'user' && event.key === running.workspace.me)).toBe(false);
  });

  it('says whether it is there', async () => {
    const { session } = await connect();
    session.presence.set('away');
    await running.workspace.ledger.until((ledger) => ledger.of('presence').length === 1);
    expect(running.workspace.presence.get(running.workspace.me)).toBe('away');
  });

  it('sees whether the other one is there, or not to be disturbed, for the conversation in front', async () => {
    const one = await connect();
    const direct = running.workspace.openChannel('im', '', [running.workspace.me, userId(ines)]);
    const other = running.workspace.openChannel('im', '', [running.workspace.me, userId(tomasz)]);
    const end = Math.floor(Date.now() / 1000) + 3600;
    const seen = (user: typeof ines, state: string) => () =>
      one.record.batches.some(({ events }) =>
        events.some((event) => event.type === 'presence' && event.by === userId(user) && event.state === state),
      );
    one.session.focus?.(text(direct.id, '').conversation);
    await one.until(seen(ines, 'online'));
    running.workspace.disturb(userId(ines), [end - 7200, end]);
    await one.until(seen(ines, 'busy'));
    running.workspace.quiet.set(userId(tomasz), [end - 7200, end]);
    one.session.focus?.(text(other.id, '').conversation);
    await one.until(seen(tomasz, 'busy'));
  });
});
