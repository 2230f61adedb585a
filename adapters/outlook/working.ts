import type { Graph } from '../_kit/graph/index.ts';
import type { MailWorking } from '../_kit/mail/index.ts';

/** What the parts of a session share. */
export interface Working extends MailWorking {
  readonly graph: Graph;
  /** Folders are other than they were told: they are read again at the next look. */
  readonly unsettle: () => void;
  /** The folder of that well-known name, when there is one. */
  readonly folderNamed: (role: 'inbox' | 'archive') => string | undefined;
}
/** Below `/me/messages`. */
export const messagePath = (id: string, inner = ''): string => `/me/messages/${encodeURIComponent(id)}${inner}`;
