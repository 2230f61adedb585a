import { Plus, RotateCcw, X } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import './keys.css';
import { type KeySettings, keyPresets, type Settings } from '../../../src-shared/ipc/index.ts';
import { type Command, titleOf } from '../../commands/command.ts';
import { conflictsOf, rebind, resetKeys } from '../../commands/keymap.ts';
import { commands, keymapFor } from '../../commands/registry.ts';
import { useCaps } from '../../commands/useCaps.ts';
import { useT } from '../../i18n/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Setting } from '../settings/Setting.tsx';
import { useIsLookedFor } from '../settings/search.tsx';
import { useChange } from '../settings/useChange.ts';
import { groups } from './groups.ts';
import { Recorder } from './Recorder.tsx';

const names: Readonly<Record<KeySettings['preset'], string>> = {
  gmail: 'Gmail',
  outlook: 'Outlook',
  slack: 'Slack',
  vim: 'Vim',
};

/** Every command with its keys: a preset, and what the person would have otherwise. */
export function KeysSection({ settings }: { settings: Settings }) {
  const t = useT();
  const change = useChange();
  const choice = settings.keys;
  const put = (keys: KeySettings): void => change({ keys });
  return (
    <>
      <div className="settings-head">
        <Button
          disabled={Object.keys(choice.changed).length === 0}
          onClick={() => put({ preset: choice.preset, changed: {} })}
        >
          <RotateCcw />
          {t('keys.resetAll')}
        </Button>
      </div>
      <Setting title={t('keys.preset')} text={t('keys.presetText')}>
        <Choice
          label={t('keys.preset')}
          value={choice.preset}
          onChange={(preset) => put({ preset, changed: {} })}
          options={keyPresets.map((value) => ({ value, label: names[value] }))}
        />
      </Setting>
      {groups.map(({ group, title }) => (
        <section key={group} className="key-group" aria-labelledby={`keys-${group}`}>
          <h4 id={`keys-${group}`}>{t(title)}</h4>
          <ul>
            {commands
              .filter((command) => command.group === group)
              .map((command) => (
                <KeyLine key={command.id} command={command} choice={choice} put={put} />
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function KeyLine({
  command,
  choice,
  put,
}: {
  command: Command;
  choice: KeySettings;
  put: (keys: KeySettings) => void;
}) {
  const t = useT();
  const caps = useCaps();
  const [recording, setRecording] = useState(false);
  /** Keys that were pressed but belong to others. */
  const [wanted, setWanted] = useState<string | null>(null);
  const keymap = keymapFor(choice);
  const own = keymap.keysOf(command.id);
  const name = titleOf(command, t);
  const looked = useIsLookedFor(name, t('settings.keys'));
  const taken = wanted === null ? [] : conflictsOf(commands, keymap, command, wanted);
  const give = (keys: readonly string[]): void => {
    setWanted(null);
    stay();
    put(rebind(commands, choice, command, keys));
  };
  const line = useRef<HTMLLIElement>(null);
  /** What had the focus is about to leave the page: its line has it next. */
  const stays = useRef(false);
  const stay = (): void => {
    stays.current = true;
  };
  // Before the sheet notices that nothing has the focus: it would take it for itself, a frame later.
  useLayoutEffect(() => {
    if (!stays.current || recording) return;
    stays.current = false;
    [...(line.current?.querySelectorAll<HTMLElement>('[data-record], [data-take]') ?? [])].at(-1)?.focus();
  });
  const recorded = (keys: string | null): void => {
    setRecording(false);
    stay();
    if (keys === null || own.includes(keys)) return;
    if (conflictsOf(commands, keymap, command, keys).length > 0) setWanted(keys);
    else give([...own, keys]);
  };
  if (!looked) return null;
  return (
    <li className="key-line" ref={line}>
      <span className="key-name">{name}</span>
      <span className="key-list">
        {own.map((keys) => (
          <span className="key-own" key={keys}>
            <kbd>{caps(keys)}</kbd>
            <button
              type="button"
              className="key-button"
              aria-label={t('keys.remove', { keys: caps(keys) ?? keys, command: name })}
              onClick={() => give(own.filter((other) => other !== keys))}
            >
              <X />
            </button>
          </span>
        ))}
        {recording ? (
          <Recorder label={t('keys.press', { command: name })} onDone={recorded} />
        ) : (
          <button
            type="button"
            className="key-button"
            data-record={command.id}
            aria-label={t('keys.add', { command: name })}
            onClick={() => setRecording(true)}
          >
            <Plus />
          </button>
        )}
        {choice.changed[command.id] === undefined ? null : (
          <button
            type="button"
            className="key-button"
            aria-label={t('keys.reset', { command: name })}
            onClick={() => put(resetKeys(commands, choice, command))}
          >
            <RotateCcw />
          </button>
        )}
      </span>
      {wanted === null ? null : (
        <span className="key-conflict" role="alert">
          {t('keys.conflict', {
            keys: caps(wanted) ?? wanted,
            commands: taken.map((other) => titleOf(other.command, t)).join(', '),
          })}
          <Button data-take="" onClick={() => give([...own, wanted])}>
            {t('keys.take')}
          </Button>
          <Button
            tone="quiet"
            onClick={() => {
              setWanted(null);
              stay();
            }}
          >
            {t('action.cancel')}
          </Button>
        </span>
      )}
    </li>
  );
}
