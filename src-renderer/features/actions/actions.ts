import type { StoreApi } from 'zustand/vanilla';
import type { ConversationRow } from '../../../src-shared/ipc/index.ts';
import type { ConversationId, LabelId, MessageId } from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';
import type { I18n, Key } from '../../i18n/index.ts';
import type { ConversationState } from '../conversation/store.ts';
import type { ListState } from '../list/store.ts';
import type { Place } from '../navigation/place.ts';
import type { NavigationState } from '../navigation/store.ts';
import type { ToastsState } from '../toasts/store.ts';
import type { UndoStack } from './undo.ts';

export interface ActionParts {
  readonly client: Client;
  readonly i18n: I18n;
  readonly undo: UndoStack;
  readonly list: StoreApi<ListState>;
  readonly navigation: StoreApi<NavigationState>;
  readonly conversation: StoreApi<ConversationState>;
  readonly toasts: StoreApi<ToastsState>;
  /** List and conversation stand side by side. */
  wide(): boolean;
  /** Finds the focus a new place if what had it is gone once all is drawn. */
  refocus(): void;
}
type Change = (row: ConversationRow) => ConversationRow | null;
interface Action {
  readonly ids: readonly ConversationId[];
  readonly change: Change;
  readonly run: () => Promise<unknown>;
  readonly back?: { readonly said: Key; readonly run: () => Promise<unknown> };
  /** The conversations leave the place that is shown. */
  readonly leaves: boolean;
}
const isInbox = (place: Place): boolean => place.is === 'view' && (place.view === 'inbox' || place.view === 'unread');
const isView = (place: Place, view: string): boolean => place.is === 'view' && place.view === view;

