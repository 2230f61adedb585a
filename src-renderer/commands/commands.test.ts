import { describe, expect, test } from 'vitest';
import { keyPresets } from '../../src-shared/ipc/index.ts';
import { conflictsOf, createKeymap, gmailKeys, rebind, resetKeys } from './keymap.ts';
import { actsWhileTyping, capsOf, chordOf, createSequence, editsText } from './keys.ts';
import { presets } from './presets.ts';
import { commandOf, commands } from './registry.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });
const known = (id: string) => {
  const command = commandOf(id);
  if (!command) throw new Error(`There is no command ${id}`);
  return command;
};

describe('keys', () => {
  test('are named by what they type, with shift only where it is not part of that', () => {
    expect(press('j')).toBe('j');
    expect(press('I', { shiftKey: true })).toBe('Shift+i');
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('Enter', { ctrlKey: true })).toBe('Ctrl+Enter');
    expect(press('k', { metaKey: true })).toBe('Ctrl+k');
  });
  const sequences = (...all: readonly string[]) => {
    let time = 0;
    const sequence = createSequence(
      () => new Set(all),
      () => time,
    );
    return {
      press: sequence.press,
      pass: (ms: number) => {
        time += ms;
      },
    };
  };
  test('in sequence mean one thing, alone another', () => {
    const { press: type, pass } = sequences('g i', 'i', 'e');
    expect(type('g')).toBe('wait');
    expect(type('i')).toEqual({ keys: 'g i' });
    expect(type('i')).toEqual({ keys: 'i' });
    type('g');
    pass(5_000);
    expect(type('i')).toEqual({ keys: 'i' });
    expect(type('q')).toBeNull();
  });
  test('a number before them says how often, and is forgotten after a while or a key that means nothing', () => {
    const { press: type, pass } = sequences('j', 'g 1', 'g i');
    expect([type('1'), type('0'), type('j')]).toEqual(['wait', 'wait', { keys: 'j', count: 10 }]);
    expect(type('j')).toEqual({ keys: 'j' });
    expect(type('0')).toBeNull();
    expect([type('2'), type('g'), type('i')].at(-1)).toEqual({ keys: 'g i', count: 2 });
    expect([type('g'), type('1')].at(-1)).toEqual({ keys: 'g 1' });
    type('3');
    pass(5_000);
    expect(type('j')).toEqual({ keys: 'j' });
    type('3');
    type('q');
    expect(type('j')).toEqual({ keys: 'j' });
  });
  test('are drawn as the system draws them', () => {
    expect(capsOf('Ctrl+Enter', true)).toBe('⌘↵');
    expect(capsOf('Ctrl+k', false)).toBe('Ctrl K');
    expect(capsOf('g i', false)).toBe('G I');
    expect(capsOf('+', false)).toBe('+');
    expect(capsOf('Ctrl++', false)).toBe('Ctrl +');
  });
  test('that edit text stay with the text', () => {
    expect(['Ctrl+z', 'Ctrl+a', 'Ctrl+Shift+z', 'Ctrl+ArrowLeft'].every(editsText)).toBe(true);
    expect(['Ctrl+Enter', 'Ctrl+k', 'Escape', 'z'].some(editsText)).toBe(false);
  });
});

describe.each(keyPresets)('the keys of the preset %s', (preset) => {
  const keymap = createKeymap(commands, { preset, changed: {} });
  test('are free of conflicts', () => {
    const found = commands.flatMap((command) =>
      keymap
        .keysOf(command.id)
        .flatMap((keys) =>
          conflictsOf(commands, keymap, command, keys).map((other) => `${command.id} ${keys}: ${other.command.id}`),
        ),
    );
    expect(found).toEqual([]);
  });
  test('do not act on single letters while one types', () => {
    const typed = commands.flatMap(({ id }) => keymap.keysOf(id)).filter(actsWhileTyping);
    expect(typed.every((keys) => /^(Ctrl|Alt)\+|^(Shift\+)?(Escape|F6)$/.test(keys))).toBe(true);
    expect(['j', 'e', '#', 'Shift+i', 'g i', 'Enter', 'ArrowDown'].some(actsWhileTyping)).toBe(false);
  });
  test('are those of commands that exist', () => {
    expect(Object.keys(presets[preset]).filter((id) => !commandOf(id))).toEqual([]);
  });
});

describe('commands', () => {
  test('no two share an id', () => {
    const ids = commands.map((command) => command.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
  test('the Gmail preset has every key of the table', () => {
    const table =
      'j k ArrowDown ArrowUp Enter o n p u Escape Shift+n / Ctrl+f e [ ] h Shift+z s m # ! Shift+i Shift+u x Shift+j Shift+k l v r a f Shift+r c + : z Ctrl+z F6 Shift+F6 Alt+ArrowLeft Alt+ArrowRight Ctrl+k ? Ctrl+, Ctrl+Enter Ctrl+Shift+Enter'
        .split(' ')
        .concat(['g i', 'g u', 'g s', 'g z', 'g t', 'g d', 'g a', 'g c', '* a', '* n', '* u', "Ctrl+'"])
        .concat(Array.from({ length: 9 }, (_, index) => `Ctrl+${index + 1}`));
    const { at } = createKeymap(commands, gmailKeys);
    expect(table.filter((keys) => at(keys).length === 0)).toEqual([]);
  });
});

describe('a key map', () => {
  test('gives new keys to a command and takes them from whoever had them', () => {
    const choice = rebind(commands, gmailKeys, known('star'), ['e', 'g i']);
    const keymap = createKeymap(commands, choice);
    expect(keymap.keysOf('star')).toEqual(['e', 'g i']);
    expect(keymap.keysOf('archive')).toEqual([]);
    expect(keymap.keysOf('go-inbox')).toEqual([]);
    expect(keymap.at('e').map(({ id }) => id)).toEqual(['star']);
  });
  test('a key that begins sequences takes the sequences away', () => {
    const keymap = createKeymap(commands, rebind(commands, gmailKeys, known('star'), ['g']));
    expect(keymap.keysOf('go-inbox')).toEqual([]);
  });
  test('one command alone goes back to its preset', () => {
    const swapped = rebind(commands, gmailKeys, known('star'), ['e']);
    const back = resetKeys(commands, swapped, known('archive'));
    const keymap = createKeymap(commands, back);
    expect(keymap.keysOf('archive')).toEqual(['e']);
    expect(keymap.keysOf('star')).toEqual([]);
    expect(back.changed.archive).toBeUndefined();
  });
  test('keys of the composer come before those of everywhere', () => {
    expect(
      createKeymap(commands, gmailKeys)
        .at('ArrowUp')
        .map(({ id }) => id),
    ).toEqual(['edit-last', 'previous']);
  });
});
