import type { ExpungeEvent, FlagsEvent, ImapFlow, MailboxObject, MailboxOpenOptions } from 'imapflow';
import type { ChannelEvent, MessageKey } from '../../../src-shared/model/index.ts';
import { folderScope, keywordLabel, parseRef, refOf } from '../ids.ts';
import { demand } from '../imap/connection.ts';
import { keywordsOf, toFlags, uidSet } from '../map.ts';
import { announce, batchSize, type CatchUp, emitAll } from './commit.ts';
import { fetchMessages, keywordEvents } from './fetch.ts';
import type { Folder } from './folders.ts';
import { revalidate } from './revalidate.ts';
import { type FolderState, toCursor } from './state.ts';

/** More than this many at once, after weeks away, are no news to call the person for one by one. */
const mostNews = 100;
/** New messages fetched between two checkpoints. */
const newPage = 200;

/**
 * Brings a folder up to date: what is new, what changed its flags, what is gone. Must run while the connection is held.
 * Everything is committed in steps, the folder's state with the last event it covers, so a break anywhere repeats a
 * little and loses nothing.
 */
export async function catchUp(client: ImapFlow, folder: Folder, sync: CatchUp): Promise<void> {
  const before = await sync.states.get(folder.path);
  const observedAt = sync.context.clock.now();
  const { mailbox, changed, vanished, complete } = await open(client, folder.path, before);
  const uidValidity = String(mailbox.uidValidity);
  const now = await stateOf(client, mailbox);

  if (!before) {
    await announce(folder, now, sync);
    return;
  }
  if (before.uidValidity !== uidValidity) {
    await revalidate(client, folder, mailbox, now, sync);
    return;
  }

  const arrived = await fetchNew(client, folder, mailbox, before, now, sync);
  const flags = complete ? changed : await askFlags(client, mailbox, before, sync.flagWindow);
  const gone = complete ? vanished : await askGone(client, folder, mailbox, before, arrived, sync);
  const events = [
    ...(await flagEvents(folder, uidValidity, flags, observedAt, sync)),
    ...(await goneEvents(folder, uidValidity, gone, observedAt, sync)),
  ];
  if (events.length === 0 && sameState(before, now)) return;
  const keys = events.flatMap((event) => (event.type === 'placed' && !event.on && event.ref ? [event.target] : []));
  if (keys.length > 0) await sync.orphans.suspect(keys);
  await emitAll(folder, events, now, sync);
}

interface Opened {
  readonly mailbox: MailboxObject;
  readonly changed: readonly { uid: number; flags: ReadonlySet<string> }[];
  readonly vanished: readonly number[];
  /** The server itself told all changes and removals since the last state (QRESYNC, RFC 7162, 3.2.5). */
  readonly complete: boolean;
}
async function open(client: ImapFlow, path: string, state: FolderState | undefined): Promise<Opened> {
  const changed: { uid: number; flags: ReadonlySet<string> }[] = [];
  const vanished: number[] = [];
  const onFlags = (event: FlagsEvent): void => {
    if (event.path === path && event.uid) changed.push({ uid: event.uid, flags: event.flags });
  };
  const onExpunge = (event: ExpungeEvent): void => {
    if (event.path === path && event.vanished && event.uid) vanished.push(event.uid);
  };
  client.on('flags', onFlags);
  client.on('expunge', onExpunge);
  try {
    // imapflow honours both, its type does not name them.
    const options: MailboxOpenOptions & { changedSince?: bigint; uidValidity?: bigint } = state?.modseq
      ? { changedSince: BigInt(state.modseq), uidValidity: BigInt(state.uidValidity) }
      : {};
    const mailbox: MailboxObject & { qresync?: boolean } = await client.mailboxOpen(path, options);
    return { mailbox, changed, vanished, complete: mailbox.qresync === true };
  } finally {
    client.off('flags', onFlags);
    client.off('expunge', onExpunge);
  }
}

async function stateOf(client: ImapFlow, mailbox: MailboxObject): Promise<FolderState> {
  // UIDNEXT is optional on SELECT (RFC 3501, 6.3.1), so an old server may leave it out.
  let uidNext: number | undefined = mailbox.uidNext;
  if (!uidNext) {
    const last = mailbox.exists > 0 ? await client.fetchOne('*', { uid: true }) : false;
    uidNext = last ? last.uid + 1 : 1;
  }
  return {
    uidValidity: String(mailbox.uidValidity),
    uidNext,
    count: mailbox.exists,
    ...(mailbox.highestModseq && !mailbox.noModseq ? { modseq: String(mailbox.highestModseq) } : {}),
  };
}
const sameState = (a: FolderState, b: FolderState): boolean =>
  a.uidNext === b.uidNext && a.count === b.count && a.modseq === b.modseq;

