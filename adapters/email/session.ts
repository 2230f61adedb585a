import { domainToASCII, domainToUnicode } from 'node:url';
import type { ImapFlow } from 'imapflow';
import {
  type Batch,
  ChannelError,
  type ConnectionState,
  type SessionContext,
  type SessionOf,
} from '../../src-shared/channel.ts';
import type { LabelRole } from '../../src-shared/model/index.ts';
import { holdParser } from '../_kit/mail/index.ts';
import { createBell } from './bell.ts';
import { openBlobs } from './blobs.ts';
import { type EmailConfig, readConfig, secretName } from './config.ts';
import { stateAfter } from './errors.ts';
import type { features } from './features.ts';
import { pathOfScope } from './ids.ts';
import { openAside } from './imap/aside.ts';
import { type Connection, openConnection, priorities } from './imap/connection.ts';
import { discardDraft, saveDraft } from './operations/drafts.ts';
import { setFlags } from './operations/flag.ts';
import { applyLabels, createLabel } from './operations/label.ts';
import { removeMessages } from './operations/remove.ts';
import { compositionOf } from './send/compose.ts';
import { reconcileMail } from './send/reconcile.ts';
import { sendMail } from './send/send.ts';
import { folderBackfill } from './sync/backfill.ts';
import type { CatchUp } from './sync/commit.ts';
import { trackOrphans } from './sync/orphans.ts';
import { folderRounds } from './sync/poll.ts';
import { folderStates } from './sync/state.ts';
import { trackTrouble } from './sync/trouble.ts';
import { watchInbox } from './sync/watch.ts';
import type { Working } from './working.ts';

/** Newest messages whose flags are compared where the server keeps no mod-sequences. */
const flagWindow = 500;
/** Most UIDs one command names where the server states no bound: keeps the command line short. */
const uidsPerCommand = 500;
/** What is put onto the server goes over a connection of its own from this size on, bytes, and may take this long, ms. */
const largeBytes = 500_000;
const filingMs = 3_600_000;

/** One stretch of being connected: what it holds is released together. */
interface Link {
  readonly work: Connection;
  readonly stop: (error: ChannelError | undefined) => Promise<void>;
}

