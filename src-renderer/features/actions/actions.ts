import type { StoreApi } from 'zustand/vanilla';
import type { ConversationRow, Input, MessageView, TriageAction, TriageView } from '../../../src-shared/ipc/index.ts';
import type { ConversationId, LabelId, MessageId } from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';
import type { I18n, Key } from '../../i18n/index.ts';
import type { ConversationState } from '../conversation/store.ts';
import { queryOf } from '../list/filter.ts';
import { isSelected, sizeOf } from '../list/selection.ts';
import type { ListState } from '../list/store.ts';
import type { Place } from '../navigation/place.ts';
import type { NavigationState } from '../navigation/store.ts';
import type { ToastsState } from '../toasts/store.ts';
import { followTriage } from './progress.ts';
import type { UndoStack } from './undo.ts';

export interface ActionParts {
  readonly client: Client;
  readonly i18n: I18n;
  readonly undo: UndoStack;
  readonly list: StoreApi<ListState>;
  readonly navigation: StoreApi<NavigationState>;
  readonly conversation: StoreApi<ConversationState>;
  readonly toasts: StoreApi<ToastsState>;
  /** These are to be unread: whoever has one of them open does not read it at once again. */
  keepUnread(ids: readonly ConversationId[]): void;
  /** List and conversation stand side by side. */
  wide(): boolean;
  /** Finds the focus a new place if what had it is gone once all is drawn. */
  refocus(): void;
}
type Change = (row: ConversationRow) => ConversationRow | null;
interface Act {
  readonly ids: readonly ConversationId[];
  readonly action: TriageAction;
  readonly change: Change;
  readonly said: Key;
  /** The conversations leave the place that is shown. */
  readonly leaves: boolean;
  /** It came of reading, not of a wish: there is nothing to take back. */
  readonly byItself?: boolean;
}
/** Seen on the row itself: one of these needs no words. */
const inPlace: ReadonlySet<TriageAction['is']> = new Set(['read', 'star', 'pin']);
const isInbox = (place: Place): boolean => place.is === 'view' && (place.view === 'inbox' || place.view === 'unread');
const isView = (place: Place, view: string): boolean => place.is === 'view' && place.view === view;

