import type { ConversationView } from '../../src-shared/ipc/index.ts';
import { accountOf, channelOf } from '../features/accounts/store.ts';
import { conversationKey } from '../features/composer/store.ts';
import { editLast } from '../features/conversation/steps.ts';
import { focusedSurface } from '../features/conversation/surface.ts';
import { openThread } from '../features/conversation/thread/open.ts';
import { type MessageAction, whyNot } from '../features/conversation/why.ts';
import { focusMessage, focusSearch } from '../features/shell/focus.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';
import { conversationReady, onceShown } from './ready.ts';
import { hasOpen, messageOf } from './target.ts';

/** Not known to be otherwise: what is still being fetched may have them. */
const openHas = (workspace: Workspace, has: (view: ConversationView) => boolean): boolean => {
  const view = workspace.conversation.getState().shown?.view;
  return hasOpen(workspace) && (!conversationReady(workspace) || (view !== undefined && has(view)));
};
const canReact = (workspace: Workspace): boolean => openHas(workspace, ({ features }) => features.includes('react'));
const hasThreads = (workspace: Workspace): boolean =>
  openHas(workspace, ({ limits }) => limits.style === 'chat' && limits.thread === 'full');
const canPin = (workspace: Workspace): boolean =>
  openHas(workspace, ({ limits, features }) => limits.style === 'chat' && features.includes('pin'));

/** Of a chat: in letters nobody looks for it. */
const whyOf =
  (action: MessageAction) =>
  (workspace: Workspace): string | null => {
    const { conversation, accounts, i18n } = workspace;
    const view = conversation.getState().shown?.view;
    const message = messageOf(workspace);
    if (!hasOpen(workspace) || !conversationReady(workspace) || view?.limits.style !== 'chat' || !message) return null;
    const state = accounts.getState();
    const channel = channelOf(state, view.channel);
    const account = accountOf(state, view.account);
    const why = whyNot(action, message, { view, channel, account, now: Date.now() });
    return why && i18n.t(why.key, why.values);
  };

/** Within the conversation that is open. */
export const messages: readonly Command[] = [
  {
    id: 'next-message',
    title: 'command.nextMessage',
    group: 'move',
    keys: ['n'],
    when: hasOpen,
    run: onceShown((_workspace, count) => focusMessage(count)),
  },
  {
    id: 'previous-message',
    title: 'command.previousMessage',
    group: 'move',
    keys: ['p'],
    when: hasOpen,
    run: onceShown((_workspace, count) => focusMessage(-count)),
  },
  {
    id: 'find',
    title: 'command.find',
    group: 'move',
    keys: ['Ctrl+f'],
    // With nothing open, what is looked for can only be everywhere.
    run: onceShown((workspace) => {
      if (hasOpen(workspace)) workspace.reader.getState().openFinder();
      else focusSearch();
    }),
  },
  {
    id: 'jump-to-date',
    title: 'command.jumpToDate',
    group: 'move',
    keys: ['Shift+d'],
    when: hasOpen,
    run: onceShown(({ reader }) => reader.getState().set({ jumping: true })),
  },
  {
    id: 'react',
    title: 'command.react',
    group: 'write',
    keys: ['+', ':'],
    when: canReact,
    why: whyOf('react'),
    run: onceShown((workspace) => {
      const message = messageOf(workspace);
      if (message && canReact(workspace))
        workspace.reader.getState().set({ reacting: message.id, surface: focusedSurface() });
    }),
  },
  {
    id: 'thread',
    title: 'command.thread',
    group: 'move',
    keys: ['Shift+t'],
    when: hasThreads,
    why: whyOf('thread'),
    run: onceShown((workspace) => {
      const message = messageOf(workspace);
      if (message && hasThreads(workspace)) openThread(workspace, message);
    }),
  },
  {
    id: 'pin-message',
    title: 'command.pinMessage',
    group: 'write',
    keys: [],
    when: canPin,
    why: whyOf('pin'),
    run: onceShown((workspace) => {
      const message = messageOf(workspace);
      if (message && canPin(workspace)) void workspace.actions.pinMessage(message.id, !message.flags.pinned);
    }),
  },
  {
    id: 'edit-last',
    title: 'command.editLast',
    group: 'write',
    keys: ['ArrowUp'],
    where: 'composer',
    when: ({ composer, navigation, conversation }) => {
      const open = navigation.getState().conversation;
      const written = open === null ? undefined : composer.getState().composers[conversationKey(open)];
      return (
        written?.composition.text === '' && (conversation.getState().shown?.view.features.includes('edit') ?? false)
      );
    },
    run: editLast,
  },
];
