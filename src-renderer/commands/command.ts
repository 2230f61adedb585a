import type { Key } from '../i18n/index.ts';
import type { Workspace } from '../state/workspace.ts';

export type Group = 'move' | 'triage' | 'write' | 'go' | 'window';
/** One thing the product can do. Keys, palette, menus and the sheet of shortcuts are drawn from this alone. */
export interface Command {
  readonly id: string;
  readonly title: Key;
  readonly group: Group;
  readonly keys: readonly string[];
  /** Whether it makes sense now; absent means always. */
  readonly when?: (workspace: Workspace) => boolean;
  readonly run: (workspace: Workspace) => void;
}
