import { expect, it } from 'vitest';
import type { PictureOf } from '../../src-shared/channel.ts';
import { asBlobRef, asUserKey } from '../../src-shared/model/index.ts';
import { cast } from '../../tests/simulators/_base/index.ts';
import { outlookWorld } from './testing/world.ts';

const { signal } = new AbortController();
const mailOf = (id: string): string => cast.find((one) => one.id === id)?.email ?? '';

it('pictures of the address book are fetched when one is to be seen, and some have none', async () => {
  const world = await outlookWorld();
  try {
    const { session } = world.open();
    const avatars = new Map<string, string>();
    const read = async () => {
      for await (const events of session.contacts.list(signal))
        for (const event of events)
          if (event.type === 'user' && event.patch.avatar) avatars.set(event.key, event.patch.avatar);
    };
    await world.passing(read());
    const of = (id: string, ref = avatars.get(mailOf(id))): PictureOf => ({
      is: 'user',
      key: asUserKey(mailOf(id)),
      ref: asBlobRef(ref ?? 'none'),
    });
    const open = async (what: PictureOf): Promise<string> => {
      const pieces: Uint8Array[] = [];
      for await (const piece of (await session.openPicture?.(what, signal)) ?? []) pieces.push(piece);
      return Buffer.concat(pieces).toString('latin1');
    };
    expect(world.network.seen.some(({ path }) => path.includes('photo'))).toBe(false);
    expect(await world.passing(open(of('ines')))).toContain('PNG');
    for (const none of [of('hana'), of('ines', 'file:1')])
      await expect(world.passing(open(none))).rejects.toMatchObject({ code: 'not-found', outcome: 'refused' });
  } finally {
    await world.stop();
  }
});
