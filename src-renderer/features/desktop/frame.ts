import { type Input, type Settings, type ShellWord, shellWords } from '../../../src-shared/ipc/index.ts';
import { type Group, titleOf } from '../../commands/command.ts';
import { gmailKeys } from '../../commands/keymap.ts';
import { commands, keymapFor } from '../../commands/registry.ts';
import type { I18n, Key } from '../../i18n/index.ts';
import type { Workspace } from '../../state/workspace.ts';
import { hasShell } from './shell.ts';

const menus: readonly { readonly title: Key; readonly group: Group }[] = [
  { title: 'group.go', group: 'go' },
  { title: 'group.move', group: 'move' },
  { title: 'group.triage', group: 'triage' },
  { title: 'group.write', group: 'write' },
  { title: 'group.window', group: 'window' },
];
const words: Readonly<Record<Exclude<ShellWord, 'unread'>, Key>> = {
  file: 'shell.file',
  edit: 'shell.edit',
  view: 'shell.view',
  window: 'shell.window',
  undo: 'shell.undo',
  redo: 'shell.redo',
  cut: 'shell.cut',
  copy: 'shell.copy',
  paste: 'shell.paste',
  selectAll: 'shell.selectAll',
  zoomIn: 'shell.zoomIn',
  zoomOut: 'shell.zoomOut',
  zoomReset: 'shell.zoomReset',
  fullScreen: 'shell.fullScreen',
  minimize: 'shell.minimize',
  close: 'shell.close',
  show: 'shell.show',
  quit: 'shell.quit',
  reply: 'shell.reply',
  learnWord: 'shell.learnWord',
  compose: 'command.compose',
  pauseNotices: 'shell.pauseNotices',
  newMessage: 'shell.newMessage',
};

/** Before the settings are known. */
const firstSettings = { keys: gmailKeys, notifications: true };

/** What the system's menus, tray and badge are to say. */
export function frameOf(
  i18n: Pick<I18n, 't'>,
  unread: number,
  { keys: choice, notifications }: Pick<Settings, 'keys' | 'notifications'> = firstSettings,
): Input<'shell.frame'> {
  const { t } = i18n;
  const keymap = keymapFor(choice);
  const word = (name: ShellWord): string =>
    name === 'unread' ? (unread > 0 ? t('shell.unread', { count: unread }) : '') : t(words[name]);
  return {
    unread,
    notices: notifications,
    words: Object.fromEntries(shellWords.map((name) => [name, word(name)])) as Input<'shell.frame'>['words'],
    menus: menus.map(({ title, group }) => ({
      title: t(title),
      items: commands
        .filter((command) => command.group === group)
        .map((command) => ({
          command: command.id,
          title: titleOf(command, t),
          keys: keymap.keysOf(command.id)[0] ?? null,
        })),
    })),
  };
}

/** Keeps the system's menus, tray and badge in step with the window. Returns how to stop. */
export function followFrame(workspace: Workspace): () => void {
  const { client, session, accounts, i18n } = workspace;
  let sent = '';
  const tell = (): void => {
    if (!hasShell(workspace)) return;
    const unread = accounts.getState().counts?.views.inbox ?? 0;
    const { keys, notifications } = session.getState().settings ?? firstSettings;
    const told = `${i18n.language()} ${unread} ${notifications} ${JSON.stringify(keys)}`;
    if (told === sent) return;
    sent = told;
    // A menu that could not be drawn anew keeps its old words.
    client.call('shell.frame', frameOf(i18n, unread, { keys, notifications })).catch(() => undefined);
  };
  const stops = [session.subscribe(tell), accounts.subscribe(tell)];
  tell();
  return () => {
    for (const stop of stops) stop();
  };
}
