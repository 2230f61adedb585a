import type { ConversationId } from '../../src-shared/model/index.ts';
import { type ComposeKind, conversationKey } from '../features/composer/store.ts';
import { keepKeysDuring } from '../features/shell/ahead.ts';
import { focusPane, soon } from '../features/shell/focus.ts';
import type { Workspace } from '../state/workspace.ts';
import type { Command } from './command.ts';
import { conversationReady, whenReady } from './ready.ts';
import { chosenMessage, hasOpen, hasTarget, targetsOf } from './target.ts';

const group = 'write';
/** The composer of a new message, or the one under the conversation: what is typed from now on is for it. */
const writeIn = (composer: '.floating' | '.composer'): void =>
  soon(() => focusPane('composer', composer), { keepsKeys: true });

/** Opens a composer for an answer to the last message of the open conversation (or the one given). */
export function answer(workspace: Workspace, kind: ComposeKind, message?: number): void {
  const { navigation, report } = workspace;
  const [id] = targetsOf(workspace);
  if (id === undefined) return;
  if (navigation.getState().conversation !== id) navigation.getState().open(id);
  whenReady(workspace, conversationReady, () => {
    keepKeysDuring(begin(workspace, kind, id, message)).catch(report);
  });
}
async function begin(workspace: Workspace, kind: ComposeKind, id: ConversationId, message?: number): Promise<void> {
  const { navigation, composer, conversation } = workspace;
  const open = conversation.getState();
  const messages = open.id === id ? (open.shown?.messages ?? []) : [];
  const last = messages.findLast((one) => !one.system && !one.removed);
  const target = messages.find((one) => one.id === message) ?? last;
  const chat = open.shown?.view.limits.style === 'chat';
  if (chat && kind !== 'forward' && message === undefined) return writeIn('.composer');
  const started = await composer
    .getState()
    .start(kind, { conversation: id, ...(target ? { message: target.id } : {}) });
  if (started === conversationKey(id)) return writeIn('.composer');
  navigation.getState().write(started);
  writeIn('.floating');
}
export function compose(workspace: Workspace, to?: string): void {
  const { navigation, composer, report } = workspace;
  const { place } = navigation.getState();
  const account = place.is === 'view' ? place.account : null;
  const started = composer
    .getState()
    .start('new', { ...(account === null ? {} : { account }), ...(to ? { to } : {}) })
    .then((key) => {
      navigation.getState().write(key);
      writeIn('.floating');
    });
  keepKeysDuring(started).catch(report);
}
/** Presses a button of the composer one writes in: it alone knows whether it may be pressed. */
const press = (button: 'send="send"' | 'send="send-archive"' | 'open="templates"'): void =>
  document.activeElement?.closest('form')?.querySelector<HTMLButtonElement>(`button[data-${button}]`)?.click();

export const writing: readonly Command[] = [
  { id: 'compose', title: 'command.compose', group, keys: ['c'], run: (workspace) => compose(workspace) },
  {
    id: 'start',
    title: 'command.start',
    group,
    keys: ['Shift+c'],
    run: ({ navigation }) => navigation.getState().show({ is: 'start' }),
  },
  {
    id: 'reply',
    title: 'command.reply',
    group,
    keys: ['r'],
    when: hasOpen,
    run: (workspace) => answer(workspace, 'reply', chosenMessage(workspace)),
  },
  {
    id: 'reply-all',
    title: 'command.replyAll',
    group,
    keys: ['a'],
    when: hasOpen,
    run: (workspace) => answer(workspace, 'reply-all', chosenMessage(workspace)),
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
    run: (workspace) => answer(workspace, 'forward', chosenMessage(workspace)),
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
