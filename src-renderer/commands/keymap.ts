import type { KeySettings } from '../../src-shared/ipc/index.ts';
import type { Command } from './command.ts';
import { presets } from './presets.ts';

/** Which keys do what at present. */
export interface Keymap {
  keysOf(id: string): readonly string[];
  /** Commands of these keys; those of the composer come first. */
  at(keys: string): readonly Command[];
  readonly all: ReadonlySet<string>;
}
export const gmailKeys: KeySettings = { preset: 'gmail', changed: {} };

const presetKeys = (command: Command, preset: KeySettings['preset']): readonly string[] =>
  presets[preset][command.id] ?? command.keys;

export function createKeymap(commands: readonly Command[], { preset, changed }: KeySettings): Keymap {
  const byId = new Map<string, readonly string[]>();
  const byKeys = new Map<string, Command[]>();
  for (const command of commands) {
    const keys = changed[command.id] ?? presetKeys(command, preset);
    byId.set(command.id, keys);
    for (const one of keys) {
      const others = byKeys.get(one) ?? [];
      byKeys.set(one, command.where === 'composer' ? [command, ...others] : [...others, command]);
    }
  }
  return {
    keysOf: (id) => byId.get(id) ?? [],
    at: (keys) => byKeys.get(keys) ?? [],
    all: new Set(byKeys.keys()),
  };
}

/** One would never be heard beside the other: the same keys, or one begins the other. */
const clash = (a: string, b: string): boolean => a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);

/** The commands that could not be told from this one if it had these keys, each with the keys in question. */
export function conflictsOf(
  commands: readonly Command[],
  keymap: Keymap,
  command: Command,
  keys: string,
): readonly { readonly command: Command; readonly keys: string }[] {
  return commands.flatMap((other) =>
    other.id === command.id || other.where !== command.where
      ? []
      : keymap
          .keysOf(other.id)
          .filter((one) => clash(one, keys))
          .map((one) => ({ command: other, keys: one })),
  );
}

/** The choice with one command's keys changed, and taken from whoever had them. */
export function rebind(
  commands: readonly Command[],
  choice: KeySettings,
  command: Command,
  keys: readonly string[],
): KeySettings {
  const keymap = createKeymap(commands, choice);
  const changed: Record<string, readonly string[]> = { ...choice.changed, [command.id]: keys };
  for (const one of keys) {
    for (const conflict of conflictsOf(commands, keymap, command, one)) {
      const left = changed[conflict.command.id] ?? keymap.keysOf(conflict.command.id);
      changed[conflict.command.id] = left.filter((other) => other !== conflict.keys);
    }
  }
  return { ...choice, changed };
}
/** A command has its preset's keys again; whoever has them meanwhile loses them. */
export function resetKeys(commands: readonly Command[], choice: KeySettings, command: Command): KeySettings {
  const given = rebind(commands, choice, command, presetKeys(command, choice.preset));
  const { [command.id]: _own, ...changed } = given.changed;
  return { ...given, changed };
}
