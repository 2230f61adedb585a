import { describe, expect, test } from 'vitest';
import { actsWhileTyping, capsOf, chordOf, createSequence } from './keys.ts';
import { commands } from './registry.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('keys', () => {
  test('are named by what they type, with shift only where it is not part of that', () => {
    expect(press('j')).toBe('j');
    expect(press('I', { shiftKey: true })).toBe('Shift+i');
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('Enter', { ctrlKey: true })).toBe('Ctrl+Enter');
    expect(press('k', { metaKey: true })).toBe('Ctrl+k');
  });
  test('in sequence mean one thing, alone another', () => {
    let time = 0;
    const sequence = createSequence(
      () => ['g i', 'i', 'e'],
      () => time,
    );
    expect(sequence.press('g')).toBe('wait');
    expect(sequence.press('i')).toEqual({ keys: 'g i' });
    expect(sequence.press('i')).toEqual({ keys: 'i' });
    sequence.press('g');
    time += 5_000;
    expect(sequence.press('i')).toEqual({ keys: 'i' });
    expect(sequence.press('q')).toBeNull();
  });
  test('are drawn as the system draws them', () => {
    expect(capsOf('Ctrl+Enter', true)).toBe('⌘↵');
    expect(capsOf('Ctrl+k', false)).toBe('Ctrl K');
    expect(capsOf('g i', false)).toBe('G I');
  });
});

describe('commands', () => {
  test('no two share an id or keys', () => {
    const ids = commands.map((command) => command.id);
    const keys = commands.flatMap((command) => command.keys);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(keys).size).toBe(keys.length);
  });
  test('no single-letter key acts while typing', () => {
    const typed = commands.flatMap((command) => command.keys).filter(actsWhileTyping);
    expect(typed.every((keys) => /^(Ctrl|Alt)\+|^(Shift\+)?(Escape|F6)$/.test(keys))).toBe(true);
    expect(['j', 'e', '#', 'Shift+i', 'g i', 'Enter', 'ArrowDown'].some(actsWhileTyping)).toBe(false);
  });
  test('no key that begins a sequence does something by itself', () => {
    const keys = commands.flatMap((command) => command.keys);
    const starts = new Set(keys.filter((one) => one.includes(' ')).map((one) => one.split(' ')[0]));
    expect(keys.filter((one) => starts.has(one))).toEqual([]);
  });
});