/** What one can do with conversations: shown at once, told to the hub, taken back with one key. */
export function createActions(parts: ActionParts) {
  const { client, i18n, list, navigation, conversation, toasts, undo } = parts;

  /** The row that takes the place of the ones leaving, so that neither focus nor reading stops. */
  const neighbour = (ids: ReadonlySet<ConversationId>): ConversationId | null => {
    const { rows } = list.getState();
    const at = rows.findIndex((row) => ids.has(row.id));
    if (at < 0) return null;
    const after = rows.slice(at).find((row) => !ids.has(row.id));
    return (after ?? rows.slice(0, at).findLast((row) => !ids.has(row.id)))?.id ?? null;
  };
  const perform = async (action: Action): Promise<void> => {
    if (action.ids.length === 0) return;
    const ids = new Set(action.ids);
    if (action.leaves) {
      const next = neighbour(ids);
      const open = navigation.getState().conversation;
      list.getState().moveTo(next);
      if (open !== null && ids.has(open)) {
        if (next !== null && parts.wide()) navigation.getState().open(next);
        else navigation.getState().close();
      }
    }
    list.getState().clearSelection();
    const release = list.getState().patch({ ids, change: action.change });
    if (action.leaves) parts.refocus();
    try {
      await action.run();
      if (action.back) {
        const { back } = action;
        const takeBack = async (): Promise<void> => {
          await back.run();
          await list.getState().refresh(action.ids);
        };
        undo.push(takeBack);
        toasts.getState().show({
          text: i18n.t(back.said, { count: action.ids.length }),
          action: { label: i18n.t('action.undo'), run: () => void undo.take(takeBack) },
        });
      }
      await list.getState().refresh(action.ids);
    } catch (error) {
      toasts.getState().show({ text: errorMessage(error), tone: 'problem' });
    } finally {
      release();
    }
  };
  const place = (): Place => navigation.getState().place;
  const sel = (ids: readonly ConversationId[]): { conversations: ConversationId[] } => ({ conversations: [...ids] });

  return {
    archive(ids: readonly ConversationId[], on = true) {
      const leaves = on ? isInbox(place()) : isView(place(), 'done');
      return perform({
        ids,
        leaves,
        change: (row) => (leaves ? null : { ...row, inInbox: !on }),
        run: () => client.call('act.archive', { ...sel(ids), on }),
        back: {
          said: on ? 'toast.archived' : 'toast.restored',
          run: () => client.call('act.archive', { ...sel(ids), on: !on }),
        },
      });
    },
    read(ids: readonly ConversationId[], read: boolean) {
      return perform({
        ids,
        leaves: false,
        change: (row) => ({ ...row, unread: read ? 0 : Math.max(1, row.unread) }),
        run: () => client.call('act.flag', { ...sel(ids), read }),
      });
    },
    star(ids: readonly ConversationId[], starred: boolean) {
      return perform({
        ids,
        leaves: false,
        change: (row) => ({ ...row, starred }),
        run: () => client.call('act.flag', { ...sel(ids), starred }),
      });
    },
    mute(ids: readonly ConversationId[], on: boolean) {
      return perform({
        ids,
        leaves: false,
        change: (row) => ({ ...row, muted: on }),
        run: () => client.call('act.mute', { ...sel(ids), on }),
        back: {
          said: on ? 'toast.muted' : 'toast.unmuted',
          run: () => client.call('act.mute', { ...sel(ids), on: !on }),
        },
      });
    },
    pin(ids: readonly ConversationId[], on: boolean) {
      return perform({
        ids,
        leaves: false,
        change: (row) => ({ ...row, pinned: on }),
        run: () => client.call('act.pin', { ...sel(ids), on }),
      });
    },
    moveTo(ids: readonly ConversationId[], role: 'trash' | 'spam' | 'inbox') {
      const leaves = role === 'inbox' ? !isInbox(place()) : !isView(place(), role);
      const home = isView(place(), 'trash') ? 'trash' : isView(place(), 'spam') ? 'spam' : 'inbox';
      const said: Key = role === 'trash' ? 'toast.trashed' : role === 'spam' ? 'toast.spam' : 'toast.restored';
      return perform({
        ids,
        leaves,
        change: () => null,
        run: () => client.call('act.move', { ...sel(ids), role }),
        back: { said, run: () => client.call('act.move', { ...sel(ids), role: home }) },
      });
    },
    label(ids: readonly ConversationId[], label: LabelId, on: boolean) {
      return perform({
        ids,
        leaves: false,
        change: (row) => ({
          ...row,
          labels: on ? [...new Set([...row.labels, label])] : row.labels.filter((other) => other !== label),
        }),
        run: () => client.call('act.move', { ...sel(ids), ...(on ? { add: [label] } : { remove: [label] }) }),
      });
    },
    snooze(ids: readonly ConversationId[], until: number | null) {
      const leaves = until !== null && isInbox(place());
      return perform({
        ids,
        leaves,
        change: (row) => (leaves ? null : { ...row, snoozedUntil: until }),
        run: () => client.call('act.snooze', { conversations: [...ids], until }),
        back: {
          said: until === null ? 'toast.unsnoozed' : 'toast.snoozed',
          run: () => client.call('act.snooze', { conversations: [...ids], until: null }),
        },
      });
    },
    async react(message: MessageId, emoji: string, on: boolean) {
      const flip = (way: boolean): void =>
        conversation.getState().change(message, (shown) => ({
          ...shown,
          reactions: shown.reactions.some((reaction) => reaction.emoji === emoji)
            ? shown.reactions.flatMap((reaction) => {
                if (reaction.emoji !== emoji || reaction.mine === way) return [reaction];
                const count = reaction.count + (way ? 1 : -1);
                return count > 0 ? [{ ...reaction, mine: way, count }] : [];
              })
            : way
              ? [...shown.reactions, { emoji, count: 1, mine: true, by: [] }]
              : shown.reactions,
        }));
      flip(on);
      try {
        await client.call('act.react', { message, emoji, on });
      } catch (error) {
        flip(!on);
        toasts.getState().show({ text: errorMessage(error), tone: 'problem' });
      }
    },
  };
}
export type Actions = ReturnType<typeof createActions>;
