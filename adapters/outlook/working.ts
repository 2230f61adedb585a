import type { SessionContext } from '../../src-shared/channel.ts';
import type { Graph } from '../_kit/graph/index.ts';
import type { MailParser } from '../_kit/mail/index.ts';

/** What the parts of a session share. */
export interface Working {
  readonly context: SessionContext;
  readonly graph: Graph;
  readonly parser: Pick<MailParser, 'map'>;
  /** The account's own addresses, lower case. */
  readonly own: () => ReadonlySet<string>;
  /** Looks for news at once. */
  readonly lookAround: () => void;
  /** Folders are other than they were told: they are read again at the next look. */
  readonly unsettle: () => void;
  /** The folder of that well-known name, when there is one. */
  readonly folderNamed: (role: 'inbox' | 'archive') => string | undefined;
}
/** Below `/me/messages`. */
export const messagePath = (id: string, inner = ''): string => `/me/messages/${encodeURIComponent(id)}${inner}`;
