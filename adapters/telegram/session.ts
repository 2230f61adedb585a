import { ChannelError, type SessionContext, type SessionOf } from '../../src-shared/channel.ts';
import type { ChannelEvent } from '../../src-shared/model/index.ts';
import { Account } from './account.ts';
import { appOf, secretNames } from './config.ts';
import type { features } from './features.ts';
import { conversationKey, peerFrom, topicOf } from './ids.ts';
import { Box } from './live/box.ts';
import { Engine } from './live/engine.ts';
import { type CommonState, channelScope, liveScope, readPts, readState, stateIn } from './live/state.ts';
import { operations } from './operations/index.ts';
import { isEnded } from './remote/errors.ts';
import { trust } from './remote/keys.ts';
import { readPlace } from './remote/place.ts';
import { type Loss, openWire, type Wire } from './remote/wire.ts';
import { send } from './send/send.ts';
import { firstWalk, laterWalk } from './sync/dialogs.ts';
import { openFile, openPicture } from './sync/files.ts';
import { memberEvents, members } from './sync/members.ts';
import { AllowedReactions } from './sync/reactions.ts';
import { Sight } from './sync/sight.ts';

/** Between two proofs that the line is alive, ms; the server is asked to keep it open for longer. */
const pingMs = 20_000;
const pongWithinMs = 15_000;
const backoff = { least: 1000, most: 60_000 } as const;

