import { afterEach } from 'vitest';
import { Memory, type Recorder, realClock, recorder } from '../../../adapters/_kit/testing/index.ts';
import type { features } from '../../../adapters/email/features.ts';
import email from '../../../adapters/email/index.ts';
import type { Clock, LoginDone, SendOptions, SessionOf } from '../../../src-shared/channel.ts';
import {
  asCursor,
  asLabelKey,
  asTxnId,
  type ChannelEvent,
  type IncomingMessage,
  type MessageKey,
} from '../../../src-shared/model/index.ts';

/** What must happen must happen within this, ms. */
const patience = 60_000;

/** A session on what `memory` holds, connected, with what a test asks of it. */
export interface Mailbox {
  readonly session: SessionOf<typeof features>;
  readonly record: Recorder;
  readonly memory: Memory;
  /** Fetches every announced scope to its end, committing as the hub does; answers the scopes in the order taken. */
  backfill(options?: {
    limit?: number;
    afterPage?: (page: number) => void | Promise<void>;
  }): Promise<readonly string[]>;
  /** Waits until this holds. */
  until(what: string, wanted: () => boolean): Promise<void>;
  /** Carries out an operation and takes over what it says it changed. */
  apply(done: Promise<{ readonly events?: readonly ChannelEvent[] }>): Promise<void>;
  bySubject(subject: string): IncomingMessage | undefined;
  /** Paths of the folders a message lies in, sorted. */
  foldersOf(key: MessageKey): readonly string[];
  /** Messages that lie in a folder. */
  inFolder(path: string): Promise<readonly IncomingMessage[]>;
  close(): Promise<void>;
}

const open = new Set<Mailbox>();
afterEach(async () => {
  await Promise.all([...open].map((mailbox) => mailbox.close()));
});

export async function openMailbox(login: LoginDone, memory = new Memory(), clock: Clock = realClock): Promise<Mailbox> {
  const record = recorder({ account: login.account, clock, secrets: login.secrets, memory });
  const session = email.open(record.context);
  const mailbox: Mailbox = {
    session,
    record,
    memory,
    async backfill({ limit = 200, afterPage } = {}) {
      const order: string[] = [];
      let pages = 0;
      for (;;) {
        const scope = [...memory.scopes].find((one) => memory.checkpoint(`done:${one}`) === undefined);
        if (scope === undefined) return order;
        order.push(scope);
        for (;;) {
          const cursor = memory.checkpoint(`task:${scope}`);
          const page = await session.backfill.fetch({ scope, cursor, limit, signal: AbortSignal.timeout(120_000) });
          await record.context.emit({
            events: page.events,
            origin: 'history',
            checkpoint: { scope: page.next ? `task:${scope}` : `done:${scope}`, cursor: page.next ?? asCursor('done') },
          });
          pages += 1;
          await afterPage?.(pages);
          if (!page.next) break;
        }
      }
    },
    async until(what, wanted) {
      await record.until(wanted, AbortSignal.timeout(patience)).catch((cause: unknown) => {
        throw new Error(`waited in vain until ${what}`, { cause });
      });
    },
    async apply(done) {
      const { events } = await done;
      await record.context.emit({ events: events ?? [], origin: 'live' });
    },
    bySubject: (subject) => memory.messages.find((message) => message.subject === subject),
    foldersOf: (key) =>
      memory
        .placementsOf(key)
        .flatMap(({ label }) => (label.startsWith('folder:') ? [label.slice('folder:'.length)] : []))
        .toSorted(),
    async inFolder(path) {
      const label = asLabelKey(`folder:${path}`);
      const found = await memory.lookup.byRef(label, await memory.lookup.refs(label));
      return [...found.values()].flatMap((key) => memory.message(key) ?? []);
    },
    async close() {
      open.delete(mailbox);
      await session.disconnect();
    },
  };
  open.add(mailbox);
  await session.connect(new AbortController().signal);
  return mailbox;
}

let txns = 0;
/** Options of an operation, each with a transaction of its own. */
export function options(change: Partial<SendOptions> = {}): SendOptions & { readonly stages: readonly string[] } {
  txns += 1;
  const stages: string[] = [];
  return {
    txn: asTxnId(`test-${txns}`),
    signal: new AbortController().signal,
    stage: undefined,
    reached: async (stage) => void stages.push(stage),
    open: async () => new TextEncoder().encode('words in a file'),
    progress: () => undefined,
    stages,
    ...change,
  };
}
export const target = (message: IncomingMessage) => ({ message: message.key, conversation: undefined });
/** The value, or a failed test that says what was missing. */
export function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is missing`);
  return value;
}
