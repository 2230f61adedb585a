import type { ConversationRow, TriageAction } from '../../../src-shared/ipc/index.ts';
import type { ConversationId, LabelId } from '../../../src-shared/model/index.ts';
import type { ActionOptions } from './enqueue.ts';
import { flag } from './flag.ts';
import { mute } from './mute.ts';
import { archive, foldersOf, move } from './places.ts';
import type { Share, Target } from './selection.ts';
import type { Snooze } from './snooze.ts';
import type { Inverse } from './undo.ts';

export interface PerformOptions extends ActionOptions {
  readonly snooze: Snooze;
}
type Rows = ReadonlyMap<ConversationId, ConversationRow>;

/**
 * One account's share of an action.
 * @param rows the conversations as they were; null when nothing is to be taken back later
 * @returns what would bring everything back
 */
export async function perform(
  options: PerformOptions,
  share: Share,
  action: TriageAction,
  rows: Rows | null,
): Promise<readonly Inverse[]> {
  const inverses = rows ? await inversesOf(options, share, action, rows) : [];
  switch (action.is) {
    case 'archive':
      await archive(options, share, action.on);
      break;
    case 'read':
    case 'star':
      await flag(options, share, action.is === 'read' ? { read: action.on } : { starred: action.on }, rows !== null);
      break;
    case 'mute':
      await mute(options, share, action.on);
      break;
    case 'pin':
      await options.store.command('conversation.local', { conversations: share.conversations, pinned: action.on });
      break;
    case 'snooze':
      await options.store.command('conversation.local', {
        conversations: share.conversations,
        snoozedUntil: action.until,
      });
      options.snooze.nudge();
      break;
    case 'move':
      await move(options, share, { role: action.role });
      break;
    case 'label':
      await move(options, share, { add: action.add, remove: action.remove });
      break;
  }
  return inverses;
}

async function inversesOf(options: PerformOptions, share: Share, action: TriageAction, rows: Rows): Promise<Inverse[]> {
  const where = (test: (row: ConversationRow) => boolean): ConversationId[] =>
    share.conversations.filter((id) => {
      const row = rows.get(id);
      return row !== undefined && test(row);
    });
  switch (action.is) {
    case 'archive':
      return share.channel.features.label?.inboxIsLabel && (await hasArchive(options, share))
        ? whereTheyWere(options, share)
        : ofConversations(
            { is: 'archive', on: !action.on },
            where((row) => row.inInbox === action.on),
          );
    case 'read':
      return action.on
        ? ofMessages(
            { is: 'read', on: false },
            share.targets.filter((target) => target.unread),
          )
        : ofConversations(
            { is: 'read', on: true },
            where((row) => row.unread === 0),
          );
    case 'star':
      return action.on
        ? ofConversations(
            { is: 'star', on: false },
            where((row) => !row.starred),
          )
        : ofMessages(
            { is: 'star', on: true },
            share.targets.filter((target) => target.flags.starred),
          );
    case 'mute':
      return ofConversations(
        { is: 'mute', on: !action.on },
        where((row) => row.muted !== action.on),
      );
    case 'pin':
      return ofConversations(
        { is: 'pin', on: !action.on },
        where((row) => row.pinned !== action.on),
      );
    case 'snooze':
      return [
        ...Map.groupBy(
          where((row) => row.snoozedUntil !== action.until),
          (id) => rows.get(id)?.snoozedUntil ?? null,
        ),
      ].flatMap(([until, ids]) => ofConversations({ is: 'snooze', until }, ids));
    case 'move':
      return share.channel.features.label
        ? whereTheyWere(options, share)
        : ofConversations(
            { is: 'archive', on: action.role !== 'archive' },
            where((row) => row.inInbox === (action.role === 'archive')),
          );
    case 'label':
      return [
        ...(await whereTheyWere(options, share)),
        ...(await withoutLabels(options, share, action.add, action.remove)),
      ];
  }
}

/** Without a folder for it, archiving is a note of ours, or makes one that nothing else lies in. */
const hasArchive = async ({ store }: PerformOptions, { account }: Share): Promise<boolean> =>
  (await store.query('label.byRole', { account, role: 'archive' })) !== null;

/** Back into the folders each message lay in. */
async function whereTheyWere(options: PerformOptions, share: Share): Promise<Inverse[]> {
  const folders = await foldersOf(options, share);
  const groups = Map.groupBy(share.targets, (target) =>
    JSON.stringify(target.labels.flatMap((key) => folders.idOf.get(key) ?? []).sort((a, b) => a - b)),
  );
  return [...groups].flatMap(([folder, targets]) => {
    const add: LabelId[] = JSON.parse(folder);
    return add.length === 0 ? [] : ofMessages({ is: 'label', add, remove: [] }, targets);
  });
}

/** Labels that are no folders: off again where they were not, on again where they were. */
async function withoutLabels(
  options: PerformOptions,
  share: Share,
  added: readonly LabelId[],
  removed: readonly LabelId[],
): Promise<Inverse[]> {
  const folders = await foldersOf(options, share);
  const keys = await options.store.query('label.keys', { labels: [...added, ...removed] });
  return keys
    .filter(({ account, key }) => account === share.account && !folders.all.has(key))
    .flatMap(({ id, key }) => {
      const on = added.includes(id);
      const changed = share.targets.filter((target) => target.labels.includes(key) !== on);
      return ofMessages({ is: 'label', add: on ? [] : [id], remove: on ? [id] : [] }, changed);
    });
}

const ofConversations = (action: TriageAction, conversations: readonly ConversationId[]): Inverse[] =>
  conversations.length === 0 ? [] : [{ action, of: { conversations }, conversations: conversations.length }];
const ofMessages = (action: TriageAction, targets: readonly Target[]): Inverse[] =>
  targets.length === 0
    ? []
    : [
        {
          action,
          of: { messages: targets.map((target) => target.id) },
          conversations: new Set(targets.map((target) => target.conversationId)).size,
        },
      ];