export function openSession(context: SessionContext): SessionOf<typeof features> {
  const account = new Account(context);
  const allowed = new AllowedReactions(account);
  const over = new AbortController();
  const sight = new Sight(account, over.signal);
  let running: Promise<void> = Promise.resolve();

  /** One connection from beginning to end. Resolves with why it ended; rejects when it cannot be had. */
  async function live(settled: () => void): Promise<Loss> {
    const place = readPlace(await context.secrets.get(secretNames.session));
    const hash = await context.secrets.get(secretNames.apiHash);
    if (!place || hash === undefined)
      throw new ChannelError('auth', 'refused', 'The session of this account is not in the keychain any more.');
    if (account.config.serverKey !== undefined) trust(account.config.serverKey);
    let engine: Engine | undefined;
    const early: Parameters<Engine['push']>[0][] = [];
    const wire = await openWire({
      app: appOf(account.config, hash),
      place,
      clock: context.clock,
      signal: over.signal,
      updates: (said) => (engine ? engine.push(said) : early.push(said)),
    });
    const stop = new AbortController();
    const signal = AbortSignal.any([over.signal, stop.signal]);
    let trouble: unknown;
    try {
      account.wire = wire;
      const catchUp = async () => {
        engine = await follow(signal, (cause) => {
          trouble = cause;
          void wire.close();
        });
        for (const said of early.splice(0)) engine.push(said);
      };
      await Promise.race([catchUp(), wire.over.then(gone)]);
      context.state({ is: 'online' });
      settled();
      void keepAlive(wire, signal);
      const loss = await Promise.race([wire.over, ended(signal)]);
      if (trouble !== undefined) throw trouble;
      return loss;
    } finally {
      account.wire = undefined;
      account.settle = async () => {};
      stop.abort();
      await wire.close();
    }
  }
  /** Everything up to now: who and what there is, then what was missed. */
  async function follow(signal: AbortSignal, failed: (cause: unknown) => void): Promise<Engine> {
    const state = async (): Promise<CommonState> => {
      const told = stateIn(await account.call('updates.GetState', {}, { signal }));
      if (!told) throw new ChannelError('protocol', 'not-done', 'Telegram does not say where it stands.');
      return { ...told, sent: [] };
    };
    const left = readState(await context.checkpoint(liveScope));
    context.state({ is: 'connecting', doing: left ? 'Catching up' : 'Looking through your conversations' });
    const first = left || account.config.bot ? undefined : await firstWalk(account, state);
    const engine = begin(left ?? first?.state ?? (await state()), signal, failed);
    const again = !first || first.resumed;
    const moved = again && !account.config.bot ? await laterWalk(account, engine.state) : [];
    // Also those the walk has just met: what is told of them from now on follows from there.
    for (const peer of account.peers.channels) {
      const pts = readPts(await context.checkpoint(channelScope(peer.id)));
      if (pts !== undefined) engine.channels.set(peer.id, new Box(pts));
    }
    if (again) await engine.catchUp();
    for (const { peer } of moved) await engine.catchUpChannel(peer);
    return engine;
  }
  function begin(state: CommonState, signal: AbortSignal, failed: (cause: unknown) => void): Engine {
    const engine = new Engine(account, state, signal, failed);
    account.settle = (said) => engine.settle(said);
    return engine;
  }
  async function keepAlive(wire: Wire, signal: AbortSignal): Promise<void> {
    try {
      for (let count = 1; ; count++) {
        await context.clock.sleep(pingMs, signal);
        await wire.call('Ping', { pingId: String(count) }, { withinMs: pongWithinMs, signal });
        context.proven();
      }
    } catch {
      // Silence is the end of the line, which is told where it is waited for.
      await wire.close();
    }
  }
  /** Comes back after every trouble but a session that was ended. */
  async function run(settled: () => void): Promise<void> {
    await account.load();
    for (let tries = 0; !over.signal.aborted; tries++) {
      try {
        const loss = await live(() => {
          tries = 0;
          settled();
        });
        if (loss === 'key-refused')
          throw new ChannelError('auth', 'refused', 'This session was ended from another device.');
        over.signal.throwIfAborted();
        throw new ChannelError('network', 'not-done', 'The connection to Telegram was lost.');
      } catch (cause) {
        if (over.signal.aborted) return;
        const message = cause instanceof ChannelError ? cause.message : 'Something went wrong with Telegram.';
        if (isEnded(cause)) {
          context.state({ is: 'needs-login', code: 'auth', message });
          return;
        }
        if (!(cause instanceof ChannelError)) context.log.warn('following Telegram failed', { error: String(cause) });
        const asked = cause instanceof ChannelError ? (cause.retryAfterMs ?? 0) : 0;
        const wait = Math.max(asked, pause(tries, context.clock.random()));
        context.state({ is: 'offline', message, retryAt: context.clock.now() + wait });
        settled();
        await context.clock.sleep(wait, over.signal).catch(() => undefined);
      }
    }
  }

  return {
    async connect(signal) {
      const abort = () => over.abort(signal.reason);
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      if (over.signal.aborted) return;
      context.state({ is: 'connecting' });
      await new Promise<void>((resolve) => {
        running = run(resolve)
          .catch((cause: unknown) => {
            // Only a hub that is gone gets here: what is told is not taken any more.
            context.log.debug('the session ended', { error: String(cause) });
          })
          .finally(resolve);
      });
    },
    async disconnect() {
      over.abort(new DOMException('the session is over', 'AbortError'));
      await running;
    },
    send: (message, options) => send(account, message, options),
    openBlob: (source, signal) => openFile(account, source, signal),
    openPicture: (of, signal) => openPicture(account, of, signal),
    members: (query) => members(account, query),
    focus(conversation) {
      const peer = peerFrom(conversation ?? '');
      sight.focus(peer);
      if (!peer || !account.wire) return;
      const tell = async (asked: Promise<readonly ChannelEvent[]>): Promise<void> => {
        try {
          const events = await asked;
          if (events.length > 0) await account.context.emit({ events, origin: 'history' });
        } catch (cause) {
          context.log.debug('a conversation did not tell of itself', { error: String(cause) });
        }
      };
      void tell(memberEvents(account, peer, over.signal));
      void tell(allowed.events(conversationKey(peer, topicOf(conversation ?? '')), peer, over.signal));
    },
    ...operations(account),
  };
}
/** Wait before try `tries` (from 0), ms: doubling, at most a minute, spread by chance. */
const pause = (tries: number, luck: number): number =>
  Math.min(backoff.most, backoff.least * 2 ** tries) * (0.5 + luck / 2);
function gone(loss: Loss): never {
  throw loss === 'key-refused'
    ? new ChannelError('auth', 'refused', 'This session was ended from another device.')
    : new ChannelError('network', 'not-done', 'The connection to Telegram was lost.');
}
const ended = (signal: AbortSignal): Promise<Loss> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve('closed');
    signal.addEventListener('abort', () => resolve('closed'), { once: true });
  });
