import type { CopyResponseObject, ImapFlow, MailboxObject } from 'imapflow';
import { ChannelError, type Done, type OperationOptions, type Target } from '../../../src-shared/channel.ts';
import type { ChannelEvent, LabelKey, MessageKey } from '../../../src-shared/model/index.ts';
import { folderLabel, keywordLabel, parseLabel, refOf } from '../ids.ts';
import { demand, priorities } from '../imap/connection.ts';
import { keywordName, uidSet } from '../map.ts';
import type { Working } from '../working.ts';
import { keeps } from './flag.ts';
import { placesOf, uidsIn } from './locate.ts';

interface Change {
  readonly add: readonly LabelKey[];
  readonly remove: readonly LabelKey[];
}
const foldersOf = (labels: readonly LabelKey[]): string[] =>
  labels.flatMap((label) => {
    const parsed = parseLabel(label);
    return parsed?.is === 'folder' ? [parsed.path] : [];
  });
const keywordsIn = (labels: readonly LabelKey[]): string[] =>
  labels.flatMap((label) => {
    const parsed = parseLabel(label);
    return parsed?.is === 'keyword' ? [parsed.keyword] : [];
  });

/**
 * Moves, copies and marks. Leaving a folder for another is a move (RFC 6851, or copy and expunge); leaving the last
 * folder for none means the archive, since IMAP has no message that lies nowhere.
 */
export async function applyLabels(
  working: Working,
  targets: readonly Target[],
  change: Change,
  options: OperationOptions,
): Promise<Done> {
  const keys = targets.map(({ message }) => message);
  const events: ChannelEvent[] = [];
  if (keywordsIn(change.add).length + keywordsIn(change.remove).length > 0)
    events.push(...(await mark(working, keys, change, options)));
  const into = foldersOf(change.add);
  const outOf = new Set(foldersOf(change.remove));
  if (into.length + outOf.size > 0) events.push(...(await place(working, keys, into, outOf, options)));
  return { events };
}

async function mark(
  { context, work }: Working,
  keys: readonly MessageKey[],
  change: Change,
  { signal }: OperationOptions,
): Promise<ChannelEvent[]> {
  const add = keywordsIn(change.add);
  const remove = keywordsIn(change.remove);
  const at = context.clock.now();
  const done = new Set<MessageKey>();
  for (const [path, places] of await placesOf(context, keys))
    await work().use(
      priorities.person,
      async (client) => {
        const mailbox = await client.mailboxOpen(path);
        const found = await uidsIn(client, mailbox, places);
        if (found.size === 0) return;
        const refused = add.find((word) => !keeps(mailbox, word));
        if (refused)
          throw new ChannelError(
            'keyword',
            'refused',
            `This mail server keeps no labels of one's own (“${keywordName(refused)}”).`,
          );
        const set = uidSet([...found.values()].flat());
        if (add.length > 0)
          demand(client, (await client.messageFlagsAdd(set, add, { uid: true })) || false, 'set the label');
        if (remove.length > 0)
          demand(client, (await client.messageFlagsRemove(set, remove, { uid: true })) || false, 'remove the label');
        for (const key of found.keys()) done.add(key);
      },
      { signal },
    );
  const events: ChannelEvent[] = add.map((keyword) => ({
    type: 'label',
    key: keywordLabel(keyword),
    patch: { name: keywordName(keyword), kind: 'keyword', exists: true },
    at,
  }));
  for (const target of done) {
    for (const keyword of add) events.push({ type: 'placed', target, label: keywordLabel(keyword), on: true, at });
    for (const keyword of remove) events.push({ type: 'placed', target, label: keywordLabel(keyword), on: false, at });
  }
  return events;
}

