import { Api } from 'teleproto/tl/index.js';
import { channelOf, type Method, on, type Scene } from '../scene.ts';
import { chatsOf, long, messageOf, usersOf } from '../tl.ts';
import type { Entry } from '../world.ts';
import { dialogOf } from './dialogs.ts';

const state = ({ world, telling }: Scene, pts = world.common.pts): Api.updates.State =>
  new Api.updates.State({
    pts,
    qts: 0,
    date: world.now(),
    seq: 0,
    unreadCount: world.peers().reduce((sum, peer) => sum + telling.unread(peer), 0),
  });

/** A message still there travels as it is now; what has been taken away since is told by its own update. */
function split(scene: Scene, entries: readonly Entry[]) {
  const news = entries.flatMap(({ message }) =>
    message && scene.world.message(message.peer, message.id) ? [message] : [],
  );
  return {
    newMessages: news.map(messageOf),
    otherUpdates: [
      ...entries.flatMap(({ message, randomId }) =>
        message && randomId !== undefined
          ? [new Api.UpdateMessageID({ id: message.id, randomId: long(randomId) })]
          : [],
      ),
      ...entries.flatMap(({ update }) => update ?? []),
    ],
    users: usersOf(scene.world),
    chats: chatsOf(scene.world),
  };
}

/** core.telegram.org/api/updates, "Recovering gaps". */
export const updates: readonly Method[] = [
  on(Api.updates.GetState, (_, scene) => state(scene)),
  on(Api.updates.GetDifference, ({ pts }, scene) => {
    const { world, faults } = scene;
    if (faults.tooLong) {
      faults.tooLong = false;
      return new Api.updates.DifferenceTooLong({ pts: world.common.pts });
    }
    const missed = world.common.log.filter((entry) => entry.pts > pts);
    const slice = missed.slice(0, faults.slice);
    const last = slice.at(-1);
    if (!last) return new Api.updates.DifferenceEmpty({ date: world.now(), seq: 0 });
    const what = split(scene, slice);
    if (slice.length < missed.length)
      return new Api.updates.DifferenceSlice({
        ...what,
        newEncryptedMessages: [],
        intermediateState: state(scene, last.pts),
      });
    return new Api.updates.Difference({ ...what, newEncryptedMessages: [], state: state(scene) });
  }),
  on(Api.updates.GetChannelDifference, ({ channel, pts, limit }, scene) => {
    const { world, faults } = scene;
    const peer = channelOf(scene, channel);
    const box = world.box(peer);
    if (faults.channelTooLong) {
      faults.channelTooLong = false;
      const newest = world.messages(peer).slice(-1);
      return new Api.updates.ChannelDifferenceTooLong({
        final: true,
        dialog: dialogOf(scene, peer),
        messages: newest.map(messageOf),
        chats: chatsOf(world),
        users: usersOf(world),
      });
    }
    const missed = box.log.filter((entry) => entry.pts > pts);
    const slice = missed.slice(0, Math.min(limit, faults.slice));
    const last = slice.at(-1);
    if (!last) return new Api.updates.ChannelDifferenceEmpty({ final: true, pts: box.pts, timeout: 30 });
    return new Api.updates.ChannelDifference({
      ...split(scene, slice),
      ...(slice.length === missed.length ? { final: true } : {}),
      pts: slice.length === missed.length ? box.pts : last.pts,
      timeout: 30,
    });
  }),
];