/** What one can do with conversations: shown at once, told to the hub, taken back with one key. */
export function createActions(parts: ActionParts) {
  const { client, i18n, list, navigation, conversation, toasts, undo } = parts;

  /** The row that takes the place of the ones leaving, so that neither focus nor reading stops. */
  const neighbour = (leaving: (id: ConversationId) => boolean): ConversationId | null => {
    const { rows, cursor } = list.getState();
    const from = rows.findIndex((row) => row.id === cursor && leaving(row.id));
    const at = from >= 0 ? from : rows.findIndex((row) => leaving(row.id));
    if (at < 0) return cursor;
    const after = rows.slice(at).find((row) => !leaving(row.id));
    return (after ?? rows.slice(0, at).findLast((row) => !leaving(row.id)))?.id ?? null;
  };
  /** The ids given, or all that the list would show when that is what was selected and somebody acts on it. */
  const aim = (ids: readonly ConversationId[], byItself: boolean) => {
    const state = list.getState();
    const { place, filter, allMatching, except } = state;
    const seen = !byItself && navigation.getState().place.is !== 'search';
    if (!seen || !allMatching || !place || !ids.every((id) => state.selected.has(id))) {
      const set = new Set(ids);
      return { has: (id: ConversationId) => set.has(id), size: set.size, what: { conversations: [...set] } };
    }
    const what: Pick<Input<'triage.start'>, 'matching' | 'except'> = {
      matching: queryOf(place, filter),
      except: [...except],
    };
    return { has: (id: ConversationId) => isSelected(state, id), size: sizeOf(state, state.total), what };
  };
  /** Takes back; the row shows it as soon as the hub has. */
  const takeBack =
    (begun: Promise<TriageView>, news: { toast: number | null }, said: Key) => async (): Promise<void> => {
      if (news.toast !== null) toasts.getState().dismiss(news.toast);
      const { triage, done } = await begun;
      // Taken back before it was known to be done: by now it is said to be.
      if (news.toast !== null) toasts.getState().dismiss(news.toast);
      const view = await client.call('triage.undo', { triage });
      if (view.state === 'undoing') await followTriage(parts, view, 'toast.undoing');
      toasts
        .getState()
        .show({ text: i18n.t('toast.undone', { what: i18n.t(said, { count: Math.max(1, done) }) }), forMs: 2_500 });
      await list.getState().refresh();
    };
  const perform = async ({ ids, action, change, said, leaves, byItself = false }: Act): Promise<void> => {
    if (ids.length === 0) return;
    const { has, size, what } = aim(ids, byItself);
    if (leaves) {
      const next = neighbour(has);
      const open = navigation.getState().conversation;
      list.getState().moveTo(next);
      if (open !== null && has(open)) {
        if (next !== null && parts.wide()) navigation.getState().open(next);
        else navigation.getState().close();
      }
    }
    if (leaves || size > 1) list.getState().clearSelection();
    const release = list.getState().patch({ ids: { has }, change });
    if (leaves) parts.refocus();
    const begun = client.call('triage.start', { ...what, action });
    const news: { toast: number | null } = { toast: null };
    const back = takeBack(begun, news, said);
    // From the first moment: what is shown as done can be taken back, whether the hub has answered or not.
    if (!byItself) undo.push(back);
    try {
      let view = await begun;
      if (view.state === 'running') view = await followTriage(parts, view, 'toast.working');
      if (!(inPlace.has(action.is) && size === 1))
        news.toast = toasts.getState().show({
          text: i18n.t(said, { count: Math.max(1, view.done) }),
          action: { label: i18n.t('action.undo'), run: () => void undo.take(back) },
        });
      for (const { text, conversations } of view.problems)
        toasts.getState().show({ text: i18n.t('toast.notAll', { count: conversations, text }), tone: 'problem' });
      await list.getState().refresh('conversations' in what ? what.conversations : undefined);
    } catch (error) {
      undo.drop(back);
      toasts.getState().show({ text: errorMessage(error), tone: 'problem' });
    } finally {
      release();
    }
  };
  const place = (): Place => navigation.getState().place;

  return {
    archive(ids: readonly ConversationId[], on = true) {
      const leaves = on ? isInbox(place()) : isView(place(), 'done');
      return perform({
        ids,
        leaves,
        action: { is: 'archive', on },
        change: (row) => (leaves ? null : { ...row, inInbox: !on }),
        said: on ? 'toast.archived' : 'toast.restored',
      });
    },
    read(ids: readonly ConversationId[], read: boolean, { byItself } = { byItself: false }) {
      if (!read) parts.keepUnread(ids);
      return perform({
        ids,
        leaves: false,
        byItself,
        action: { is: 'read', on: read },
        change: (row) => ({ ...row, unread: read ? 0 : Math.max(1, row.unread) }),
        said: read ? 'toast.read' : 'toast.unread',
      });
    },
    star(ids: readonly ConversationId[], starred: boolean) {
      return perform({
        ids,
        leaves: false,
        action: { is: 'star', on: starred },
        change: (row) => ({ ...row, starred }),
        said: starred ? 'toast.starred' : 'toast.unstarred',
      });
    },
    mute(ids: readonly ConversationId[], on: boolean) {
      return perform({
        ids,
        leaves: false,
        action: { is: 'mute', on },
        change: (row) => ({ ...row, muted: on }),
        said: on ? 'toast.muted' : 'toast.unmuted',
      });
    },
    pin(ids: readonly ConversationId[], on: boolean) {
      return perform({
        ids,
        leaves: false,
        action: { is: 'pin', on },
        change: (row) => ({ ...row, pinned: on }),
        said: on ? 'toast.pinned' : 'toast.unpinned',
      });
    },
    moveTo(ids: readonly ConversationId[], role: 'trash' | 'spam' | 'inbox') {
      const leaves = role === 'inbox' ? !isInbox(place()) : !isView(place(), role);
      return perform({
        ids,
        leaves,
        action: { is: 'move', role },
        change: (row) => (leaves ? null : row),
        said: role === 'trash' ? 'toast.trashed' : role === 'spam' ? 'toast.spam' : 'toast.restored',
      });
    },
    /** Puts labels on and takes others off; a folder among those put on is moved into. */
    label(ids: readonly ConversationId[], add: readonly LabelId[], remove: readonly LabelId[], leaves = false) {
      const here = place();
      const gone = leaves || (here.is === 'label' && remove.includes(here.label));
      return perform({
        ids,
        leaves: gone,
        action: { is: 'label', add: [...add], remove: [...remove] },
        change: (row) =>
          gone
            ? null
            : { ...row, labels: [...new Set([...row.labels, ...add])].filter((label) => !remove.includes(label)) },
        said: leaves ? 'toast.moved' : 'toast.labelled',
      });
    },
    snooze(ids: readonly ConversationId[], until: number | null) {
      const leaves = until === null ? isView(place(), 'snoozed') : isInbox(place());
      return perform({
        ids,
        leaves,
        action: { is: 'snooze', until },
        change: (row) => (leaves ? null : { ...row, snoozedUntil: until }),
        said: until === null ? 'toast.unsnoozed' : 'toast.snoozed',
      });
    },
    async react(message: MessageId, emoji: string, on: boolean) {
      const flip =
        (way: boolean) =>
        (shown: MessageView): MessageView => ({
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
        });
      try {
        const { change } = conversation.getState();
        await change(message, flip(on), client.call('act.react', { message, emoji, on }), flip(!on));
      } catch (error) {
        toasts.getState().show({ text: errorMessage(error), tone: 'problem' });
      }
    },
    /** Keeps a message at hand for everybody, or no longer. */
    async pinMessage(message: MessageId, on: boolean) {
      const flip =
        (pinned: boolean) =>
        (shown: MessageView): MessageView => ({ ...shown, flags: { ...shown.flags, pinned } });
      try {
        const { change } = conversation.getState();
        await change(message, flip(on), client.call('act.pinMessage', { message, on }), flip(!on));
      } catch (error) {
        toasts.getState().show({ text: errorMessage(error), tone: 'problem' });
      }
    },
    async removeMessage(message: MessageId, scope: 'me' | 'everyone') {
      try {
        await client.call('act.remove', { messages: [message], scope });
      } catch (error) {
        toasts.getState().show({ text: errorMessage(error), tone: 'problem' });
      }
    },
    /** Presses a button or answers a poll; what changes by it comes back as news. */
    async press(message: MessageId, choice: { button: string } | { options: string[] }) {
      try {
        const { notice } = await client.call('act.press', { message, ...choice });
        if (notice !== null) toasts.getState().show({ text: notice });
      } catch (error) {
        toasts.getState().show({ text: errorMessage(error), tone: 'problem' });
      }
    },
  };
}
export type Actions = ReturnType<typeof createActions>;
