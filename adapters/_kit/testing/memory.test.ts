import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asConversationKey,
  asLabelKey,
  asMessageKey,
  asUserKey,
  type ChannelEvent,
} from '../../../src-shared/model/index.ts';
import { Memory } from './memory.ts';

const key = asMessageKey('m1');
const inbox = asLabelKey('inbox');
const history: readonly ChannelEvent[] = [
  { type: 'label', key: inbox, patch: { name: 'Inbox', role: 'inbox' }, at: 1 },
  {
    type: 'message',
    message: {
      key,
      conversation: asConversationKey('c'),
      from: { is: 'user', key: asUserKey('u') },
      at: 10,
      parts: [{ kind: 'text', format: 'plain', text: 'first' }],
      flags: { read: false },
      placements: [{ label: inbox, ref: '1' }],
    },
  },
  {
    type: 'edited',
    target: key,
    content: { parts: [{ kind: 'text', format: 'plain', text: 'second' }] },
    at: 20,
    version: 1,
  },
  {
    type: 'edited',
    target: key,
    content: { parts: [{ kind: 'text', format: 'plain', text: 'third' }] },
    at: 30,
    version: 2,
  },
  { type: 'flags', target: key, flags: { read: true }, at: 40 },
  { type: 'flags', target: key, flags: { read: false, starred: true }, at: 50 },
  { type: 'reaction', target: key, by: 'me', emoji: '👍', on: true, at: 60 },
  { type: 'reaction', target: key, by: 'me', emoji: '👍', on: false, at: 70 },
  { type: 'reaction', target: key, by: asUserKey('u'), emoji: '🎉', on: true, at: 75 },
  { type: 'placed', target: key, label: inbox, on: false, at: 80 },
  { type: 'placed', target: key, label: asLabelKey('archive'), ref: '9', on: true, at: 80 },
];

describe('the memory adapters are compared with', () => {
  it('remembers what was said last, not what was told last', () => {
    const memory = new Memory();
    memory.apply({ events: history });
    expect(memory.content(key)?.parts).toMatchObject([{ text: 'third' }]);
    expect(memory.flagsOf(key)).toEqual({ read: false, starred: true });
    expect(memory.reactionsOf(key)).toEqual(['u 🎉']);
    expect(memory.placementsOf(key)).toEqual([{ label: 'archive', ref: '9' }]);
  });

  it('ends the same in any order and however often something is repeated', () => {
    const straight = new Memory();
    straight.apply({ events: history });
    const indices = fc.array(fc.nat({ max: history.length - 1 }), { maxLength: 10 });
    fc.assert(
      fc.property(fc.shuffledSubarray([...history], { minLength: history.length }), indices, (shuffled, again) => {
        const memory = new Memory();
        memory.apply({ events: [...shuffled, ...again.flatMap((index) => history[index] ?? [])] });
        expect(memory.state()).toEqual(straight.state());
      }),
    );
  });

  it('answers what a session may ask of the local database', async () => {
    const memory = new Memory();
    memory.apply({ events: history });
    const archive = asLabelKey('archive');
    expect(await memory.lookup.refs(archive)).toEqual(['9']);
    expect(await memory.lookup.refs(inbox)).toEqual([]);
    expect([...(await memory.lookup.byRef(archive, ['9', '10']))]).toEqual([['9', key]]);
    expect([...(await memory.lookup.known([key, asMessageKey('m2')]))]).toEqual([key]);
  });
});
