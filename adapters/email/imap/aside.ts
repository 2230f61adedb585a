import { ChannelError, type Clock } from '../../../src-shared/channel.ts';
import type { Connection } from './connection.ts';

/** A connection kept for what takes long, so that it keeps nothing else waiting. */
export interface Aside {
  /** Opened when first needed; where the server allows no further connection, the main one. Call `release` once done. */
  acquire(): Promise<{ readonly connection: Connection; release(): void }>;
  close(): Promise<void>;
}

/** It is kept this long after its last use, ms. */
const lingerMs = 30_000;

export function openAside(
  clock: Clock,
  main: () => Connection,
  connect: (signal: AbortSignal) => Promise<Connection>,
): Aside {
  const over = new AbortController();
  let own: Promise<Connection> | undefined;
  let users = 0;

  const release = (): void => {
    users -= 1;
    if (users > 0) return;
    void clock.sleep(lingerMs, over.signal).then(
      async () => {
        if (users === 0) await (await own)?.close();
      },
      () => undefined,
    );
  };
  /** Once, however often it is called. */
  const releaser = (): (() => void) => {
    let released = false;
    return () => {
      if (!released) release();
      released = true;
    };
  };

  return {
    async acquire() {
      users += 1;
      own ??= connect(over.signal).then((connection) => {
        void connection.ended.then(() => {
          own = undefined;
        });
        return connection;
      });
      try {
        return { connection: await own, release: releaser() };
      } catch (error) {
        own = undefined;
        if (error instanceof ChannelError && error.code === 'too-many-connections')
          return { connection: main(), release: releaser() };
        users -= 1;
        throw error;
      }
    },
    async close() {
      over.abort(new ChannelError('network', 'not-done', 'The account is being closed.'));
      await own?.then(
        (connection) => connection.close(),
        () => undefined,
      );
    },
  };
}
