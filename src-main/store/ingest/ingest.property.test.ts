import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asUserKey, type ChannelEvent } from '../../../src-shared/model/index.ts';
import { drawn } from '../../../src-shared/testing/drawn.ts';
import { dump } from '../testing/dump.ts';
import { history, retold } from '../testing/history.ts';
import { MemoryStore } from '../testing/memory.ts';

const storeWith = (kind: 'mail' | 'chat', batches: readonly (readonly ChannelEvent[])[]): MemoryStore => {
  const store = new MemoryStore();
  const { account } = store.command('account.save', {
    channel: 'test',
    inboxIsLabel: kind === 'mail',
    description: {
      key: asUserKey('me@example.org'),
      label: 'Mine',
      identities: [{ key: asUserKey('me@example.org') }, { key: asUserKey('alias@example.org') }],
      config: {},
    },
  });
  for (const events of batches) store.command('ingest', { account, batch: { origin: 'history', events } });
  return store;
};
const dumpOf = (kind: 'mail' | 'chat', batches: readonly (readonly ChannelEvent[])[]) => {
  const store = storeWith(kind, batches);
  try {
    for (const check of store.query('check', {})) expect(check).toMatchObject({ ok: true });
    return dump(store.sql);
  } finally {
    store.close();
  }
};

for (const kind of ['mail', 'chat'] as const) {
  test(`I-1: any order, repetition and split of a history of ${kind} ends in the same database`, () => {
    fc.assert(
      fc.property(
        history(kind).chain((events) => fc.tuple(fc.constant(events), retold(events))),
        ([events, batches]) => {
          expect(dumpOf(kind, batches)).toEqual(dumpOf(kind, [events]));
        },
      ),
      { ...drawn, numRuns: 150 },
    );
  }, 120_000);

  test(`I-18: what is kept beside ${kind} for speed is what a rebuild would make`, () => {
    fc.assert(
      fc.property(history(kind).chain(retold), (batches) => {
        const store = storeWith(kind, batches);
        try {
          const before = dump(store.sql);
          store.command('maintenance.rebuild', {});
          expect(dump(store.sql)).toEqual(before);
        } finally {
          store.close();
        }
      }),
      { ...drawn, numRuns: 60 },
    );
  }, 120_000);
}
