import { randomUUID } from 'node:crypto';
import type { Handlers } from '../../../src-shared/ipc/index.ts';
import { asTxnId } from '../../../src-shared/model/index.ts';
import { CallError } from '../errors.ts';
import { operationOf } from '../supervisor/index.ts';
import { type ActionOptions, applyHere } from './enqueue.ts';

export const labelHandlers = (options: ActionOptions): Handlers<'labels.create'> => ({
  'labels.create': async ({ account, name }) => {
    const { store, supervisor, directory } = options;
    const channel = await directory.channelOf(account);
    if (!channel.features.label?.create) throw new CallError('unsupported', `${channel.name} makes no labels.`);
    const known = (await store.query('labels', { account })).find((label) => label.name === name);
    if (known) return { label: known.id };
    const live = supervisor.online(account);
    const operation = live && operationOf(live, 'label');
    if (!operation)
      throw new CallError('offline', `${channel.name} must be online to make a label.`, { retryable: true });
    const key = await operation.create(name, { txn: asTxnId(randomUUID()), signal: live.over });
    // The network may have told of it already, under the kind it has there.
    const before = await store.query('labels', { account });
    const keys = await store.query('label.keys', { labels: before.map((label) => label.id) });
    const told = keys.find((label) => label.key === key);
    if (told) return { label: told.id };
    const patch = { name, kind: 'folder' as const, exists: true };
    await applyHere(options, { account }, [{ type: 'label', key, patch, at: options.clock.now() }]);
    const after = await store.query('labels', { account });
    const made = (await store.query('label.keys', { labels: after.map((label) => label.id) })).find(
      (label) => label.key === key,
    );
    if (!made) throw new CallError('not-found', `"${name}" was made, but is not here yet.`);
    return { label: made.id };
  },
});
