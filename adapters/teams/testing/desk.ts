import { afterEach, beforeEach } from 'vitest';
import type { SendOptions } from '../../../src-shared/channel.ts';
import { asBlobRef, type ConversationKey, type Part } from '../../../src-shared/model/index.ts';
import { cast, type Person } from '../../../tests/simulators/_base/index.ts';
import type { Channel, Chat, Stored } from '../../../tests/simulators/microsoft/teams/world.ts';
import { conversationKey } from '../ids.ts';
import { type Lived, type Opened, own, sending, teamsWorld } from './world.ts';

/** Someone at their Teams: in every test a world, and a session that has all of it. */
export interface Desk {
  readonly world: Lived;
  readonly session: Opened['session'];
  readonly record: Opened['record'];
  group(): Chat;
  chat(): ConversationKey;
  channel(): Channel;
  inChannel(): ConversationKey;
  /** What this account has written since the test began, or since `fromNow`. */
  written(): readonly Stored[];
  fromNow(): void;
}

export function eachAtADesk(): Desk {
  let at: { readonly world: Lived; readonly opened: Opened } | undefined;
  let begun = 0;
  const here = () => {
    if (!at) throw new Error('a session is there while a test runs');
    return at;
  };
  const desk: Desk = {
    get world() {
      return here().world;
    },
    get session() {
      return here().opened.session;
    },
    get record() {
      return here().opened.record;
    },
    group: () => there(desk.world.network.chats.find(({ type }) => type === 'group')),
    chat: () => conversationKey({ is: 'chat', chat: desk.group().id }),
    channel: () => there(desk.world.network.channels[0]),
    inChannel: () => conversationKey(desk.world.placeOf({ place: desk.channel().id })),
    written: () =>
      desk.world.network.ledger.entries
        .slice(begun)
        .flatMap(({ kind, what }) => (kind === 'message' && what.by === own ? [what] : []))
        .flatMap(({ id, place }) => desk.world.network.messages.filter((one) => one.id === id && one.place === place)),
    fromNow() {
      begun = desk.world.network.ledger.entries.length;
    },
  };
  beforeEach(async () => {
    const world = await teamsWorld();
    at = { world, opened: world.open() };
    await at.opened.settle();
    desk.fromNow();
  });
  afterEach(async () => {
    await at?.world.stop();
    at = undefined;
  });
  return desk;
}

export function there<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('it is not there');
  return found;
}
export const person = (index: number): Person => there(cast[index]);
/** A message of somebody else that is no answer in a thread. */
export const other = ({ world }: Pick<Desk, 'world'>, place: string): Stored =>
  there(
    world.network.messages.find(
      (one) => one.place === place && one.by !== undefined && one.by !== own && one.root === undefined,
    ),
  );
/** A try that notes its stages, and the next one that begins where it was left. */
export function tries(txn: string) {
  let stage: string | undefined;
  const reached = async (next: string) => {
    stage = next;
  };
  const options = (more: Partial<SendOptions> = {}): SendOptions => sending(txn, { ...more, stage, reached });
  return { options };
}
export const file = (name: string, mime: string, bytes: number): Part => ({
  kind: mime.startsWith('image/') ? 'image' : 'document',
  media: { ref: asBlobRef(name), mime, name, bytes },
});
