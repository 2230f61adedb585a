import { ChannelError, type LoginEnvironment } from '../../../src-shared/channel.ts';
import type { EmailConfig } from '../config.ts';
import { imapError } from '../errors.ts';
import { openConnection, priorities } from '../imap/connection.ts';
import { openSmtp } from '../send/smtp.ts';

/** Which server failed, and how. */
export interface Failure {
  readonly what: 'imap' | 'smtp';
  readonly error: ChannelError;
}

/** Logs in to both servers for real and out again; undefined when both work. */
export async function tryServers(
  config: EmailConfig,
  secret: string,
  { log, clock, signal, progress }: LoginEnvironment,
): Promise<Failure | undefined> {
  try {
    progress?.(`Signing in to ${config.imap.host}:${config.imap.port} …`);
    const connection = await openConnection({ config, secret, log, clock, signal, proven: () => undefined });
    try {
      await connection.use(priorities.person, async (client) => await client.mailboxOpen('INBOX', { readOnly: true }));
    } finally {
      await connection.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    return { what: 'imap', error: imapError(error, config.imap) };
  }
  try {
    progress?.(`Signing in to ${config.smtp.host}:${config.smtp.port} …`);
    (await openSmtp(config, secret, signal)).close();
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return {
      what: 'smtp',
      error:
        error instanceof ChannelError
          ? error
          : new ChannelError('server', 'not-done', `The outgoing server did not answer as expected: ${String(error)}`),
    };
  }
}