/** Fetches what came since, oldest first, and moves the state along page by page. Answers how many there were. */
async function fetchNew(
  client: ImapFlow,
  folder: Folder,
  mailbox: MailboxObject,
  before: FolderState,
  now: FolderState,
  sync: CatchUp,
): Promise<number> {
  if (now.uidNext <= before.uidNext || mailbox.exists === 0) return 0;
  const found = await client.search({ uid: `${before.uidNext}:*` }, { uid: true });
  const uids = demand(client, found, 'list its new messages')
    // "n:*" always holds the last message, even when its UID is below n (RFC 3501, 6.4.8).
    .filter((uid) => uid >= before.uidNext)
    .sort((a, b) => a - b);
  const quiet = (folder.role !== null && folder.role !== 'inbox') || uids.length > mostNews;
  for (let start = 0; start < uids.length; start += newPage) {
    const page = uids.slice(start, start + newPage);
    const last = page.at(-1) ?? before.uidNext;
    const events = await fetchMessages(client, folder, mailbox.uidValidity, page, sync);
    const state = { ...before, uidNext: last + 1, count: before.count + start + page.length };
    await sync.context.emit({
      events,
      origin: quiet ? 'history' : 'live',
      checkpoint: { scope: folderScope(folder.path), cursor: toCursor(state) },
    });
    sync.states.committed(folder.path, state);
  }
  return uids.length;
}

/** Flags that may have changed: all the server names where it keeps mod-sequences, else those of the newest messages. */
async function askFlags(client: ImapFlow, mailbox: MailboxObject, before: FolderState, window: number) {
  const modseq = mailbox.noModseq ? undefined : mailbox.highestModseq;
  if (mailbox.exists === 0) return [];
  if (modseq && before.modseq) {
    if (modseq <= BigInt(before.modseq)) return [];
    return (
      await client.fetchAll('1:*', { uid: true, flags: true }, { uid: true, changedSince: BigInt(before.modseq) })
    ).map(({ uid, flags }) => ({ uid, flags: flags ?? new Set<string>() }));
  }
  if (window === 0) return [];
  const first = Math.max(1, mailbox.exists - window + 1);
  return (await client.fetchAll(`${first}:*`, { uid: true, flags: true })).map(({ uid, flags }) => ({
    uid,
    flags: flags ?? new Set<string>(),
  }));
}

/** UIDs known here that the server has no more. Only asked where the count says that some are missing. */
async function askGone(
  client: ImapFlow,
  folder: Folder,
  mailbox: MailboxObject,
  before: FolderState,
  arrived: number,
  { context }: CatchUp,
): Promise<readonly number[]> {
  if (mailbox.exists >= before.count + arrived) return [];
  const uidValidity = String(mailbox.uidValidity);
  const here = (await context.lookup.refs(folder.label)).flatMap((ref) => {
    const parsed = parseRef(ref);
    return parsed?.uidValidity === uidValidity ? [parsed.uid] : [];
  });
  // Asked in pieces, since a server with a message limit would answer for its newest messages alone (RFC 9738).
  const there = new Set<number>();
  const sorted = here.sort((a, b) => a - b);
  for (let start = 0; start < sorted.length; start += 900) {
    const piece = sorted.slice(start, start + 900);
    const found = mailbox.exists === 0 ? [] : await client.search({ uid: uidSet(piece) }, { uid: true });
    for (const uid of demand(client, found, 'list its messages')) there.add(uid);
  }
  return sorted.filter((uid) => !there.has(uid));
}

/** What is known under these UIDs. */
async function keysOf(folder: Folder, uidValidity: string, uids: readonly number[], { context }: CatchUp) {
  const keys = new Map<number, MessageKey>();
  for (let start = 0; start < uids.length; start += batchSize) {
    const piece = uids.slice(start, start + batchSize);
    const found = await context.lookup.byRef(
      folder.label,
      piece.map((uid) => refOf(uidValidity, uid)),
    );
    for (const uid of piece) {
      const key = found.get(refOf(uidValidity, uid));
      if (key) keys.set(uid, key);
    }
  }
  return keys;
}

async function flagEvents(
  folder: Folder,
  uidValidity: string,
  changes: readonly { uid: number; flags: ReadonlySet<string> }[],
  at: number,
  sync: CatchUp,
): Promise<readonly ChannelEvent[]> {
  if (changes.length === 0) return [];
  const keys = await keysOf(
    folder,
    uidValidity,
    changes.map(({ uid }) => uid),
    sync,
  );
  const affected = [...new Set(keys.values())];
  const [held, placed] = await Promise.all([
    sync.context.lookup.flags(affected),
    sync.context.lookup.placements(affected),
  ]);
  const events: ChannelEvent[] = [];
  const words: ReadonlySet<string>[] = [];
  for (const { uid, flags } of changes) {
    const target = keys.get(uid);
    if (!target) continue;
    const next = toFlags(flags);
    const former = held.get(target) ?? {};
    if (
      Object.entries(next).some(
        ([name, value]) => (Object.entries(former).find(([n]) => n === name)?.[1] ?? false) !== value,
      )
    )
      events.push({ type: 'flags', target, flags: next, at });
    const labels = new Set(keywordsOf(flags).map((keyword) => keywordLabel(keyword)));
    const old = new Set((placed.get(target) ?? []).map(({ label }) => label).filter((l) => l.startsWith('keyword:')));
    for (const label of labels) if (!old.has(label)) events.push({ type: 'placed', target, label, on: true, at });
    for (const label of old) if (!labels.has(label)) events.push({ type: 'placed', target, label, on: false, at });
    words.push(flags);
  }
  return [...keywordEvents(words, at), ...events];
}

async function goneEvents(
  folder: Folder,
  uidValidity: string,
  uids: readonly number[],
  at: number,
  sync: CatchUp,
): Promise<readonly ChannelEvent[]> {
  const keys = await keysOf(folder, uidValidity, uids, sync);
  return [...keys].map(([uid, target]) => ({
    type: 'placed',
    target,
    label: folder.label,
    ref: refOf(uidValidity, uid),
    on: false,
    at,
  }));
}
