import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Input } from '../../../src-shared/ipc/index.ts';
import { acceleratorOf } from './accelerator.ts';

export type Frame = Input<'shell.frame'>;
type Item = MenuItemConstructorOptions;

const mac = process.platform === 'darwin';
const separator: Item = { type: 'separator' };
/** The same zoom by keys its entries do not show: `+` without Shift, where it is, and the keys of the number block. */
const zoomKeys: readonly Item[] = (
  [
    ['zoomIn', '='],
    ['zoomIn', 'numadd'],
    ['zoomOut', 'numsub'],
    ['resetZoom', 'num0'],
  ] as const
).map(([role, key]) => ({
  role,
  accelerator: `CmdOrCtrl+${key}`,
  visible: false,
  acceleratorWorksWhenHidden: true,
}));

/** The program's menu, from the commands of the window and the system's own entries, in the person's words. */
const menuTemplate = (
  { words, menus }: Frame,
  options: { develops: boolean; run: (command: string, window: BrowserWindow | undefined) => void },
): Item[] => {
  const commandItem = ({ command, title, keys }: Frame['menus'][number]['items'][number]): Item => {
    const accelerator = acceleratorOf(keys, mac);
    return {
      label: title,
      ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
      click: (_item, window) => options.run(command, window as BrowserWindow | undefined),
    };
  };
  const edit: Item[] = [
    { role: 'undo', label: words.undo },
    { role: 'redo', label: words.redo },
    separator,
    { role: 'cut', label: words.cut },
    { role: 'copy', label: words.copy },
    { role: 'paste', label: words.paste },
    { role: 'selectAll', label: words.selectAll },
  ];
  const view: Item[] = [
    { role: 'zoomIn', label: words.zoomIn },
    { role: 'zoomOut', label: words.zoomOut },
    { role: 'resetZoom', label: words.zoomReset },
    ...zoomKeys,
    separator,
    { role: 'togglefullscreen', label: words.fullScreen },
    ...(options.develops ? ([{ role: 'reload' }, { role: 'toggleDevTools' }] as const) : []),
  ];
  const window: Item[] = [
    { role: 'minimize', label: words.minimize },
    { role: 'close', label: words.close },
  ];
  return [
    mac ? { role: 'appMenu' } : { label: words.file, submenu: [{ role: 'quit', label: words.quit }] },
    { label: words.edit, submenu: edit },
    { label: words.view, submenu: view },
    ...menus
      .filter(({ items }) => items.length > 0)
      .map(({ title, items }): Item => ({ label: title, submenu: items.map(commandItem) })),
    { label: words.window, submenu: window },
  ];
};

/** Before the window has said its words. */
const first: Frame['words'] = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomReset: 'Actual size',
  fullScreen: 'Full screen',
  minimize: 'Minimise',
  close: 'Close',
  show: 'Show Carillon',
  quit: 'Quit Carillon',
  unread: '',
  reply: 'Reply',
  learnWord: 'Add to dictionary',
  compose: 'New message',
  pauseNotices: 'Pause notifications',
  newMessage: 'New message',
};
export const firstFrame: Frame = { unread: 0, notices: true, words: first, menus: [] };

export const setMenu = (frame: Frame, options: Parameters<typeof menuTemplate>[1]): void =>
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(frame, options)));
