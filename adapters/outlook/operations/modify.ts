import { ChannelError, type Done, type OperationOptions, type Target } from '../../../src-shared/channel.ts';
import type { ChannelEvent, Flags, LabelKey } from '../../../src-shared/model/index.ts';
import { isGone } from '../fetch.ts';
import { folderLabel, idOf, meaningOf } from '../ids.ts';
import { compare } from '../sync/changes.ts';
import { readFolders } from '../sync/folders.ts';
import { Named, State, stateProperties } from '../wire.ts';
import { messagePath, type Working } from '../working.ts';

const selected = { $select: stateProperties };

/**
 * Changes each message, four at a time. Every change says how it shall be, so doing it twice does no harm. What is no
 * longer in the mailbox is passed over, unless it was all that was asked for.
 */
async function each(
  working: Working,
  targets: readonly Target[],
  change: (id: string) => Promise<State>,
): Promise<Done> {
  const ids = targets.map(({ message }) => idOf(message));
  const at = working.context.clock.now();
  const changed = await Promise.all(
    ids.map(async (id) => {
      try {
        return await change(id);
      } catch (error) {
        if (!isGone(error)) throw error;
        working.context.log.info('a message to change is no longer there', { id });
        return undefined;
      }
    }),
  );
  const states = changed.filter((one) => one !== undefined);
  if (states.length === 0 && ids.length > 0)
    throw new ChannelError('gone', 'refused', 'The message is no longer in the mailbox.');
  working.lookAround();
  return { events: await compare(working, states, at) };
}
const patch = ({ graph }: Working, id: string, json: object, signal: AbortSignal): Promise<State> =>
  graph.ask(State, { method: 'PATCH', path: messagePath(id), json }, { signal, repeatable: true });

export async function setFlags(
  working: Working,
  targets: readonly Target[],
  { read, starred, important }: Flags,
  { signal }: OperationOptions,
): Promise<Done> {
  const json = {
    ...(read === undefined ? {} : { isRead: read }),
    ...(starred === undefined ? {} : { flag: { flagStatus: starred ? 'flagged' : 'notFlagged' } }),
    ...(important === undefined ? {} : { importance: important ? 'high' : 'normal' }),
  };
  if (Object.keys(json).length === 0) return { events: [] };
  return await each(working, targets, (id) => patch(working, id, json, signal));
}

/** A change of labels in Outlook's words: a folder to lie in, categories, which half of the inbox. */
function meant(
  working: Working,
  { add, remove }: { readonly add: readonly LabelKey[]; readonly remove: readonly LabelKey[] },
) {
  const [on, off] = [add.map(meaningOf), remove.map(meaningOf)];
  const folderIn = (all: typeof on) => all.flatMap((one) => (one.is === 'folder' ? [one.id] : []));
  const categoriesIn = (all: typeof on) => all.flatMap((one) => (one.is === 'category' ? [one.name] : []));
  const [to, from] = [folderIn(on)[0], folderIn(off)];
  const other = on.some(({ is }) => is === 'other')
    ? 'other'
    : off.some(({ is }) => is === 'other')
      ? 'focused'
      : undefined;
  return {
    to: to ?? (from.length > 0 ? awayFrom(working, from) : undefined),
    /** Asked to leave a folder it does not lie in (any more), a message stays where it is. */
    moves: ({ parentFolderId }: State): boolean => to !== undefined || from.includes(parentFolderId),
    on: categoriesIn(on),
    off: categoriesIn(off),
    other,
  };
}
/** Out of a folder without another to go to: a mail always lies in one, so out of the inbox is into the archive. */
function awayFrom({ folderNamed }: Working, from: readonly string[]): string {
  const [inbox, archive] = [folderNamed('inbox'), folderNamed('archive')];
  const to = inbox !== undefined && from.includes(inbox) ? archive : inbox;
  if (to === undefined)
    throw new ChannelError('no-archive', 'refused', 'This mailbox has no archive folder. Choose a folder to move to.');
  return to;
}

export async function applyLabels(
  working: Working,
  targets: readonly Target[],
  change: { readonly add: readonly LabelKey[]; readonly remove: readonly LabelKey[] },
  { signal }: OperationOptions,
): Promise<Done> {
  const { graph } = working;
  const { to, moves, on, off, other } = meant(working, change);
  return await each(working, targets, async (id) => {
    let state = await graph.ask(State, { path: messagePath(id), query: selected }, { signal });
    const before = state.categories ?? [];
    const categories = [
      ...before.filter((name) => !off.includes(name)),
      ...on.filter((name) => !before.includes(name)),
    ];
    const json = {
      ...(on.length + off.length === 0 ? {} : { categories }),
      ...(other === undefined ? {} : { inferenceClassification: other }),
    };
    if (Object.keys(json).length > 0) state = await patch(working, id, json, signal);
    if (to === undefined || !moves(state) || to === state.parentFolderId) return state;
    const path = messagePath(id, '/move');
    return await graph.ask(State, { method: 'POST', path, json: { destinationId: to } }, { signal, repeatable: true });
  });
}

/** A folder of that name; the one there is when another try, or another device, has made it already. */
export async function createFolder(working: Working, name: string, { signal }: OperationOptions): Promise<LabelKey> {
  const { graph, lookAround, unsettle } = working;
  try {
    const ask = { method: 'POST', path: '/me/mailFolders', json: { displayName: name } } as const;
    const { id } = await graph.ask(Named, ask, { signal, repeatable: false });
    unsettle();
    lookAround();
    return folderLabel(id);
  } catch (error) {
    if (!(error instanceof ChannelError) || error.code !== 'conflict') throw error;
    const folders = await readFolders(working, { signal });
    const ids = new Set(folders.map(({ id }) => id));
    const there = folders.find(
      (one) => one.displayName.toLowerCase() === name.toLowerCase() && !ids.has(one.parentFolderId ?? ''),
    );
    if (!there) throw error;
    return folderLabel(there.id);
  }
}

/** Deletes for good, in whatever folder the messages lie. */
export async function removeMessages(
  working: Working,
  targets: readonly Target[],
  scope: 'me' | 'everyone',
  { signal }: OperationOptions,
): Promise<Done> {
  if (scope !== 'me') throw new ChannelError('scope', 'refused', 'A mail that was sent cannot be taken back.');
  const { graph, context } = working;
  await Promise.all(
    targets.map(async ({ message }) => {
      try {
        const path = messagePath(idOf(message), '/permanentDelete');
        await graph.tell({ method: 'POST', path }, { signal, repeatable: true });
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }),
  );
  const at = context.clock.now();
  working.lookAround();
  return { events: targets.map(({ message }): ChannelEvent => ({ type: 'removed', target: message, at })) };
}
