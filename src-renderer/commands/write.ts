import { type ComposeKind, conversationKey } from '../features/composer/store.ts';
import { focusPane, soon } from '../features/shell/focus.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';
import { chosenMessage, hasOpen, hasTarget, targetsOf } from './target.ts';

const group = 'write';
/** Opens a composer for an answer to the last message of the open conversation (or the one given). */
export async function answer(workspace: Workspace, kind: ComposeKind, message?: number): Promise<void> {
  const { navigation, composer, conversation } = workspace;
  const [id] = targetsOf(workspace);
  if (id === undefined) return;
  try {
    if (navigation.getState().conversation !== id) navigation.getState().open(id);
    const open = conversation.getState();
    const messages = open.id === id ? (open.shown?.messages ?? []) : [];
    const last = messages.findLast((one) => !one.system && !one.removed);
    const target = messages.find((one) => one.id === message) ?? last;
    const chat = open.shown?.view.limits.style === 'chat';
    if (chat && kind !== 'forward' && message === undefined) return soon(() => focusPane('composer'));
    const written = composer.getState().composers[conversationKey(id)];
    const started = await composer
      .getState()
      .start(kind, { conversation: id, ...(target ? { message: target.id } : {}) });
    if (written && chat)
      composer.getState().edit(started, { text: written.composition.text, parts: written.composition.parts });
    if (started !== conversationKey(id)) navigation.getState().write(started);
    soon(() => focusPane('composer'));
  } catch (error) {
    workspace.report(error);
  }
}
export async function compose(workspace: Workspace, to?: string): Promise<void> {
  const { navigation, composer } = workspace;
  const { place } = navigation.getState();
  const account = place.is === 'view' ? place.account : null;
  try {
    const key = await composer
      .getState()
      .start('new', { ...(account === null ? {} : { account }), ...(to ? { to } : {}) });
    navigation.getState().write(key);
    soon(() => focusPane('composer'));
  } catch (error) {
    workspace.report(error);
  }
}
/** Presses a button of the composer one writes in: it alone knows whether it may be pressed. */
const press = (button: 'send="send"' | 'send="send-archive"' | 'open="templates"'): void =>
  document.activeElement?.closest('form')?.querySelector<HTMLButtonElement>(`button[data-${button}]`)?.click();

export const writing: readonly Command[] = [
  { id: 'compose', title: 'command.compose', group, keys: ['c'], run: (workspace) => void compose(workspace) },
  {
    id: 'reply',
    title: 'command.reply',
    group,
    keys: ['r'],
    when: hasOpen,
    run: (workspace) => void answer(workspace, 'reply', chosenMessage(workspace)),
  },
  {
    id: 'reply-all',
    title: 'command.replyAll',
    group,
    keys: ['a'],
    when: hasOpen,
    run: (workspace) => void answer(workspace, 'reply-all', chosenMessage(workspace)),
  },
  {
    id: 'reply-otherwise',
    title: 'command.replyOtherwise',
    group,
    keys: ['Shift+r'],
    when: hasTarget,
    run: ({ navigation }) => navigation.getState().show({ is: 'reply-otherwise' }),
  },
  {
    id: 'forward',
    title: 'command.forward',
    group,
    keys: ['f'],
    when: hasOpen,
    run: (workspace) => void answer(workspace, 'forward', chosenMessage(workspace)),
  },
  {
    id: 'send',
    title: 'command.send',
    group,
    keys: ['Ctrl+Enter'],
    where: 'composer',
    run: () => press('send="send"'),
  },
  {
    id: 'send-archive',
    title: 'command.sendArchive',
    group,
    keys: ['Ctrl+Shift+Enter'],
    where: 'composer',
    run: () => press('send="send-archive"'),
  },
  {
    id: 'template',
    title: 'command.template',
    group,
    keys: ["Ctrl+'"],
    where: 'composer',
    run: () => press('open="templates"'),
  },
];
