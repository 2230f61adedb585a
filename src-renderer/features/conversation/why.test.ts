import { describe, expect, it } from 'vitest';
import type { ChannelView } from '../../../src-shared/ipc/index.ts';
import { conversation, message } from '../../testing/views.ts';
import { whyNot } from './why.ts';

const channel = (features: ChannelView['features']): ChannelView => ({
  id: 'net',
  name: 'Net',
  features,
  send: conversation(1).limits,
  risk: { official: 'official-api', needs: [], cannot: [], encryption: 'transport' },
  logins: [],
});
const own = message(1, { fromMe: true });
const where = (features: ChannelView['features'], change: Parameters<typeof conversation>[1] = {}) => ({
  view: conversation(1, {
    features: (['edit', 'remove', 'react', 'pin', 'press'] as const).filter((name) => name in features),
    ...change,
  }),
  channel: channel(features),
  account: undefined,
  now: own.at + 20 * 60_000,
});

describe('why something cannot be done to a message', () => {
  it('is nothing where the network can', () => {
    const all = where({
      edit: {},
      remove: { scopes: ['me', 'everyone'] },
      react: { perUser: 1, emoji: 'any' },
      pin: {},
    });
    for (const action of ['reply', 'thread', 'react', 'edit', 'removeMe', 'removeAll', 'pin'] as const)
      expect([action, whyNot(action, own, all)]).toEqual([action, null]);
  });
  it('names the network that has no such thing', () => {
    for (const [action, key] of [
      ['react', 'why.noReact'],
      ['edit', 'why.noEdit'],
      ['removeAll', 'why.noRemove'],
      ['pin', 'why.noPin'],
      ['press', 'why.noPress'],
    ] as const)
      expect(whyNot(action, own, where({}))).toEqual({ key, values: { name: 'Net' } });
  });
  it('says how long the network takes changes', () => {
    const quarter = {
      edit: { maxAgeMs: 15 * 60_000 },
      remove: { scopes: ['everyone'], maxAgeMs: 15 * 60_000 },
    } as const;
    expect(whyNot('edit', own, where(quarter))).toEqual({ key: 'why.editMinutes', values: { name: 'Net', count: 15 } });
    expect(whyNot('removeAll', own, where(quarter))).toEqual({
      key: 'why.removeMinutes',
      values: { name: 'Net', count: 15 },
    });
    expect(whyNot('edit', own, where({ edit: { maxAgeMs: 48 * 3_600_000 } }))).toBeNull();
  });
  it('knows whose the message is, and whether it has left', () => {
    const can = where({ edit: {}, remove: { scopes: ['everyone'] }, pin: {} });
    const theirs = message(2);
    expect(whyNot('edit', theirs, can)?.key).toBe('why.notMine');
    expect(whyNot('removeAll', theirs, can)?.key).toBe('why.notMine');
    expect(whyNot('removeMe', own, can)?.key).toBe('why.noRemoveMe');
    const delivery = { outbox: null, state: 'queued', error: null, notBefore: null, retryAt: null } as const;
    const waiting = message(3, { fromMe: true, delivery });
    for (const action of ['edit', 'pin', 'thread'] as const)
      expect(whyNot(action, waiting, can)?.key).toBe('why.unsent');
    expect(whyNot('edit', message(4, { fromMe: true, removed: true }), can)?.key).toBe('why.removed');
  });
  it('of reactions is what the conversation takes, wherever one may write', () => {
    const taking = (reactions: string[], readOnly: string | null = null) =>
      where({ react: { perUser: 1, emoji: 'any' } }, { readOnly, limits: { ...conversation(1).limits, reactions } });
    expect(whyNot('react', own, taking(['👍']))).toBeNull();
    expect(whyNot('react', own, taking(['👍'], 'Only some may write.'))).toBeNull();
    expect(whyNot('react', own, taking([]))?.key).toBe('why.noReactHere');
    expect(whyNot('react', own, taking([], 'Only some may write.'))?.key).toBe('why.readOnly');
  });
  it('is the conversation’s own where nothing can be written', () => {
    const closed = where({}, { readOnly: 'This channel is archived.' });
    expect(whyNot('reply', own, closed)).toEqual({
      key: 'why.readOnly',
      values: { reason: 'This channel is archived.' },
    });
    expect(whyNot('thread', own, where({}, { limits: { ...conversation(1).limits, thread: 'dropped' } }))?.key).toBe(
      'why.thread',
    );
  });
});
