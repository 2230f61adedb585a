import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { folderScope } from '../ids.ts';
import type { Fetching } from './fetch.ts';
import type { Folder } from './folders.ts';
import type { Orphans } from './orphans.ts';
import { type FolderState, type States, toCursor } from './state.ts';

/** What bringing a folder up to date needs. */
export interface CatchUp extends Fetching {
  readonly states: States;
  readonly orphans: Orphans;
  /** How many of the newest messages are asked for their flags where the server cannot say what changed. */
  readonly flagWindow: number;
}
/** Events of one batch at most: keeps a transaction short. */
export const batchSize = 500;

/** Commits events in batches, the folder's state with the last one. */
export async function emitAll(
  folder: Folder,
  events: readonly ChannelEvent[],
  state: FolderState,
  { context, states }: CatchUp,
): Promise<void> {
  let start = 0;
  for (; start + batchSize < events.length; start += batchSize)
    await context.emit({ events: events.slice(start, start + batchSize), origin: 'live' });
  await context.emit({
    events: events.slice(start),
    origin: 'live',
    checkpoint: { scope: folderScope(folder.path), cursor: toCursor(state) },
  });
  states.committed(folder.path, state);
}

/**
 * Meets a folder for the first time: from here on catch-up answers for what comes, backfill for what is there.
 * A folder of this name may have been here before and its history long fetched, hence the gap.
 */
export async function announce(folder: Folder, state: FolderState, { context, states }: CatchUp): Promise<void> {
  const scope = folderScope(folder.path);
  await context.emit({
    events: [
      { type: 'history', scope, title: folder.name, total: state.count },
      { type: 'gap', scope },
    ],
    origin: 'history',
    checkpoint: { scope, cursor: toCursor(state) },
  });
  states.committed(folder.path, state);
}
