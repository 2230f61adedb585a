import type { SessionContext } from '../../src-shared/channel.ts';
import type { MailParser } from '../_kit/mail/index.ts';
import type { Google } from './google.ts';

/** What the parts of a session share. */
export interface Working {
  readonly context: SessionContext;
  readonly google: Google;
  readonly parser: Pick<MailParser, 'map'>;
  /** The account's own addresses, lower case. */
  readonly own: () => ReadonlySet<string>;
  /** Looks for news at once. */
  readonly lookAround: () => void;
}
