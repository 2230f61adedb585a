import {
  ChannelError,
  type Features,
  type Session,
  type SessionContext,
  type SessionOf,
} from '../../src-shared/channel.ts';
import { openPart } from '../_kit/mail/index.ts';
import { readArchive } from './read.ts';

/** A session with no network: online at once, able to read files and to serve what was kept of them. */
export function openSession(context: SessionContext): SessionOf<Pick<Features, 'import'>> {
  const own = new Set(context.account.identities.map(({ key }) => key.toLowerCase()));
  const session: Session = {
    async connect(signal) {
      if (signal.aborted) return;
      context.state({ is: 'online' });
      context.proven();
    },
    async disconnect() {},
    async send() {
      throw new ChannelError('read-only', 'refused', 'An archive cannot send mail.');
    },
    async openBlob({ message, ref }) {
      const source = await context.lookup.source(message);
      const part = source && openPart(source, ref);
      if (!part) throw new ChannelError('not-found', 'refused', 'The archived message has no such attachment.');
      return once(part.bytes);
    },
  };
  return { ...session, import: { read: (query) => readArchive(query, own) } };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
