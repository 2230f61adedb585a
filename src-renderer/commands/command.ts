import type { Key, Translate, Values } from '../i18n/index.ts';
import type { Workspace } from '../state/workspace.ts';

export type Group = 'move' | 'triage' | 'write' | 'go' | 'window';
/** One thing the product can do. Keys, palette, menus and the sheet of shortcuts are drawn from it alone. */
export interface Command {
  readonly id: string;
  readonly title: Key;
  /** What the title leaves room for. */
  readonly values?: Values;
  readonly group: Group;
  /** Keys of the Gmail preset, the first of them shown in menus; others are in `presets.ts`. */
  readonly keys: readonly string[];
  /** Acts while a message is written, and only then. */
  readonly where?: 'composer';
  /** Whether it makes sense now; absent means always. */
  readonly when?: (workspace: Workspace) => boolean;
  /** Why it does not, where the person may wonder; the palette then shows it all the same, and says so. */
  readonly why?: (workspace: Workspace) => string | null;
  /** `count` is the number typed before the keys (`3j`), 1 when there was none. */
  readonly run: (workspace: Workspace, count?: number) => void;
}
export const titleOf = ({ title, values }: Command, t: Translate): string => t(title, values);
