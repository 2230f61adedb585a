import { z } from 'zod';
import { asCursor, type ChannelEvent } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import { conversationKey, messageKey, type Peer, peerOf, peerText, userKey } from '../ids.ts';
import { CommonState, channelScope, liveScope, readPts, writePts, writeState } from '../live/state.ts';
import { conversationPatch, topicEvents } from '../map/people.ts';
import { messageEvents, mutedIn } from '../map/updates.ts';
import { entityPeer } from '../peers.ts';
import { childOf, childrenOf, intOf, isSet, type Plain } from '../remote/plain.ts';

/** How many conversations a page has (core.telegram.org/method/messages.getDialogs). */
const pageSize = 100;
const mostPages = 1000;
/** The two folders every account has: the list, and the archive (core.telegram.org/api/folders#peer-folders). */
const folders = [0, 1] as const;
const scope = 'dialogs';

/** Where a first walk was left: the state it began with, the folder, and the last conversation seen. */
const Walk = z.object({
  state: CommonState,
  folder: z.number().int(),
  date: z.number().int(),
  id: z.number().int(),
  peer: z.looseObject({ _: z.string() }),
});
type Walk = z.infer<typeof Walk>;
const start = (state: CommonState): Walk => ({ state, folder: 0, date: 0, id: 0, peer: { _: 'InputPeerEmpty' } });

/** A channel and where its stream of updates stands on the server. */
export interface Standing {
  readonly peer: Peer;
  readonly pts: number;
}

/**
 * The first walk over all conversations: each is told with its newest message and a history to fetch. Goes on where it was
 * left; then what was told before is not known to this session, which a later walk mends.
 */
export async function firstWalk(
  account: Account,
  state: () => Promise<CommonState>,
): Promise<{ state: CommonState; resumed: boolean }> {
  const left = walkOf(await account.context.checkpoint(scope));
  const begun = left ?? start(await state());
  await walk(account, begun, async (page, next) => {
    for (const { peer, pts } of page.standings)
      await emit(account, [], { scope: channelScope(peer.id), cursor: writePts(pts) });
    const cursor = next && asCursor(JSON.stringify({ ...next, state: begun.state }));
    await emit(account, [...page.events, ...page.newest], cursor ? { scope, cursor } : undefined);
  });
  await emit(account, [], { scope: liveScope, cursor: writeState(begun.state) });
  await emit(account, [], { scope, cursor: undefined });
  return { state: begun.state, resumed: left !== undefined };
}
/** Later walks tell what may have changed, and answer the channels whose stream has moved on. */
export async function laterWalk(account: Account, state: CommonState): Promise<readonly Standing[]> {
  const moved: Standing[] = [];
  await walk(account, start(state), async (page) => {
    await emit(account, page.events, undefined);
    for (const standing of page.standings) {
      const known = readPts(await account.context.checkpoint(channelScope(standing.peer.id)));
      if (known === undefined)
        await emit(account, [], { scope: channelScope(standing.peer.id), cursor: writePts(standing.pts) });
      else if (known < standing.pts) moved.push({ ...standing, pts: known });
    }
  });
  return moved;
}
function walkOf(cursor: string | undefined): Walk | undefined {
  try {
    return Walk.parse(JSON.parse(cursor ?? ''));
  } catch {
    return undefined;
  }
}
const emit = (
  account: Account,
  events: readonly ChannelEvent[],
  checkpoint: { scope: string; cursor: ReturnType<typeof asCursor> | undefined } | undefined,
) => account.context.emit({ events, origin: 'history', ...(checkpoint ? { checkpoint } : {}) });

