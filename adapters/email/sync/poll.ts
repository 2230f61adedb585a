import type { ImapFlow, ListResponse, StatusObject } from 'imapflow';
import { z } from 'zod';
import { ChannelError } from '../../../src-shared/channel.ts';
import { asCursor, LabelRole } from '../../../src-shared/model/index.ts';
import { folderLabel, folderScope } from '../ids.ts';
import { type Connection, priorities } from '../imap/connection.ts';
import { catchUp } from './catch-up.ts';
import { announce, type CatchUp } from './commit.ts';
import { type Folder, labelEvents, readFolders } from './folders.ts';
import type { FolderState } from './state.ts';

const scope = 'folders';
const StoredFolders = z.array(
  z.object({ path: z.string(), name: z.string(), role: LabelRole.nullable(), kind: z.enum(['folder', 'label']) }),
);

/** The list of folders and the rounds over them. */
export interface Rounds {
  readonly folders: () => readonly Folder[];
  /** Lists the folders, tells what changed about them, answers the statuses. */
  list(connection: Connection): Promise<ReadonlyMap<string, StatusObject>>;
  /** One look at every folder but the inbox, and a judgement on what left one and came into no other. */
  round(connection: Connection, signal: AbortSignal): Promise<void>;
}

export function folderRounds(sync: CatchUp, inboxChanged: () => void): Rounds {
  const { context, states, orphans } = sync;
  let folders: readonly Folder[] | undefined;
  /** Unread counts are the only hint of changed flags on servers without mod-sequences. */
  const unseen = new Map<string, number | undefined>();

  const former = async (): Promise<readonly Folder[]> => {
    if (folders) return folders;
    const cursor = await context.checkpoint(scope);
    const stored = cursor === undefined ? undefined : StoredFolders.safeParse(JSON.parse(cursor)).data;
    return (stored ?? []).map((folder) => ({ ...folder, label: folderLabel(folder.path), delimiter: '/', sync: true }));
  };

  const adopt = async (now: readonly Folder[]): Promise<void> => {
    const before = await former();
    const gone = before.filter(({ path }) => !now.some((folder) => folder.path === path));
    for (const folder of gone) {
      const refs = await context.lookup.refs(folder.label);
      for (let start = 0; start < refs.length; start += 500)
        await orphans.suspect([...(await context.lookup.byRef(folder.label, refs.slice(start, start + 500))).values()]);
    }
    const events = labelEvents(before, now, context.clock.now());
    if (events.length > 0 || !folders)
      await context.emit({
        events,
        origin: 'history',
        checkpoint: {
          scope,
          cursor: asCursor(JSON.stringify(now.map(({ path, name, role, kind }) => ({ path, name, role, kind })))),
        },
      });
    for (const folder of gone) {
      await context.emit({
        events: [],
        origin: 'history',
        checkpoint: { scope: folderScope(folder.path), cursor: undefined },
      });
      states.forget(folder.path);
    }
    folders = now;
  };

  const list: Rounds['list'] = async (connection) => {
    const listed = await connection.use(priorities.live, listFolders);
    await adopt(readFolders(listed, connection.abilities.gmail));
    const statuses = new Map(listed.flatMap(({ path, status }) => (status ? [[path, status] as const] : [])));
    for (const folder of folders ?? []) {
      const status = statuses.get(folder.path);
      if (!folder.sync || !status || (await states.get(folder.path))) continue;
      const state = stateOfStatus(status);
      if (state) await announce(folder, state, sync);
    }
    return statuses;
  };

  return {
    folders: () => folders ?? [],
    list,
    async round(connection, signal) {
      const suspects = await orphans.waiting();
      const statuses = await list(connection);
      let complete = true;
      for (const folder of folders ?? []) {
        signal.throwIfAborted();
        if (!folder.sync) continue;
        const status = statuses.get(folder.path);
        const state = await states.get(folder.path);
        const sameUnseen = unseen.has(folder.path) && unseen.get(folder.path) === status?.unseen;
        if (state && status && !differs(state, status, sameUnseen)) continue;
        if (folder.role === 'inbox') {
          inboxChanged();
          complete = false;
          unseen.set(folder.path, status?.unseen);
          continue;
        }
        try {
          await connection.use(priorities.live, async (client) => await catchUp(client, folder, sync), {
            signal,
            limitMs: 600_000,
          });
          unseen.set(folder.path, status?.unseen);
        } catch (error) {
          // One folder that cannot be read must not keep the others from being read.
          if (!(error instanceof ChannelError) || !['no-folder', 'permission', 'server'].includes(error.code))
            throw error;
          complete = false;
          context.log.warn('folder could not be read', { folder: folder.path, reason: error.message });
        }
      }
      if (!complete || suspects.length === 0) return;
      const read = (folders ?? []).filter(({ sync: isRead }) => isRead);
      await orphans.judge(
        suspects,
        await Promise.all(
          read.map(async ({ path }) => {
            const state = await states.get(path);
            return { path, uidValidity: state?.uidValidity ?? '', count: state?.count ?? Number.MAX_SAFE_INTEGER };
          }),
        ),
      );
    },
  };
}

const listFolders = (client: ImapFlow): Promise<readonly ListResponse[]> =>
  client.list({
    statusQuery: { messages: true, uidNext: true, uidValidity: true, unseen: true, highestModseq: true },
  });

/** The state of a folder never opened; undefined where the server keeps back what it takes. */
function stateOfStatus({ uidValidity, uidNext, messages, highestModseq }: StatusObject): FolderState | undefined {
  if (uidValidity === undefined || !uidNext || messages === undefined) return undefined;
  return {
    uidValidity: String(uidValidity),
    uidNext,
    count: messages,
    ...(highestModseq ? { modseq: String(highestModseq) } : {}),
  };
}

/** Whether a folder's STATUS tells of anything its state does not cover. */
function differs(state: FolderState, status: StatusObject, sameUnseen: boolean): boolean {
  if (status.uidValidity !== undefined && String(status.uidValidity) !== state.uidValidity) return true;
  if (status.uidNext !== undefined && status.uidNext !== state.uidNext) return true;
  if (status.messages !== undefined && status.messages !== state.count) return true;
  if (status.highestModseq !== undefined && state.modseq !== undefined)
    return String(status.highestModseq) !== state.modseq;
  return !sameUnseen;
}
