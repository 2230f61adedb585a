import type { Group } from '../../commands/command.ts';
import type { Key } from '../../i18n/index.ts';

/** In the order they are shown. */
export const groups: readonly { readonly group: Group; readonly title: Key }[] = [
  { group: 'move', title: 'group.move' },
  { group: 'triage', title: 'group.triage' },
  { group: 'write', title: 'group.write' },
  { group: 'go', title: 'group.go' },
  { group: 'window', title: 'group.window' },
];