interface Page {
  readonly events: readonly ChannelEvent[];
  /** The newest message of each. */
  readonly newest: readonly ChannelEvent[];
  readonly standings: readonly Standing[];
}
async function walk(account: Account, from: Walk, done: (page: Page, next: Walk | undefined) => Promise<void>) {
  let place: Walk | undefined = from;
  for (let count = 0; place && count < mostPages; count++) {
    const { folder, date, id, peer } = place;
    const asked = account.moment();
    const answer = await account.call('messages.GetDialogs', {
      folderId: folder,
      offsetDate: date,
      offsetId: id,
      offsetPeer: peer,
      limit: pageSize,
      hash: '0',
    });
    await account.meet(answer);
    const next = nextOf(account, answer, place);
    await done(await pageOf(account, answer, asked), next);
    place = next;
  }
}
/** After the last conversation of the page; after the last of a folder the next folder. */
function nextOf(account: Account, answer: Plain, place: Walk): Walk | undefined {
  const dialogs = childrenOf(answer, 'dialogs').filter(({ _: name }) => name === 'Dialog');
  const last = dialogs.at(-1);
  const peer = peerOf(last, 'peer');
  const id = intOf(last, 'topMessage') ?? 0;
  const message = childrenOf(answer, 'messages').find((one) => {
    const where = peerOf(one, 'peerId');
    return intOf(one, 'id') === id && where && peer && peerText(where) === peerText(peer);
  });
  const input = peer && account.peers.input(peer);
  if (answer._ === 'messages.DialogsSlice' && input && dialogs.length > 0)
    return { ...place, date: intOf(message, 'date') ?? 0, id, peer: { ...input } };
  const folder = folders.find((one) => one > place.folder);
  return folder === undefined ? undefined : { ...start(place.state), folder };
}
/** `at`: when it was asked for, Unix ms; what is told after that came after. */
async function pageOf(account: Account, answer: Plain, at: number): Promise<Page> {
  const entities = [...childrenOf(answer, 'users'), ...childrenOf(answer, 'chats')];
  const events: ChannelEvent[] = [];
  const newest: ChannelEvent[] = [];
  const standings: Standing[] = [];
  for (const dialog of childrenOf(answer, 'dialogs')) {
    const peer = peerOf(dialog, 'peer');
    const entity = entities.find((one) => peer && samePeer(entityPeer(one), peer));
    const patched = entity && conversationPatch(entity, account.me);
    if (!peer || !patched || dialog._ !== 'Dialog') continue;
    const key = conversationKey(peer);
    account.introduced.add(peerText(peer));
    const { patch } = patched;
    const settled = {
      muted: mutedIn(childOf(dialog, 'notifySettings'), at) ?? false,
      archived: intOf(dialog, 'folderId') === 1,
      ...(isSet(dialog, 'pinned') ? { pinned: true } : {}),
    };
    account.forums.begin(peer, settled);
    const forum = account.isForum(peer);
    const within = forum ? await topics(account, peer, patch.title ?? '', at) : positions(account, dialog, peer, at);
    // "General" is the forum itself.
    const general = forum ? account.forums.standing(peer, 1) : {};
    events.push({ type: 'conversation', key, patch: { ...patch, ...settled, ...general }, at });
    events.push({ type: 'history', scope: key, ...(patch.title ? { title: patch.title.slice(0, 1024) } : {}) });
    events.push(...within, ...account.limitsOf(peer, entity));
    const pts = intOf(dialog, 'pts');
    if (peer.kind === 'channel' && pts !== undefined) standings.push({ peer, pts });
    const top = childrenOf(answer, 'messages').find(
      (one) => intOf(one, 'id') === intOf(dialog, 'topMessage') && samePeer(peerOf(one, 'peerId'), peer),
    );
    if (top) newest.push(...messageEvents(top, account, at, at));
  }
  return { events, newest, standings };
}
const samePeer = (one: Peer | undefined, other: Peer): boolean => one?.kind === other.kind && one.id === other.id;

/** How far was read, here and there. Where nothing is unread it is the newest message, which surely exists. */
function positions(account: Account, dialog: Plain, peer: Peer, at: number): readonly ChannelEvent[] {
  const top = intOf(dialog, 'topMessage') ?? 0;
  const mine = intOf(dialog, 'unreadCount') === 0 ? top : (intOf(dialog, 'readInboxMaxId') ?? 0);
  const theirs = peer.kind === 'user' ? (intOf(dialog, 'readOutboxMaxId') ?? 0) : 0;
  if (mine > 0) account.read(peer, mine);
  const receipt = (by: 'me' | ReturnType<typeof userKey>, upTo: number): ChannelEvent[] =>
    upTo > 0 ? [{ type: 'receipt', receipt: 'read', by, upTo: messageKey(peer, upTo), at }] : [];
  return [...receipt('me', mine), ...receipt(userKey(peer), theirs)];
}
/** The topics of a forum, how each stands and how far it was read (core.telegram.org/api/forum). */
async function topics(account: Account, peer: Peer, title: string, at: number): Promise<readonly ChannelEvent[]> {
  const { forums } = account;
  const events: ChannelEvent[] = [];
  let from = { offsetDate: 0, offsetId: 0, offsetTopic: 0 };
  for (let count = 0, seen = 0; count < mostPages; count++) {
    const fields = { peer: account.peers.input(peer), ...from, limit: pageSize };
    const answer = await account.call('messages.GetForumTopics', fields);
    const page = childrenOf(answer, 'topics');
    for (const topic of page) events.push(...notedOf(account, peer, topic, at));
    events.push(...topicEvents(peer, page, title, (topic) => forums.standing(peer, topic), at));
    seen += page.length;
    const last = page.at(-1);
    const [offsetTopic, offsetId] = [intOf(last, 'id'), intOf(last, 'topMessage')];
    const newest = childrenOf(answer, 'messages').find((one) => intOf(one, 'id') === offsetId);
    if (offsetTopic === undefined || offsetId === undefined || seen >= (intOf(answer, 'count') ?? 0)) break;
    const offsetDate = intOf(isSet(answer, 'orderByCreateDate') ? last : newest, 'date') ?? 0;
    from = { offsetDate, offsetId, offsetTopic };
  }
  return events;
}
/** Notes what a topic has of its own, and tells how far it was read. */
function notedOf(account: Account, peer: Peer, topic: Plain, at: number): readonly ChannelEvent[] {
  const id = intOf(topic, 'id');
  if (topic._ !== 'ForumTopic' || id === undefined) return [];
  const top = intOf(topic, 'topMessage') ?? 0;
  const upTo = intOf(topic, 'unreadCount') === 0 ? top : (intOf(topic, 'readInboxMaxId') ?? 0);
  const muted = mutedIn(childOf(topic, 'notifySettings'), at);
  account.forums.note(peer, id, { muted, closed: isSet(topic, 'closed'), mine: isSet(topic, 'my') });
  if (upTo > 0) account.read(peer, upTo, id);
  return upTo > 0 ? [{ type: 'receipt', receipt: 'read', by: 'me', upTo: messageKey(peer, upTo), at }] : [];
}
