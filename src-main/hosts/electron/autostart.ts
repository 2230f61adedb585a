import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';

/** https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html: quoted, these escaped. */
const quoted = (word: string): string => `"${word.replaceAll(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`;

/** The entry desktops of Linux start at login (XDG "Autostart Of Applications"). */
export const autostartEntry = (command: readonly string[]): string =>
  ['[Desktop Entry]', 'Type=Application', 'Name=Carillon', `Exec=${command.map(quoted).join(' ')}`, ''].join('\n');

export const autostartFile = (env: NodeJS.ProcessEnv): string =>
  join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'autostart', 'carillon.desktop');

/** Starts Carillon when the person logs in, or no more. */
export const setLaunchAtLogin = (app: App, on: boolean, profile: string): void => {
  const own = app.isPackaged ? [] : [app.getAppPath()];
  const args = [...own, '--profile', profile];
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: on, args });
    return;
  }
  const file = autostartFile(process.env);
  if (!on) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(join(file, '..'), { recursive: true });
  // An AppImage runs from a mount that is gone tomorrow; its file is named by the runtime (docs.appimage.org).
  writeFileSync(file, autostartEntry([process.env.APPIMAGE ?? process.execPath, ...args]));
};