export function openSession(outer: SessionContext): SessionOf<typeof features> {
  const over = new AbortController();
  const ended = (): ChannelError => new ChannelError('network', 'not-done', 'The account is being closed.');
  const context: SessionContext = {
    account: outer.account,
    log: outer.log,
    clock: outer.clock,
    fetch: outer.fetch,
    secrets: outer.secrets,
    lookup: outer.lookup,
    checkpoint: (scope) => outer.checkpoint(scope),
    emit: (batch: Batch) => (over.signal.aborted ? Promise.reject(ended()) : outer.emit(batch)),
    state: (state: ConnectionState) => {
      if (!over.signal.aborted) outer.state(state);
    },
    proven: () => {
      if (!over.signal.aborted) outer.proven();
    },
    describe: (change) => outer.describe(change),
  };
  const read = readConfig(outer.account.config);
  const offline = (): ChannelError => new ChannelError('network', 'not-done', 'The mail server is not connected.');

  let link: Link | undefined;
  const bells = { inbox: createBell(), round: createBell() };
  const held = holdParser();
  const sync: CatchUp = {
    context,
    parser: held.parser,
    own: () => ownAddresses([outer.account.key, ...outer.account.identities.map(({ key }) => key)]),
    states: folderStates(context),
    orphans: trackOrphans(context),
    trouble: trackTrouble(context),
    flagWindow,
  };
  const rounds = folderRounds(sync, bells.inbox.ring);
  const backfill = folderBackfill(sync);

  const config = (): EmailConfig => {
    if (typeof read === 'string') throw new ChannelError('config', 'refused', read);
    return read;
  };
  const secret = async (): Promise<string> => {
    const value = await context.secrets.get(secretName(config().auth));
    if (!value)
      throw new ChannelError('auth', 'refused', 'The password of this account is not in the keychain. Log in again.');
    return value;
  };
  const connect = async (signal: AbortSignal): Promise<Connection> =>
    await openConnection({
      config: config(),
      secret: await secret(),
      log: context.log,
      clock: context.clock,
      signal,
      proven: context.proven,
    });
  const work = (): Connection => {
    if (!link) throw offline();
    return link.work;
  };
  const byRole = (role: LabelRole): string | undefined => rounds.folders().find((folder) => folder.role === role)?.path;
  const make = async (client: ImapFlow, name: string): Promise<string> => {
    const { path } = await client.mailboxCreate(name);
    bells.round.ring();
    return path;
  };
  const working: Working = {
    context,
    get config() {
      return config();
    },
    work,
    secret,
    async filing(bytes, put, signal) {
      if (bytes < largeBytes) return await work().use(priorities.person, put, { signal });
      work();
      const { connection, release } = await uploads.acquire();
      try {
        return await connection.use(priorities.person, put, { signal, limitMs: filingMs });
      } finally {
        release();
      }
    },
    limitOf: () => Math.min(link?.work.abilities.messageLimit ?? uidsPerCommand, uidsPerCommand),
    folder: async (role) =>
      byRole(role) ?? (await work().use(0, async (client) => await make(client, role === 'sent' ? 'Sent' : 'Drafts'))),
    archive: async (client) => byRole('archive') ?? byRole('all') ?? (await make(client, 'Archive')),
    shownIn: (roles) => roles.flatMap((role) => byRole(role) ?? []),
    lookAround: bells.round.ring,
  };
  const blobs = openBlobs(context, work, connect);
  const uploads = openAside(context.clock, work, connect);

  async function establish(signal: AbortSignal): Promise<void> {
    const settings = config();
    context.state({ is: 'connecting', doing: `Connecting to ${settings.imap.host}` });
    const worker = await connect(signal);
    let watcher: Connection;
    try {
      watcher = await connect(signal).catch((error: unknown) => {
        // With a single connection everything takes turns; news come as fast, waiting work a little slower.
        if (error instanceof ChannelError && error.code === 'too-many-connections') return worker;
        throw error;
      });
    } catch (error) {
      await worker.close();
      throw error;
    }
    const stopped = new AbortController();
    const running: Promise<unknown>[] = [];
    let stopping: Promise<void> | undefined;
    const stop = (error: ChannelError | undefined): Promise<void> => {
      stopping ??= (async () => {
        link = undefined;
        stopped.abort(ended());
        if (error) {
          context.log.info('connection ended', { code: error.code });
          context.state(stateAfter(error, context.clock.now()));
        }
        await Promise.all([worker.close(), watcher === worker ? undefined : watcher.close()]);
        await Promise.allSettled(running);
      })();
      return stopping;
    };
    link = { work: worker, stop };
    for (const connection of new Set([worker, watcher]))
      void connection.ended.then((error) => {
        if (error) void stop(error);
      });
    const fail = (error: unknown): void => {
      if (stopped.signal.aborted) return;
      void stop(
        error instanceof ChannelError
          ? error
          : new ChannelError('internal', 'not-done', `Reading the mailbox failed: ${String(error)}`, { cause: error }),
      );
    };

    try {
      await rounds.list(worker);
    } catch (error) {
      await stop(undefined);
      throw error;
    }
    const inbox = rounds.folders().find(({ role }) => role === 'inbox');
    const caughtUp = Promise.withResolvers<void>();
    if (inbox)
      running.push(
        watchInbox({
          connection: watcher,
          inbox,
          sync,
          bell: bells.inbox,
          signal: stopped.signal,
          pollMs: settings.pollMs,
          caughtUp: caughtUp.resolve,
        }).catch(fail),
      );
    else caughtUp.resolve();
    running.push(
      (async () => {
        // The inbox goes first: what is in it decides what the person sees first.
        await Promise.race([caughtUp.promise, aborted(stopped.signal)]);
        while (!stopped.signal.aborted) {
          await rounds.round(worker, stopped.signal);
          const waited = new AbortController();
          await Promise.race([
            bells.round.heard(),
            context.clock
              .sleep(settings.pollMs, AbortSignal.any([stopped.signal, waited.signal]))
              .catch(() => undefined),
          ]);
          waited.abort();
        }
      })().catch(fail),
    );
    if (!stopped.signal.aborted) context.state({ is: 'online' });
  }

  return {
    async connect(signal) {
      await link?.stop(undefined);
      try {
        await establish(AbortSignal.any([signal, over.signal]));
        signal.addEventListener('abort', () => void link?.stop(undefined), { once: true });
      } catch (error) {
        if (signal.aborted || over.signal.aborted) return;
        const known =
          error instanceof ChannelError
            ? error
            : new ChannelError('internal', 'not-done', `Connecting failed: ${String(error)}`, { cause: error });
        context.state(
          known.code === 'config'
            ? { is: 'failed', code: known.code, message: known.message }
            : stateAfter(known, context.clock.now()),
        );
      }
    },
    async disconnect() {
      over.abort(ended());
      await Promise.all([link?.stop(undefined), blobs.close(), uploads.close()]);
      await held.release();
    },
    identify(message, txn) {
      const { key, links } = compositionOf(working, message, txn);
      return { key, links };
    },
    send: (message, options) => sendMail(working, message, options),
    reconcile: (message, options) => reconcileMail(working, message, options),
    openBlob: (source, signal) => blobs.open(source, signal),
    backfill: {
      async fetch(query) {
        const path = pathOfScope(query.scope);
        const connection = work();
        const folder = rounds.folders().find((one) => one.path === path);
        if (!folder?.sync) return { events: [], done: 0 };
        return await backfill.page(connection, folder, query);
      },
    },
    flag: { set: (targets, flags, options) => setFlags(working, targets, flags, options) },
    label: {
      apply: (targets, change, options) => applyLabels(working, targets, change, options),
      create: (name, options) => createLabel(working, name, options),
    },
    remove: { apply: (targets, scope, options) => removeMessages(working, targets, scope, options) },
    drafts: {
      save: (draft, replaces, options) => saveDraft(working, draft, replaces, options),
      discard: (key, options) => discardDraft(working, key, options),
    },
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Lower case, with the domain in ASCII and in its own script: senders write either. */
function ownAddresses(addresses: readonly string[]): ReadonlySet<string> {
  return new Set(
    addresses.flatMap((address) => {
      const lower = address.toLowerCase();
      const at = lower.lastIndexOf('@') + 1;
      const [local, domain] = [lower.slice(0, at), lower.slice(at)];
      return [lower, local + domainToASCII(domain), local + domainToUnicode(domain)];
    }),
  );
}
