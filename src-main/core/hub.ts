import { join } from 'node:path';
import type { ChannelEntry } from '../../src-shared/channel.ts';
import type { Caller, Handlers, Reply } from '../../src-shared/ipc/index.ts';
import type { AccountId, AttachmentId, UserKey } from '../../src-shared/model/index.ts';
import type { Ports } from '../ports/index.ts';
import { Router } from '../rpc/router.ts';
import type { AccountRow, Store } from '../store/api.ts';
import { accountHandlers, Directory } from './accounts/index.ts';
import { actionHandlers, archiveConversation, Snooze, Triage } from './actions/index.ts';
import { appHandlers } from './app/index.ts';
import {
  Attachments,
  attachmentHandlers,
  Blobs,
  blobKey,
  keepTidy,
  type OpenedAttachment,
} from './attachments/index.ts';
import { Backfill } from './backfill/index.ts';
import { Changes, type Listener, publishing } from './changes/index.ts';
import { Registry } from './channels/registry.ts';
import { composeHandlers, Sender, Starter } from './compose/index.ts';
import { DraftKeeper, draftHandlers } from './drafts/index.ts';
import { exportTo } from './export/index.ts';
import { anySource, Importer, importHandlers } from './import/index.ts';
import { Ingest } from './ingest/index.ts';
import { redactingLog } from './log.ts';
import { LoginService } from './login/index.ts';
import { Focus, Notifier } from './notify/index.ts';
import { Outbox, outboxHandlers } from './outbox/index.ts';
import { Contacts, Pictures, Presence, peopleHandlers } from './people/index.ts';
import { errandOfCall, HostLog, onErrand } from './privacy/index.ts';
import { memberHandlers, readingHandlers } from './reading/index.ts';
import { searchHandlers } from './search/index.ts';
import { RememberedSettings } from './settings/remembered.ts';
import { settingsHandlers } from './settings/settings.ts';
import { shellHandlers } from './shell/index.ts';
import { type AccountSecrets, accountSecrets, Supervisor } from './supervisor/index.ts';
import { pause } from './time/sleep.ts';
import { UnderWay } from './time/under-way.ts';
import { untilDone } from './time/until-done.ts';

export interface HubOptions {
  readonly ports: Ports;
  readonly channels: readonly ChannelEntry[];
  /** Opened by the caller and closed by it, after `stop`. */
  readonly store: Store;
  readonly version?: string;
  readonly demo?: boolean;
  /** Standing warnings besides the secret store's own. */
  readonly warnings?: readonly string[];
}

/** The product without a face: every host drives it through these. */
export interface Hub {
  /**
   * From then on calls are answered; accounts connect and work goes on once the first page of the inbox was shown.
   * `offline`: the accounts are known, but nothing connects, is sent or imported further (a command that only looks).
   */
  start(options?: { readonly offline?: boolean }): Promise<void>;
  /** Ends all work within a little more than 2 s; what is unfinished goes on at the next start. */
  stop(): Promise<void>;
  /** Never rejects: whatever goes wrong is in the reply. */
  call(name: string, input: unknown, caller: Caller): Promise<Reply<unknown>>;
  /** Events for the windows; the function answered ends it. */
  on(listener: Listener): () => void;
  /** Bytes for a host to serve. Rejects with a `CallError`. */
  openAttachment(attachment: AttachmentId): Promise<OpenedAttachment>;
  /** Takes a file in as it streams, for a composer; answers what `compose.upload` does. */
  upload(file: { name: string; mime: string; content: AsyncIterable<Uint8Array> }): ReturnType<Attachments['upload']>;
  /** The machine woke up or its network changed: connections begin anew. */
  wake(): void;
}

/** Where nobody asks for the inbox (a command, a script), work begins after this long, ms. */
const firstPageWithin = 250;

