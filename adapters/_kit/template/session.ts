import { ChannelError, type SessionContext, type SessionOf } from '../../../src-shared/channel.ts';
import { backoff } from './backoff.ts';
import type { features } from './features.ts';
import { board, cursor, messageKey, place } from './ids.ts';
import { toEvents } from './map.ts';
import { type Remote, remote } from './remote.ts';
import type { Entry } from './wire.ts';

const scope = 'board';

export function openSession(context: SessionContext): SessionOf<typeof features> {
  const { address, name } = context.account.config;
  const me = String(name);
  const over = new AbortController();
  let following: Promise<void> = Promise.resolve();
  const events = (entries: readonly Entry[]) => entries.flatMap((entry) => toEvents(entry, me));
  const wire = async (): Promise<Remote> =>
    remote(context.fetch, String(address), (await context.secrets.get('token')) ?? '');

  /** First contact: what there is, and from where on to listen. */
  async function arrive(): Promise<number> {
    const { head } = await (await wire()).greet(over.signal);
    context.proven();
    const left = await context.checkpoint('live');
    if (left !== undefined) return place(left) ?? head;
    await context.emit({
      events: [
        { type: 'conversation', key: board, patch: { kind: 'channel', title: 'Board' }, at: 0 },
        { type: 'history', scope, title: 'Board', total: head },
      ],
      origin: 'history',
      checkpoint: { scope: 'live', cursor: cursor(head) },
    });
    return head;
  }
  async function follow(from: number): Promise<void> {
    for (let seq = from; ; ) {
      const entries = await (await wire()).after(seq, over.signal);
      context.proven();
      const last = entries.at(-1);
      if (!last) continue;
      await context.emit({
        events: events(entries),
        origin: 'live',
        checkpoint: { scope: 'live', cursor: cursor(last.seq) },
      });
      seq = last.seq;
    }
  }
  /** Comes back after every trouble but the two that do not mend themselves: a token refused, and the end. */
  async function live(settled: () => void): Promise<void> {
    for (let tries = 0; !over.signal.aborted; tries++) {
      try {
        const from = await arrive();
        tries = 0;
        context.state({ is: 'online' });
        settled();
        await follow(from);
      } catch (cause) {
        if (over.signal.aborted) return;
        const message = cause instanceof Error ? cause.message : String(cause);
        if (cause instanceof ChannelError && cause.code === 'auth') {
          context.state({ is: 'needs-login', code: cause.code, message });
          return;
        }
        const wait = backoff(tries, context.clock.random());
        context.state({ is: 'offline', message, retryAt: context.clock.now() + wait });
        settled();
        await context.clock.sleep(wait, over.signal).catch(() => undefined);
      }
    }
  }

  return {
    async connect(signal) {
      if (signal.aborted) over.abort(signal.reason);
      signal.addEventListener('abort', () => over.abort(signal.reason), { once: true });
      if (over.signal.aborted) return;
      context.state({ is: 'connecting' });
      await new Promise<void>((resolve) => {
        following = live(resolve).finally(resolve);
      });
    },
    async disconnect() {
      over.abort(new DOMException('the session is over', 'AbortError'));
      await following;
    },
    async send(message, { txn, signal }) {
      const said = message.parts.flatMap((part) => (part.kind === 'text' ? [part.plain ?? part.text] : [])).join('\n');
      const [entry] = await (await wire()).note(said, txn, signal);
      if (!entry) throw new ChannelError('protocol', 'unknown', 'The board answered nothing.');
      return { is: 'sent', key: messageKey(entry.seq), at: entry.at, events: events([entry]) };
    },
    openBlob: async () => {
      throw new ChannelError('not-found', 'refused', 'A board carries no files.');
    },
    backfill: {
      async fetch({ scope: asked, cursor: from, limit, signal }) {
        if (asked !== scope) throw new ChannelError('scope', 'refused', `There is no history called ${asked}.`);
        const remote = await wire();
        const head = from === undefined ? (await remote.greet(signal)).head + 1 : (place(from) ?? 1);
        const entries = await remote.before(head, limit, signal);
        const last = entries.at(-1);
        // Numbers are never used again: those above the first are all there can be.
        return {
          events: events(entries),
          done: entries.length,
          ...(last && last.seq > 1 ? { next: cursor(last.seq) } : {}),
        };
      },
    },
    react: {
      async set({ message }, emoji, on, { signal }) {
        const seq = place(message);
        if (seq === undefined) throw new ChannelError('not-found', 'refused', 'This note is not on the board.');
        return { events: events(await (await wire()).mark(seq, emoji, on, signal)) };
      },
    },
  };
}
