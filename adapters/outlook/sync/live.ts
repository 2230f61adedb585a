import { z } from 'zod';
import { ChannelError } from '../../../src-shared/channel.ts';
import {
  asCursor,
  asLabelKey,
  type ChannelEvent,
  type Cursor,
  type LabelKey,
  type UserKey,
} from '../../../src-shared/model/index.ts';
import { categoryLabel, folderLabel, historyScope, meaningOf, settingScope } from '../ids.ts';
import { endedEvent, type FolderRole, labelEvents, roles } from '../labels.ts';
import { ownerTold } from '../owner.ts';
import { Page, State } from '../wire.ts';
import type { Working } from '../working.ts';
import { type FollowedFolder, followFolder } from './folder.ts';
import { readCategories, readFolders, readRoles } from './folders.ts';

/** Looked into every time; of the others, a few at each look, in turn. */
const foremost: ReadonlySet<FolderRole> = new Set<FolderRole>(['inbox', 'sent', 'drafts']);
const othersAtOnce = 10;
/** Looks between two readings of own addresses, folders and categories. */
const settingEvery = 20;

/** Labels there were, so that one that is missing later is known to be gone; and from when on mail is new, Unix ms. */
const Setting = z.object({ labels: z.array(z.string()), since: z.number() });
function readSetting(cursor: Cursor | undefined): z.infer<typeof Setting> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return Setting.safeParse(JSON.parse(cursor)).data;
  } catch {
    return undefined;
  }
}

export interface Live {
  /** Tells the setting: own addresses, folders, categories, the history there is. Then what happened where it matters most. */
  arrive(signal: AbortSignal): Promise<void>;
  /** One look. Answers whether anything had happened. */
  look(signal: AbortSignal): Promise<boolean>;
  /** Reads folders and categories again at the next look. */
  unsettle(): void;
  folderNamed(role: FolderRole): string | undefined;
  /** Addresses of the person besides the mailbox's. */
  readonly further: readonly UserKey[];
  /** Messages in the mailbox when it was last told; undefined before. */
  readonly total: number | undefined;
}

export function followMailbox(working: Working): Live {
  const { context, graph } = working;
  const followed = new Map<string, FollowedFolder>();
  let named: ReadonlyMap<string, FolderRole> = new Map();
  let labels: readonly string[] = [];
  let since = 0;
  let total: number | undefined;
  let further: readonly UserKey[] = [];
  let looks = 0;
  let turn = 0;
  /** Something lies in a folder nobody has told of yet. */
  let unsettled = false;

  /** By Outlook's own clock, not by ours: the newest message there is when the account is first opened. */
  async function newest(signal: AbortSignal): Promise<number> {
    const query = { $select: 'id,parentFolderId,receivedDateTime', $top: '1', $orderby: 'receivedDateTime desc' };
    const { value } = await graph.ask(Page, { path: '/me/messages', query }, { signal });
    return State.safeParse(value[0]).data?.receivedDateTime ?? 0;
  }

  const options = {
    since: () => since,
    told(events: readonly ChannelEvent[]) {
      const placed = events.flatMap((event) =>
        event.type === 'placed' && event.on
          ? [event.label]
          : event.type === 'message'
            ? (event.message.placements ?? []).map(({ label }) => label)
            : [],
      );
      unsettled ||= placed.some((label) => meaningOf(label).is === 'folder' && !labels.includes(label));
    },
  };
  /** A category taken off the list stays on the messages that have it. */
  const isEnded = async (label: LabelKey): Promise<boolean> =>
    meaningOf(label).is === 'folder' || (await context.lookup.refs(label)).length === 0;

  async function readOwnerNow(signal: AbortSignal): Promise<void> {
    const owner = await ownerTold(graph, signal);
    if (!owner) return;
    further = owner.further;
    const { identities } = owner;
    if (identities.length > 0 && JSON.stringify(identities) !== JSON.stringify(context.account.identities))
      await context.describe({ identities });
  }

  async function readSettingNow(signal: AbortSignal): Promise<void> {
    await readOwnerNow(signal);
    const at = context.clock.now();
    const [folders, categories] = [await readFolders(working, { signal }), await readCategories(working, { signal })];
    // An archive, for one, is made when it is first used.
    const ids = new Set(folders.map(({ id }) => id));
    if (named.size < Object.keys(roles).length || [...named.keys()].some((id) => !ids.has(id)))
      named = await readRoles(working, { signal });
    const told = labelEvents(folders, named, categories, at);
    const now = [
      ...folders.map(({ id }) => folderLabel(id)),
      ...categories.map((one) => categoryLabel(one.displayName)),
    ];
    const ended: LabelKey[] = [];
    for (const label of labels.map(asLabelKey)) if (!now.includes(label) && (await isEnded(label))) ended.push(label);
    total = folders.reduce((sum, { totalItemCount = 0 }) => sum + totalItemCount, 0);
    const events: readonly ChannelEvent[] = [
      ...told,
      ...ended.map((label) => endedEvent(label, at)),
      { type: 'history', scope: historyScope, title: 'Outlook', total },
    ];
    labels = now;
    unsettled = false;
    const cursor = asCursor(JSON.stringify({ labels, since }));
    await context.emit({ events, origin: 'history', checkpoint: { scope: settingScope, cursor } });
    for (const { id } of folders) if (!followed.has(id)) followed.set(id, followFolder(working, id, options));
    for (const id of [...followed.keys()]) if (!folders.some((one) => one.id === id)) followed.delete(id);
  }

  /** A folder that somebody has just taken away is no trouble: the next reading of the setting leaves it out. */
  async function lookInto(folder: FollowedFolder, signal: AbortSignal): Promise<boolean> {
    try {
      return await folder.look(signal);
    } catch (error) {
      if (!(error instanceof ChannelError) || error.code !== 'not-found') throw error;
      followed.delete(folder.id);
      unsettled = true;
      return true;
    }
  }
  const isForemost = ({ id }: FollowedFolder): boolean => {
    const role = named.get(id);
    return role !== undefined && foremost.has(role);
  };

  return {
    async arrive(signal) {
      const left = readSetting(await context.checkpoint(settingScope));
      since = left?.since ?? (await newest(signal)) + 1;
      context.proven();
      labels = left?.labels ?? [];
      await readSettingNow(signal);
      // After a time away everything is looked through; first rounds go on piece by piece, with the looks.
      for (const folder of [...followed.values()]) if (await folder.isFollowing()) await lookInto(folder, signal);
    },
    async look(signal) {
      looks++;
      if (unsettled || looks % settingEvery === 0) await readSettingNow(signal);
      const folders = [...followed.values()];
      const others = folders.filter((one) => !isForemost(one));
      const some = Array.from({ length: Math.min(othersAtOnce, others.length) }, (_, index) => {
        return others[(turn + index) % others.length];
      });
      turn = others.length === 0 ? 0 : (turn + some.length) % others.length;
      let happened = false;
      for (const folder of [...folders.filter(isForemost), ...some])
        if (folder && (await lookInto(folder, signal))) happened = true;
      if (unsettled) await readSettingNow(signal);
      return happened;
    },
    unsettle() {
      unsettled = true;
    },
    folderNamed: (role) => [...named].find(([, one]) => one === role)?.[0],
    get further() {
      return further;
    },
    get total() {
      return total;
    },
  };
}
