import { type Batch, ChannelError, type SessionContext, type SessionOf } from '../../src-shared/channel.ts';
import type { ConversationKey } from '../../src-shared/model/index.ts';
import { openBlob, openPicture } from './blobs.ts';
import { Config, isHosted, secretNames } from './config.ts';
import type { features } from './features.ts';
import { operations } from './operations.ts';
import { Edits } from './send/edits.ts';
import { reconcile } from './send/reconcile.ts';
import { send } from './send/send.ts';
import { Uploads } from './send/uploads.ts';
import { backfillPage } from './sync/backfill.ts';
import { Directory } from './sync/directory.ts';
import { createFollower, type Follower } from './sync/follow.ts';
import { Windows } from './sync/windows.ts';
import type { Work } from './sync/work.ts';
import { shownEmoji } from './text/emoji.ts';
import { createWeb } from './web.ts';

export function openSession(outer: SessionContext): SessionOf<typeof features> {
  const over = new AbortController();
  const ended = (): ChannelError => new ChannelError('over', 'not-done', 'The account is being closed.');
  // Whatever is still under way when the session ends has no effect any more.
  const context: SessionContext = {
    get account() {
      return outer.account;
    },
    log: outer.log,
    clock: outer.clock,
    fetch: outer.fetch,
    secrets: outer.secrets,
    lookup: outer.lookup,
    checkpoint: (scope) => outer.checkpoint(scope),
    emit: (batch: Batch) => (over.signal.aborted ? Promise.reject(ended()) : outer.emit(batch)),
    state: (state) => {
      if (!over.signal.aborted) outer.state(state);
    },
    proven: () => {
      if (!over.signal.aborted) outer.proven();
    },
    describe: (change) => (over.signal.aborted ? Promise.reject(ended()) : outer.describe(change)),
  };
  let working: Promise<Work> | undefined;
  const ready = (): Promise<Work> => {
    working ??= prepare(context, over.signal, () => follower?.doubt());
    working.then(
      (work) => {
        current = work;
      },
      () => {
        working = undefined;
      },
    );
    return working;
  };
  let follower: Follower | undefined;
  let current: Work | undefined;

  return {
    async connect(signal) {
      if (signal.aborted) over.abort(signal.reason);
      signal.addEventListener('abort', () => over.abort(signal.reason), { once: true });
      if (over.signal.aborted) return;
      follower = createFollower(context, ready, over.signal);
      await follower.connect();
    },
    async disconnect() {
      over.abort(new DOMException('the session is over', 'AbortError'));
      await follower?.ended();
    },
    send: async (message, options) => send(await ready(), message, options),
    reconcile: async (message, options) => reconcile(await ready(), message, options),
    openBlob: async ({ ref }, signal) => openBlob(await ready(), ref, signal),
    openPicture: async (of, signal) => openPicture(await ready(), of, signal),
    ownEmoji: async (signal) => (await (await ready()).directory.ownEmoji(signal)).map(shownEmoji),
    standing() {
      const nextLookAt = follower?.nextLookAt;
      // Allowances that are whole are no news: there is one for each method.
      const allowances = (current?.web.http.budget() ?? []).filter(({ left, limit }) => left < limit);
      return { allowances, ...(nextLookAt !== undefined && { nextLookAt }) };
    },
    focus: (conversation: ConversationKey | undefined) => follower?.focus(conversation),
    backfill: { fetch: async (query) => backfillPage(await ready(), query) },
    ...operations(ready),
  };
}

async function prepare(context: SessionContext, over: AbortSignal, doubted: () => void): Promise<Work> {
  const config = Config.safeParse(context.account.config).data;
  if (!config)
    throw new ChannelError('config', 'refused', 'The settings of this account cannot be read. Log in again.');
  const token = await context.secrets.get(secretNames.user);
  if (!token)
    throw new ChannelError('auth', 'refused', 'The user token of this account is not in the keychain. Log in again.');
  const { clock, log } = context;
  const { apiUrl, user: me } = config;
  const web = createWeb({ apiUrl, token, fetch: context.fetch, clock, log, over, answered: context.proven, doubted });
  const hosted = (url: string): boolean => isHosted(url, apiUrl);
  const directory = new Directory(web, clock, me, hosted);
  return {
    context,
    clock,
    log,
    web,
    over,
    apiUrl,
    me,
    directory,
    reading: { me, names: directory.names, hosted },
    windows: new Windows(context),
    uploads: new Uploads(),
    edits: new Edits(),
  };
}
