import { expect, it } from 'vitest';
import type { Channel, FeatureName, SendOptions, Target } from '../../../src-shared/channel.ts';
import { asTxnId, type ChannelEvent, type IncomingMessage, type TxnId } from '../../../src-shared/model/index.ts';
import type { Memory } from '../testing/index.ts';
import { type LooseSession, type Stage, staged } from './run.ts';
import type { ConformanceWorld, Running } from './world.ts';

const pageSize = 100;
const { signal } = new AbortController();
const options = (txn: TxnId, stage?: string, stages: string[] = []): SendOptions => ({
  txn,
  signal,
  stage,
  reached: async (next) => void stages.push(next),
  open: async () => new TextEncoder().encode('a file'),
  progress: () => {},
});
/** Features whose operations name a conversation rather than a message. */
const onConversations: readonly FeatureName[] = ['archive', 'mute'];
const target = ({ key, conversation }: IncomingMessage): Target => ({ message: key, conversation });

/** Sending, and everything a person may do to what is there. */
export function carriesOut<R extends Running>(channel: Channel, world: ConformanceWorld<R>): void {
  const on = staged(channel, world);
  const ready = async (stage: Stage<R>) => {
    const opened = await stage.connect(await stage.login());
    await stage.backfill(opened.session, opened.record, pageSize);
    return opened;
  };
  const { outgoing } = world;

  if (outgoing) {
    it(
      'sends once, under the key it foretold, and meets its own message again',
      on(async (stage) => {
        const { session, record } = await ready(stage);
        const message = outgoing(record.memory);
        const txn = asTxnId('conformance-1');
        const foretold = session.identify?.(message, txn);
        expect(session.identify?.(message, txn)).toEqual(foretold);
        const stages: string[] = [];
        const result = await stage.during(session.send(message, options(txn, undefined, stages)));
        if (result.events) record.memory.apply({ events: result.events });
        const mine = () => record.memory.messages.filter((one) => one.txn === txn || one.key === foretold?.key);
        if (result.is === 'sent') {
          if (foretold) expect(result.key).toBe(foretold.key);
        } else await stage.until(record, () => mine().length > 0);
        expect(mine().length).toBeLessThanOrEqual(1);
        if (channel.send.idempotent) {
          const again = await stage.during(session.send(message, options(txn)));
          if (again.events) record.memory.apply({ events: again.events });
          if (result.is === 'sent' && again.is === 'sent') expect(again.key).toBe(result.key);
          expect(mine().length).toBeLessThanOrEqual(1);
        } else {
          // As after a crash that lost what was reached last.
          const retried = options(txn, stages.at(-2));
          const found = await stage.during(session.reconcile?.(message, retried) ?? Promise.resolve(undefined));
          expect(found?.is).toBe('sent');
        }
      }),
    );
  }

  const doing = (name: FeatureName, act: (session: LooseSession, memory: Memory) => Promise<Deed>) => {
    const tried = Object.hasOwn(channel.features, name) && !(world.linked && onConversations.includes(name));
    if (!tried) return;
    it(
      `carries out what it declares: ${name}`,
      on(async (stage) => {
        const { session, record } = await ready(stage);
        const deed = await stage.during(act(session, record.memory));
        record.memory.apply({ events: deed.events });
        // The network may answer at once or tell it as news a moment later.
        await stage.until(record, () => deed.holds(record.memory));
      }),
    );
  };

  doing('flag', async (session, memory) => {
    const one = newest(memory, (message) => message.from.is === 'user');
    const read = !(memory.flagsOf(one.key).read ?? false);
    const done = await session.flag?.set([target(one)], { read }, options(asTxnId('flag')));
    return { events: done?.events ?? [], holds: () => memory.flagsOf(one.key).read === read };
  });
  doing('react', async (session, memory) => {
    const one = newest(memory, (message) => message.conversation !== undefined || message.links !== undefined);
    const done = await session.react?.set(target(one), '👍', true, options(asTxnId('react')));
    return { events: done?.events ?? [], holds: () => memory.reactionsOf(one.key).some((held) => held.includes('👍')) };
  });
  doing('edit', async (session, memory) => {
    const one = newest(memory, (message) => message.from.is === 'me');
    const parts = [{ kind: 'text' as const, format: 'plain' as const, text: 'Edited.' }];
    const done = await session.edit?.apply(target(one), { parts }, options(asTxnId('edit')));
    return { events: done?.events ?? [], holds: () => JSON.stringify(memory.content(one.key)).includes('Edited.') };
  });
  doing('remove', async (session, memory) => {
    const one = newest(memory, (message) => message.from.is === 'me');
    const scope = channel.features.remove?.scopes[0] ?? 'me';
    const done = await session.remove?.apply([target(one)], scope, options(asTxnId('remove')));
    return {
      events: done?.events ?? [],
      holds: () => memory.isRemoved(one.key) || memory.placementsOf(one.key).length === 0,
    };
  });
  doing('label', async (session, memory) => {
    const inbox = labelOf(memory, 'inbox');
    const one = newest(memory, (message) => memory.placementsOf(message.key).some(({ label }) => label === inbox));
    const from = memory.placementsOf(one.key).filter(({ label }) => label === inbox);
    const archive = memory.labels.find((label) => memory.fact('label', label, 'role') === 'archive');
    const change = { add: archive ? [archive] : [], remove: from.map(({ label }) => label) };
    const done = await session.label?.apply([target(one)], change, options(asTxnId('label')));
    const gone = () => memory.placementsOf(one.key).every(({ label }) => label !== inbox);
    return { events: done?.events ?? [], holds: gone };
  });
  doing('archive', async (session, memory) => {
    const conversation = newest(memory, (message) => message.conversation !== undefined).conversation;
    if (conversation === undefined) throw new Error('no conversation to put away');
    const done = await session.archive?.set(conversation, true, options(asTxnId('archive')));
    return { events: done?.events ?? [], holds: () => memory.fact('conversation', conversation, 'archived') === true };
  });
  doing('mute', async (session, memory) => {
    const conversation = newest(memory, (message) => message.conversation !== undefined).conversation;
    if (conversation === undefined) throw new Error('no conversation to silence');
    const done = await session.mute?.set(conversation, true, options(asTxnId('mute')));
    return { events: done?.events ?? [], holds: () => memory.fact('conversation', conversation, 'muted') === true };
  });
}
interface Deed {
  readonly events: readonly ChannelEvent[];
  readonly holds: (memory: Memory) => boolean;
}

const labelOf = (memory: Memory, role: string) =>
  memory.labels.find((label) => memory.fact('label', label, 'role') === role);

/** The newest message that fits; throws when there is none, for then the world is too poor to try this on. */
function newest(memory: Memory, fits: (message: IncomingMessage) => boolean): IncomingMessage {
  const [found] = memory.messages.filter(fits).toSorted((one, other) => other.at - one.at);
  if (!found) throw new Error('the world holds no message this can be tried on');
  return found;
}
