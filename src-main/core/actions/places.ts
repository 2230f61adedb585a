import { randomUUID } from 'node:crypto';
import type { LabelId, LabelKey, LabelRole } from '../../../src-shared/model/index.ts';
import { asTxnId } from '../../../src-shared/model/index.ts';
import { CallError } from '../errors.ts';
import { operationOf } from '../supervisor/index.ts';
import { type ActionOptions, applyHere, enqueue, enqueueTargets } from './enqueue.ts';
import type { Share, Target } from './selection.ts';

/** Archive folders that are made where a mailbox has none. */
const archiveName = 'Archive';

/** Puts conversations away, or back: by the inbox label, by the network's own archive, or here alone. */
export async function archive(options: ActionOptions, share: Share, on: boolean): Promise<void> {
  const { features } = share.channel;
  if (features.label?.inboxIsLabel) return archiveByLabel(options, share, on);
  const here = [];
  for (const conversation of share.conversations) {
    const key = share.targets.find((target) => target.conversationId === conversation)?.conversation ?? null;
    if (features.archive && key !== null)
      await enqueue(options, share.account, conversation, { op: 'archive', conversation: key, on });
    else here.push(conversation);
  }
  if (here.length > 0) await options.store.command('conversation.local', { conversations: here, archived: on });
}

async function archiveByLabel(options: ActionOptions, share: Share, on: boolean): Promise<void> {
  const inbox = await labelOf(options, share, 'inbox');
  const away = await labelOf(options, share, 'archive');
  if (!inbox || !away) {
    // Without a folder to move to, nothing is taken out of the inbox on the server: that would be losing it.
    await options.store.command('conversation.local', { conversations: share.conversations, archived: on });
    return;
  }
  const [from, to] = on ? [inbox, away] : [away, inbox];
  const targets = share.targets.filter((target) => target.labels.includes(from));
  await enqueueTargets(options, share.account, targets, (bite) => ({
    op: 'label',
    targets: bite,
    add: [to],
    remove: [from],
  }));
}

/** The label of a role; an archive folder is made where there is none and the account is online. */
async function labelOf(options: ActionOptions, share: Share, role: LabelRole): Promise<LabelKey | undefined> {
  const { account } = share;
  const found = await options.store.query('label.byRole', { account, role });
  if (found) return found.key;
  const live = options.supervisor.online(account);
  if (role !== 'archive' || !share.channel.features.label?.create || !live) return undefined;
  const label = operationOf(live, 'label');
  if (!label) return undefined;
  const key = await label.create(archiveName, { txn: asTxnId(randomUUID()), signal: live.over });
  const patch = { name: archiveName, kind: 'folder' as const, role, exists: true };
  await applyHere(options, share, [{ type: 'label', key, patch, at: options.clock.now() }]);
  return key;
}

export interface Move {
  readonly role?: LabelRole | undefined;
  readonly add?: readonly LabelId[] | undefined;
  readonly remove?: readonly LabelId[] | undefined;
}

/** Rejects with the reason when an account has nowhere to move to; asked of every account before any of them moves. */
export async function needPlace(options: ActionOptions, share: Share, { role }: Move): Promise<void> {
  if (role === 'archive') return;
  if (!share.channel.features.label) {
    if (role === 'inbox') return;
    throw new CallError('unsupported', `${share.channel.name} has no folders or labels.`);
  }
  if (role && !(await labelOf(options, share, role)))
    throw new CallError('no-such-folder', `${share.channel.name} has no folder for "${role}" here.`);
}

/** Into the folder of a role, under labels, or out from under them. */
export async function move(options: ActionOptions, share: Share, change: Move): Promise<void> {
  if (!share.channel.features.label) {
    if (change.role === 'archive' || change.role === 'inbox') return archive(options, share, change.role === 'archive');
    throw new CallError('unsupported', `${share.channel.name} has no folders or labels.`);
  }
  if (change.role === 'archive') return archive(options, share, true);
  const folders = await foldersOf(options, share);
  const wanted = await options.store.query('label.keys', { labels: [...(change.add ?? []), ...(change.remove ?? [])] });
  const keysOf = (ids: readonly LabelId[] | undefined): readonly LabelKey[] =>
    wanted.filter((label) => label.account === share.account && ids?.includes(label.id)).map((label) => label.key);
  const role = change.role ? await labelOf(options, share, change.role) : undefined;
  if (change.role && !role)
    throw new CallError('no-such-folder', `${share.channel.name} has no folder for "${change.role}" here.`);
  const add = [...keysOf(change.add), ...(role ? [role] : [])];
  const remove = new Set(keysOf(change.remove));
  if (add.length === 0 && remove.size === 0) return;
  const moving = add.some((key) => folders.all.has(key));
  const targets = share.targets.filter((target) => change.role !== 'inbox' || comesBack(target, folders));
  // Messages in different folders leave different ones: one operation for each set of them.
  const groups = Map.groupBy(targets, (target) =>
    JSON.stringify(
      target.labels.filter((key) => !add.includes(key) && (remove.has(key) || (moving && folders.all.has(key)))).sort(),
    ),
  );
  for (const group of groups.values()) {
    const leaving = (group[0]?.labels ?? []).filter(
      (key) => !add.includes(key) && (remove.has(key) || (moving && folders.all.has(key))),
    );
    const changing = group.filter((target) => leaving.length > 0 || add.some((key) => !target.labels.includes(key)));
    await enqueueTargets(options, share.account, changing, (bite) => ({
      op: 'label',
      targets: bite,
      add,
      remove: leaving,
    }));
  }
}

export interface Folders {
  readonly idOf: ReadonlyMap<LabelKey, LabelId>;
  /** Folders a message is moved out of. */
  readonly all: ReadonlySet<LabelKey>;
  readonly away: ReadonlySet<LabelKey>;
}

export async function foldersOf(options: ActionOptions, share: Share): Promise<Folders> {
  const { account } = share;
  // "All mail" and "starred" are views of the server's own: nothing moves out of them.
  const labels = (await options.store.query('labels', { account })).filter(
    (label) =>
      label.kind === 'folder' && label.role !== 'all' && label.role !== 'starred' && label.role !== 'important',
  );
  const keys = await options.store.query('label.keys', { labels: labels.map((label) => label.id) });
  const roleOf = new Map(labels.map((label) => [label.id, label.role]));
  const away = keys.filter(({ id }) => ['archive', 'trash', 'spam'].includes(roleOf.get(id) ?? ''));
  return {
    idOf: new Map(keys.map(({ key, id }) => [key, id])),
    all: new Set(keys.map((label) => label.key)),
    away: new Set(away.map((label) => label.key)),
  };
}

/** Bringing a conversation back to the inbox leaves what was sent, or filed by hand, where it is. */
const comesBack = (target: Target, folders: Folders): boolean => target.labels.some((key) => folders.away.has(key));
