import { describe, expect, it } from 'vitest';
import { asBlobRef, asConversationKey, asMessageKey, asUserKey } from '../../../../src-shared/model/index.ts';
import { personById } from '../../../../tests/simulators/_base/index.ts';
import { fetchHistory } from './by-hand.ts';
import { eachInItsWorld } from './desk.ts';
import type { MailSubject } from './subject.ts';
import type { MailNetwork, MailWorld, Opened } from './world.ts';

/** Every message that is here and was not removed, a line each as the network's are. */
export const hereIn = <N extends MailNetwork>({ look }: Pick<MailSubject<N>, 'look'>, { memory }: MailWorld<N>) =>
  memory.messages
    .filter(({ key }) => !memory.isRemoved(key))
    .map(({ key }) => look.here(memory, key))
    .toSorted();

/** The keys of all that is here, and of all there is on the network. */
export const keysIn = <N extends MailNetwork>({ memory, network }: MailWorld<N>) => ({
  here: memory.messages.map(({ key }) => String(key)).toSorted(),
  there: network.mailbox.messages.map(({ id }) => id).toSorted(),
});

/** What comes in: history, news, what a search finds. */
export function readsAll<N extends MailNetwork>(subject: MailSubject<N>): void {
  const { look, touch, requests, standing } = subject;
  const world = eachInItsWorld(subject, { talks: 6, messages: 24 });
  const { signal } = new AbortController();
  const expectAll = () => expect(hereIn(subject, world())).toEqual(look.there(world().network).toSorted());
  const reads = () => world().network.seen.filter(({ path }) => requests.message.test(path)).length;
  const isHere = (id: string) => world().until(() => world().memory.message(asMessageKey(id)) !== undefined);
  const connect = ({ session }: Opened) => world().passing(session.connect(new AbortController().signal));
  /** A session that had all of it. */
  const settled = async (): Promise<Opened> => {
    const opened = world().open();
    await opened.settle();
    await subject.followed(world());
    return opened;
  };

  describe('history', () => {
    it('comes whole, newest first, each message once, in pages of any size', async () => {
      const opened = world().open();
      await connect(opened);
      const { session, record } = opened;
      const times = await world().passing(fetchHistory(session, record, 5));
      expect(times).toHaveLength(world().network.mailbox.messages.length);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expectAll();
      expect(record.batches.flatMap(({ origin, events }) => (origin === 'live' ? events : []))).toEqual([]);
    });

    it('is whole although the list grows and shrinks while it is read', async () => {
      const opened = world().open();
      await connect(opened);
      const { session, record } = opened;
      let cursor: Parameters<typeof session.backfill.fetch>[0]['cursor'];
      let pages = 0;
      do {
        const page = await world().passing(session.backfill.fetch({ scope: 'all', cursor, limit: 8, signal }));
        await record.context.emit({ events: page.events, origin: 'history' });
        for (const event of pages++ === 0 ? page.events.slice(0, 12) : [])
          if (event.type === 'message') world().network.mailbox.delete(event.message.key);
        cursor = page.next;
      } while (cursor !== undefined);
      const here = () => hereIn(subject, world()).join();
      await world().until(() => here() === look.there(world().network).toSorted().join());
      expect(pages).toBeGreaterThan(2);
    });

    it('is put together into the threads the network has', async () => {
      await world().open().settle();
      const { network, memory } = world();
      for (const { id } of network.mailbox.messages)
        expect(
          memory.message(asMessageKey(id))?.links?.filter((link) => link.startsWith(`${subject.id}-thread:`)),
        ).toEqual([`${subject.id}-thread:${look.threadOf(network, id)}`]);
    });
  });

  describe('what is new', () => {
    it('is told as live, with its people', async () => {
      const { record } = await settled();
      await isHere(world().network.write('Fresh'));
      const told = record.batches.filter(({ origin }) => origin === 'live').flatMap(({ events }) => events);
      expect(told.filter((event) => event.type === 'message')).toMatchObject([{ message: { subject: 'Fresh' } }]);
      expect(told.some((event) => event.type === 'user')).toBe(true);
      expectAll();
    });

    it('is all there after a time away, from where it was left', async () => {
      const first = await settled();
      await first.session.disconnect();
      const known = reads();
      for (let count = 0; count < subject.pageful; count++) world().network.write(`While away ${count}`);
      touch.markRead(world().network, look.inInbox(world().network)[0] ?? '');
      await connect(world().open());
      expectAll();
      expect(reads() - known).toBe(subject.pageful);
    });

    it('is told again after a crash in the middle, and ends the same', async () => {
      const first = await settled();
      for (let count = 0; count < 30; count++) world().network.write(`News ${count}`);
      first.record.crash();
      await world().until(() => first.record.states.at(-1)?.is === 'offline');
      await first.session.disconnect();
      await connect(world().open());
      expectAll();
    });
  });

  it('tells how it stands: the next look, rarer the longer nothing happens, and what is left of the allowance', async () => {
    const { session } = await settled();
    const { network } = world();
    const looks = () => network.seen.filter(({ path }) => requests.isLook(decodeURIComponent(path), network)).length;
    const nextIn = () => (session.standing?.().nextLookAt ?? 0) - world().clock.now();
    const waits: number[] = [];
    for (let asked = looks(); waits.length < 12; asked = looks()) {
      await world().until(() => looks() > asked && session.standing?.().nextLookAt !== undefined);
      waits.push(nextIn());
    }
    expect(waits.at(-1)).toBeGreaterThan((standing.mostMs * 2) / 3);
    expect(Math.max(...waits)).toBeLessThanOrEqual(standing.mostMs);
    const asked = looks();
    session.focus?.(asConversationKey('in front of the person'));
    await world().until(() => looks() > asked && nextIn() > 0);
    expect(nextIn()).toBeLessThanOrEqual(standing.watchedMs);
    expect(session.standing?.().allowances).toMatchObject([standing.allowance]);
  });

  it('fetches a picture of the address book when it is to be seen, and none from elsewhere', async () => {
    const { session } = world().open();
    const mailOf = (id: string): string => personById(id)?.email ?? '';
    const avatars = new Map<string, string>();
    const read = async () => {
      for await (const events of session.contacts.list(signal))
        for (const event of events)
          if (event.type === 'user' && event.patch.avatar) avatars.set(event.key, event.patch.avatar);
    };
    await world().passing(read());
    expect(world().network.seen.some(({ path }) => path.includes('photo'))).toBe(false);
    const open = async (id: string, ref = avatars.get(mailOf(id)) ?? 'none'): Promise<string> => {
      const of = { is: 'user', key: asUserKey(mailOf(id)), ref: asBlobRef(ref) } as const;
      const pieces: Uint8Array[] = [];
      for await (const piece of (await session.openPicture?.(of, signal)) ?? []) pieces.push(piece);
      return Buffer.concat(pieces).toString('latin1');
    };
    expect(await world().passing(open('ines'))).toContain('PNG');
    for (const [id, ref] of [['hana'], ['ines', 'photo:https://tracker.example/p.png'], ['ines', 'file:1']] as const)
      await expect(world().passing(open(id, ref))).rejects.toMatchObject({ code: 'not-found', outcome: 'refused' });
  });

  it('searches for what history has not brought yet, and brings nothing twice', async () => {
    const opened = world().open();
    await connect(opened);
    const find = () => world().passing(opened.session.search.find('Tile', undefined, signal));
    const found = await find();
    expect(found.done).toBeGreaterThan(0);
    expect(found.events.filter(({ type }) => type === 'message')).toHaveLength(found.done);
    await opened.record.context.emit({ events: found.events, origin: 'history' });
    expect((await find()).events).toEqual([]);
  });
}
