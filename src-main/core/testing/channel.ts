import { readFile } from 'node:fs/promises';
import {
  ChannelError,
  type ConnectionState,
  type Done,
  defineChannel,
  type SessionContext,
  type Target,
} from '../../../src-shared/channel.ts';
import {
  asConversationKey,
  asCursor,
  asLabelKey,
  type ChannelEvent,
  type SendLimits,
} from '../../../src-shared/model/index.ts';
import { StoreError } from '../../store/index.ts';
import { aborted } from '../time/sleep.ts';
import { archiveKey, inboxKey, keyOf, letter, me, type PretendNetwork } from './network.ts';

export interface SessionLog {
  readonly context: SessionContext;
  connected: number;
  disconnected: boolean;
}
/** How sessions behave, and what became of each one opened. */
export interface Behaviour {
  /** Taken by the next sessions, one each; then sessions go online. */
  readonly connects: (ConnectionState | 'throws' | 'silent' | 'finds the disk full')[];
  readonly sessions: SessionLog[];
  /** Sessions prove themselves every so often, as a keep-alive would. */
  keepsAlive: boolean;
  /** Sessions remember by a checkpoint what they have told. */
  keepsPlace: boolean;
  /** A session that hangs when it should end. */
  neverEnds: boolean;
}
export const behaviour = (): Behaviour => ({
  connects: [],
  sessions: [],
  keepsAlive: true,
  keepsPlace: true,
  neverEnds: false,
});

const send: SendLimits = {
  style: 'mail',
  maxText: 0,
  formats: { plain: 'full', markdown: 'full', html: 'full' },
  parts: { text: { level: 'full' }, document: { level: 'full', maxBytes: 1_000_000 }, image: { level: 'full' } },
  subject: true,
  recipients: true,
  reply: 'full',
  thread: 'full',
  mentions: 'dropped',
  idempotent: false,
};
const nothing: Done = { events: [] };
const ids = (targets: readonly Target[]): string => targets.map((target) => target.message).join(',');