export function createHub(options: HubOptions): Hub {
  const { ports } = options;
  const { clock, fetch } = ports;
  const now = (): number => clock.now();
  const log = redactingLog(ports.log);
  const changes = new Changes(clock, log);
  const focus = new Focus();
  const settings = new RememberedSettings(options.store);
  const store = publishing(options.store, changes, focus, (topics) => settings.changed(topics));
  const registry = new Registry(options.channels);
  const presence = new Presence(changes, clock);
  const stopping = new AbortController();
  const notifier = new Notifier({
    store,
    settings: () => settings.read(),
    changes,
    focus,
    clock,
    log,
    stopped: stopping.signal,
  });
  const hosts = new HostLog({ store, clock, log });
  const secretsOf = new Map<string, AccountSecrets>();
  const secretsFor = (account: { channel: string; key: UserKey }): AccountSecrets => {
    const name = `${account.channel}/${account.key}`;
    const secrets = secretsOf.get(name) ?? accountSecrets(ports.secrets, account, log.hide);
    secretsOf.set(name, secrets);
    return secrets;
  };
  const secretsOfRow = (row: AccountRow): AccountSecrets =>
    secretsFor({ channel: row.channel, key: row.description.key });
  const stir = (account: AccountId): void => {
    backfill.nudge(account);
    outbox.nudge(account);
  };
  const ingest: Ingest = new Ingest({
    store,
    changes,
    log,
    now,
    arrived: (arrivals) => void notifier.tell(arrivals),
    stirred: stir,
  });
  const supervisor: Supervisor = new Supervisor({
    clock,
    store,
    ingest,
    fetch,
    logFor: (row) => log.with({ account: row.id, channel: row.channel }),
    secretsFor: secretsOfRow,
    load: (channel) => registry.load(channel),
    changed: () => changes.publish([{ on: 'accounts' }]),
    async clockMoved(by) {
      log.info('The clock was put right, or the machine slept', { by });
      snooze.nudge();
      if (by < 0)
        await store.command('clock.putBack', { by }).catch((error: unknown) =>
          // They are late by as much as the clock was put back.
          log.error('What waits in the outbox could not be told that the clock was put back', { error }),
        );
    },
    attend: (live) => {
      attending.add(backfill.attend(live));
      attending.add(contacts.attend(live));
      // Nothing goes out before it is known what was on its way when the last run ended.
      void recovered.promise.then(() => attending.add(outbox.attend(live)));
    },
  });
  const attending = new UnderWay();
  const recovered = Promise.withResolvers<void>();
  const directory = new Directory(store, registry, supervisor);
  const blobs = new Blobs(join(ports.paths.profile, 'blobs'), blobKey(ports.secrets));
  const attachments = new Attachments({ store, blobs, supervisor, log });
  const pictures = new Pictures({ store, supervisor, clock, log });
  const contacts = new Contacts(ingest, log);
  const backfill = new Backfill({ store, ingest, clock, log });
  const outbox: Outbox = new Outbox({
    store,
    clock,
    log,
    openBlob: (account, ref, message) => attachments.bytesOf(account, ref, message),
    archive: (conversation) => archiveConversation(acting)(conversation),
  });
  const acting = { store, clock, ingest, directory, supervisor, outbox };
  const starter = new Starter(store, directory, supervisor);
  const sender = new Sender({ store, clock, directory, supervisor, attachments, outbox });
  const snooze = new Snooze(store, clock, log);
  const triage = new Triage({ ...acting, snooze, changes });
  const drafts = new DraftKeeper({ ...acting, log, changes });
  const importer = new Importer({
    store,
    ingest,
    changes,
    clock,
    log,
    source: anySource({ store, registry, supervisor }),
    keep: (account, file) => attachments.keep(account, file),
  });
  const logins = new LoginService({ store, registry, supervisor, changes, clock, log, fetch, secretsFor });
  const handlers: Handlers = {
    ...appHandlers({
      store,
      supervisor,
      secrets: ports.secrets,
      changes,
      info: {
        version: options.version ?? '0.0.0',
        host: ports.host,
        platform: process.platform,
        profile: ports.paths.profile,
        demo: options.demo ?? false,
        keyStore: ports.secrets.kind,
        warnings: [...(ports.secrets.warning ? [ports.secrets.warning] : []), ...(options.warnings ?? [])],
      },
    }),
    ...settingsHandlers(store),
    ...accountHandlers({
      store,
      clock,
      registry,
      supervisor,
      ingest,
      blobs,
      changes,
      secretsFor: secretsOfRow,
      outbox,
      leave: (account) => importer.leave(account),
    }),
    ...logins.handlers(),
    ...readingHandlers({ store, directory, supervisor, presence, now }),
    ...memberHandlers({ store, supervisor, ingest }),
    ...searchHandlers({ store, supervisor, ingest, log }),
    ...peopleHandlers({ store, presence, pictures }),
    ...notifier.handlers(),
    ...hosts.handlers(),
    ...shellHandlers(),
    ...actionHandlers({ ...acting, starter, sender, snooze, focus }),
    ...triage.handlers(),
    ...composeHandlers({ ...acting, starter, sender }),
    ...draftHandlers({ store, now, directory, attachments, outbox }),
    ...outboxHandlers({ store, now, outbox }),
    ...importHandlers({ store, registry, supervisor, importer }),
    'export.start': (input) => exportTo({ store, attachments, mail: ports.exporters?.mbox }, input),
    ...attachmentHandlers(attachments),
  };
  const router = new Router(handlers, log);
  const shown = Promise.withResolvers<void>();
  let working: Promise<void> | undefined;
  /** Everything that may come after the first page: loading the channels' code takes longer than showing the inbox. */
  const work = async (rows: readonly AccountRow[]): Promise<void> => {
    await Promise.race([shown.promise, pause(clock, firstPageWithin, stopping.signal)]);
    if (stopping.signal.aborted) return;
    supervisor.start();
    const following = Promise.all([snooze.run(stopping.signal), drafts.run(stopping.signal)]);
    const again = (resume: () => Promise<unknown>): Promise<boolean> =>
      untilDone(resume, 'What was under way could not be resumed yet', { clock, log }, stopping.signal);
    if (await again(() => recover(rows, registry, store))) recovered.resolve();
    await again(() => importer.resumeAll());
    await blobs.clean().catch((error: unknown) => log.error('What is half written could not be removed', { error }));
    await Promise.all([following, keepTidy({ attachments, clock, log }, stopping.signal)]);
  };
  return {
    async start({ offline = false } = {}) {
      hosts.start();
      const rows = await store.query('accounts', {});
      supervisor.admit(rows, { offline });
      if (!offline) working = work(rows);
    },
    async stop() {
      stopping.abort();
      const fetched = attachments.stop();
      triage.stop();
      await working;
      await Promise.all([logins.stop(), importer.stop(), supervisor.stop(), attending.end(clock, fetched)]);
      await ingest.drained();
      await hosts.stop();
    },
    async call(name, input, caller) {
      const reply = await onErrand(errandOfCall(name), () => router.call(name, input, caller));
      if (name === 'inbox.page') shown.resolve();
      return reply;
    },
    on: (listener) => changes.on(listener),
    openAttachment: (id) => attachments.open(id),
    upload: (file) => attachments.upload(file),
    wake: () => supervisor.wake(),
  };
}

/** What was being sent when the last run ended: nobody knows whether it arrived, unless the channel itself drops doubles. */
async function recover(rows: readonly AccountRow[], registry: Registry, store: Store): Promise<void> {
  const used = [...new Set(rows.map(({ channel }) => channel))];
  const idempotentChannels: string[] = [];
  for (const id of used) {
    const channel = await registry.load(id).catch(() => undefined);
    if (channel?.send.idempotent) idempotentChannels.push(id);
  }
  await store.command('outbox.recover', { idempotentChannels });
}