async function place(
  working: Working,
  keys: readonly MessageKey[],
  into: readonly string[],
  outOf: ReadonlySet<string>,
  { signal }: OperationOptions,
): Promise<ChannelEvent[]> {
  const { context, work } = working;
  const byFolder = await placesOf(context, keys);
  /** Messages that already lie where they are to go. */
  const there = new Map(into.map((path) => [path, new Set((byFolder.get(path) ?? []).map(({ key }) => key))]));
  const copies = new Map<MessageKey, number>();
  for (const places of byFolder.values()) for (const { key } of places) copies.set(key, (copies.get(key) ?? 0) + 1);
  const events: ChannelEvent[] = [];

  const sources = [...byFolder].filter(([path]) => outOf.has(path));
  const added = new Set<MessageKey>();
  for (const [path, places] of sources)
    await work().use(
      priorities.person,
      async (client) => {
        const mailbox = await client.mailboxOpen(path);
        const found = await uidsIn(client, mailbox, places);
        const journeys = new Journeys();
        for (const [key, uids] of found) {
          const wanted = into.filter((target) => target !== path && !there.get(target)?.has(key) && !added.has(key));
          const rest = (copies.get(key) ?? 1) - 1;
          const nowhere = wanted.length === 0 && into.length === 0 && rest === 0;
          const goals = nowhere ? [await working.archive(client)].filter((archive) => archive !== path) : wanted;
          added.add(key);
          if (nowhere && goals.length === 0) continue;
          copies.set(key, rest + goals.length);
          journeys.add(goals, key, uids);
        }
        // Making the archive may have closed the folder.
        if (client.mailbox === false || client.mailbox.path !== mailbox.path) await client.mailboxOpen(path);
        for (const journey of journeys.all())
          events.push(...(await transfer(client, mailbox, journey, true, working, context.clock.now())));
      },
      { signal },
    );

  // Added to a folder without leaving one: copied from wherever a copy lies.
  for (const [path, places] of byFolder) {
    const pending = places.filter(({ key }) => !added.has(key) && into.some((target) => !there.get(target)?.has(key)));
    if (pending.length === 0) continue;
    await work().use(
      priorities.person,
      async (client) => {
        const mailbox = await client.mailboxOpen(path);
        const journeys = new Journeys();
        for (const [key, uids] of await uidsIn(client, mailbox, pending)) {
          added.add(key);
          journeys.add(
            into.filter((target) => !there.get(target)?.has(key)),
            key,
            uids.slice(0, 1),
          );
        }
        for (const journey of journeys.all())
          events.push(...(await transfer(client, mailbox, journey, false, working, context.clock.now())));
      },
      { signal },
    );
  }
  if (added.size === 0 && [...keys].some((key) => ![...there.values()].some((set) => set.has(key))))
    throw new ChannelError('gone', 'refused', 'The message is no longer on the server.');
  working.lookAround();
  return events;
}

/** Messages of one folder that go the same way, so that one command takes them all. */
interface Journey {
  readonly goals: readonly string[];
  readonly messages: Map<MessageKey, readonly number[]>;
}
class Journeys {
  readonly #byGoals = new Map<string, Journey>();
  add(goals: readonly string[], key: MessageKey, uids: readonly number[]): void {
    const id = goals.join('\n');
    const journey = this.#byGoals.get(id) ?? { goals, messages: new Map<MessageKey, readonly number[]>() };
    journey.messages.set(key, uids);
    this.#byGoals.set(id, journey);
  }
  all(): Iterable<Journey> {
    return this.#byGoals.values();
  }
}

/** Takes messages of the selected folder to others, and out of this one when `leave` says so. */
async function transfer(
  client: ImapFlow,
  mailbox: MailboxObject,
  { goals, messages }: Journey,
  leave: boolean,
  { limitOf }: Working,
  at: number,
): Promise<readonly ChannelEvent[]> {
  const events: ChannelEvent[] = [];
  const keyOf = new Map([...messages].flatMap(([key, uids]) => uids.map((uid) => [uid, key] as const)));
  const all = [...keyOf.keys()];
  const arrived = (path: string, { uidValidity, uidMap }: CopyResponseObject): void => {
    if (uidValidity === undefined) return;
    for (const [from, to] of uidMap ?? []) {
      const target = keyOf.get(from);
      if (target)
        events.push({ type: 'placed', target, label: folderLabel(path), ref: refOf(uidValidity, to), on: true, at });
    }
  };
  const moveTo = leave ? goals.at(-1) : undefined;
  for (let start = 0; start < all.length; start += limitOf()) {
    const uids = all.slice(start, start + limitOf());
    const set = uidSet(uids);
    for (const path of goals)
      if (path !== moveTo)
        arrived(path, demand(client, await client.messageCopy(set, path, { uid: true }), `copy to “${path}”`));
    if (moveTo !== undefined)
      arrived(moveTo, demand(client, await client.messageMove(set, moveTo, { uid: true }), `move to “${moveTo}”`));
    else if (leave)
      demand(client, (await client.messageDelete(set, { uid: true })) || false, 'remove the message from the folder');
    if (!leave) continue;
    for (const uid of uids) {
      const target = keyOf.get(uid);
      const ref = refOf(mailbox.uidValidity, uid);
      if (target) events.push({ type: 'placed', target, label: folderLabel(mailbox.path), ref, on: false, at });
    }
  }
  return events;
}

/** Makes a folder; one that is there already is as good. */
export async function createLabel(
  { work, lookAround }: Working,
  name: string,
  { signal }: OperationOptions,
): Promise<LabelKey> {
  const levels = name
    .split('/')
    .map((level) => level.trim())
    .filter((level) => level !== '');
  if (levels.length === 0) throw new ChannelError('name', 'refused', 'A folder needs a name.');
  return work().use(
    priorities.person,
    async (client) => {
      const { path } = await client.mailboxCreate(levels);
      lookAround();
      return folderLabel(path);
    },
    { signal },
  );
}
