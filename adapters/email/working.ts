import type { ImapFlow } from 'imapflow';
import type { SessionContext } from '../../src-shared/channel.ts';
import type { LabelRole } from '../../src-shared/model/index.ts';
import type { EmailConfig } from './config.ts';
import type { Connection } from './imap/connection.ts';

/** What operations need of the session they belong to. */
export interface Working {
  readonly context: SessionContext;
  readonly config: EmailConfig;
  /** The connection for everything but waiting. Throws a `ChannelError` (`network`, not done) while there is none. */
  work(): Connection;
  /** Puts `bytes` onto the server: what is large on a connection of its own, for as long as a slow line may need. */
  filing<T>(bytes: number, work: (client: ImapFlow) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Password or token. Throws a `ChannelError` (`auth`) when the keychain has none. */
  secret(): Promise<string>;
  /** Most messages one command may name. */
  limitOf(): number;
  /** Path of the folder with this role; made when the server has none. */
  folder(role: 'sent' | 'drafts'): Promise<string>;
  /** Path of the archive, made when there is none. For use while the connection is held already. */
  archive(client: ImapFlow): Promise<string>;
  /** Paths of the folders that have these roles, in the order given. */
  shownIn(roles: readonly LabelRole[]): readonly string[];
  /** Look over all folders soon: something was just changed. */
  lookAround(): void;
}