/** A channel over a pretend network, written for tests of the hub. It keeps the whole contract; the faults are the network's. */
export function scriptedChannel(network: PretendNetwork, acts: Behaviour) {
  return defineChannel({
    id: 'scripted',
    name: 'Scripted',
    features: {
      backfill: { scopes: 'account' },
      import: { extensions: ['letters'], directories: false },
      flag: { flags: ['read', 'starred'] },
      label: { inboxIsLabel: true, create: true, keywords: false },
      remove: { scopes: ['me'] },
      edit: { maxAgeMs: 600_000 },
      pin: {},
      group: { maxMembers: 2 },
    },
    send: { ...send, idempotent: network.idempotent },
    risk: { official: 'local', needs: [], cannot: [], encryption: 'none' },
    logins: [{ id: 'password', label: 'Password' }],
    provenWithinMs: 60_000,
    async *login(_flow, { signal, existing, progress }) {
      let error: string | undefined;
      for (;;) {
        const answers = yield {
          show: 'fields',
          id: 'password',
          title: 'Password',
          fields: [{ id: 'password', label: 'Password', type: 'password' }],
          ...(error ? { error } : {}),
        };
        signal.throwIfAborted();
        progress?.('Signing in to scripted.example …');
        if (answers.password === 'right') break;
        if (answers.password === 'break') throw new Error('socket secret-socket-state');
        if (answers.password === 'blocked') throw new ChannelError('blocked', 'refused', 'The account is blocked.');
        error = 'That is not the password.';
      }
      yield { show: 'browser', id: 'consent', title: 'Consent', url: 'https://example.org/consent' };
      const key = existing?.key ?? me;
      return {
        account: { key, label: 'Me at example', identities: [{ key: me, name: 'Me Myself' }], config: {} },
        secrets: { password: 'right' },
      };
    },
    open(context) {
      const log: SessionLog = { context, connected: 0, disconnected: false };
      acts.sessions.push(log);
      return {
        async connect(signal) {
          log.connected += 1;
          const next = acts.connects.shift();
          if (next === 'throws') throw new TypeError('undefined is not a function');
          if (next === 'finds the disk full') throw new StoreError('full', 'The disk is full.');
          if (next === 'silent') return;
          if (next && next.is !== 'online') return context.state(next);
          context.proven();
          context.state({ is: 'online' });
          if (acts.keepsAlive) void keepAlive(context, signal);
          if ((await context.checkpoint('setting')) !== undefined) return;
          const checkpoint = { scope: 'setting', cursor: asCursor('told') };
          const batch = { events: setting(network, 0), origin: 'history' as const };
          await context.emit(acts.keepsPlace ? { ...batch, checkpoint } : batch);
        },
        async disconnect() {
          if (acts.neverEnds) await new Promise(() => undefined);
          log.disconnected = true;
        },
        identify: (message, txn) => ({ key: keyOf(txn), links: [`${keyOf(txn)}`, ...(message.references ?? [])] }),
        send: (message, options) => network.send(message, options),
        reconcile: (message, options) => network.reconcile(message, options),
        async openBlob({ ref }, signal) {
          if (log.connected === 0) throw new ChannelError('offline', 'not-done', 'Not connected.');
          if (ref === 'gone') throw new ChannelError('not-found', 'refused', 'The file is gone.');
          network.do(`open ${ref}`);
          if (ref === 'slow') return untilAborted(signal, () => network.do('closed slow'));
          return once(Buffer.from(`bytes of ${ref}`));
        },
        async ownEmoji() {
          network.do('own emoji');
          return [':party:'];
        },
        async openPicture(of) {
          const what = of.is === 'emoji' ? of.emoji : of.ref;
          network.do(`picture ${what}`);
          if (what === 'gone') throw new ChannelError('not-found', 'refused', 'There is no picture.');
          return once(
            Buffer.from(
              what === 'page' ? '<svg onload=alert(1)>' : `\x89PNG\r\n\x1a\n${what}${network.repaint}`,
              'latin1',
            ),
          );
        },
        backfill: {
          async fetch({ cursor, limit }) {
            context.proven();
            return network.page(cursor, Math.min(limit, 10));
          },
        },
        import: { read: (query) => readLetters(query.path, query.cursor, network) },
        flag: {
          async set(targets, flags) {
            network.do(`flag ${ids(targets)} ${JSON.stringify(flags)}`);
            return nothing;
          },
        },
        label: {
          async apply(targets, { add, remove }) {
            network.do(`label ${ids(targets)} +${add.join()} -${remove.join()}`);
            return nothing;
          },
          async create(name) {
            network.do(`create ${name}`);
            return asLabelKey(name);
          },
        },
        remove: {
          async apply(targets, scope) {
            network.do(`remove ${ids(targets)} ${scope}`);
            return nothing;
          },
        },
        pin: {
          async set({ message }, on) {
            network.do(`pin ${message} ${on}`);
            return nothing;
          },
        },
        group: {
          async create(title, members) {
            network.do(`group ${title || '-'} ${members.join()}`);
            return asConversationKey(`group ${members.join()}`);
          },
        },
        edit: {
          async apply(target, content) {
            network.do(`edit ${target.message} ${JSON.stringify(content.parts)}`);
            return nothing;
          },
        },
      };
    },
  });
}

async function keepAlive(context: SessionContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await context.clock.sleep(30_000, signal).catch(() => undefined);
    context.proven();
  }
}

function setting(network: PretendNetwork, at: number): ChannelEvent[] {
  const inbox: ChannelEvent = {
    type: 'label',
    key: inboxKey,
    patch: { name: 'Inbox', kind: 'folder', role: 'inbox' },
    at,
  };
  const archive: ChannelEvent = {
    type: 'label',
    key: archiveKey,
    patch: { name: 'Archive', kind: 'folder', role: 'archive' },
    at,
  };
  const history: ChannelEvent = { type: 'history', scope: 'all', total: network.history.length };
  return [inbox, ...(network.hasArchive ? [archive] : []), ...(network.history.length > 0 ? [history] : [])];
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Bytes that never come; their connection takes a while to close. */
function untilAborted(signal: AbortSignal, closed: () => void): AsyncIterable<Uint8Array> {
  const next = async (): Promise<never> => {
    await aborted(signal);
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    closed();
    throw new ChannelError('aborted', 'not-done', 'The connection ended.');
  };
  return { [Symbol.asyncIterator]: () => ({ next }) };
}

/** An archive of one letter a line: what it says is its text. A line that begins with "!" is damaged. */
async function* readLetters(path: string, cursor: string | undefined, network: PretendNetwork) {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  for (let at = Number(cursor ?? 0); at < lines.length; at += 5) {
    const bite = lines.slice(at, at + 5);
    network.pagesServed += 1;
    await network.onArrival?.();
    yield {
      events: bite.map((text, index) => letter(`line-${at + index}`, { at: 1000 * (at + index + 1), text })),
      cursor: asCursor(String(at + bite.length)),
      done: at + bite.length,
      total: lines.length,
      damaged: bite.flatMap((text, index) =>
        text.startsWith('!') ? [{ number: at + index + 1, reason: 'It is.' }] : [],
      ),
    };
  }
}
