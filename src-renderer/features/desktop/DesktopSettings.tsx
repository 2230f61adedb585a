import { useEffect, useId, useRef, useState } from 'react';
import type { ShellPreferences } from '../../../src-shared/ipc/index.ts';
import { CallError } from '../../client/index.ts';
import { chordOf, isModifier } from '../../commands/keys.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Setting, Toggle } from '../settings/Setting.tsx';
import { UpdateFeed } from './UpdateFeed.tsx';

/** How the desktop program behaves on this computer; nothing in a browser. */
export function DesktopSettings() {
  const t = useT();
  const { client, toasts, report } = useWorkspace();
  const here = useFeature('session', (state) => state.info?.host === 'electron');
  const [now, setNow] = useState<ShellPreferences | null>(null);
  /** Choices made so far: an answer to an earlier one does not know the last. */
  const preferred = useRef(0);
  useEffect(() => {
    if (here) client.call('shell.preferences', {}).then(setNow, report);
  }, [here, client, report]);
  if (!here || now === null) return null;
  // Shown at once, so that a key pressed twice is there and back.
  const prefer = (patch: Partial<ShellPreferences>): void => {
    const mine = ++preferred.current;
    setNow({ ...now, ...patch });
    const answered = (then: ShellPreferences): void => {
      if (mine === preferred.current) setNow(then);
    };
    client.call('shell.prefer', patch).then(answered, (error: unknown) => {
      client.call('shell.preferences', {}).then(answered, report);
      if (!(error instanceof CallError) || error.view.code !== 'hot-key') return report(error);
      const text = t('shell.hotKeyRefused', { keys: patch.hotKey ?? '' });
      toasts.getState().show({ text, tone: 'problem' });
    });
  };
  return (
    <>
      <Toggle
        title={t('shell.launch')}
        on={now.launchAtLogin}
        onChange={(launchAtLogin) => prefer({ launchAtLogin })}
      />
      <Toggle
        title={t('shell.background')}
        text={t('shell.backgroundText')}
        on={now.background}
        onChange={(background) => prefer({ background })}
      />
      <HotKey hotKey={now.hotKey} onChange={(hotKey) => prefer({ hotKey })} />
      <Setting title={t('shell.noticeText')} text={t('shell.noticeTextHelp')}>
        <Choice
          label={t('shell.noticeText')}
          value={now.noticeText}
          onChange={(noticeText) => prefer({ noticeText })}
          options={[
            { value: 'all', label: t('shell.noticeAll') },
            { value: 'sender', label: t('shell.noticeSender') },
            { value: 'nothing', label: t('shell.noticeNothing') },
          ]}
        />
      </Setting>
      <Toggle
        title={t('shell.spelling')}
        text={t('shell.spellingText')}
        on={now.spellCheck}
        onChange={(spellCheck) => prefer({ spellCheck })}
      />
      <UpdateFeed feed={now.updateFeed} onChange={(updateFeed) => prefer({ updateFeed })} />
    </>
  );
}

/** Chromium's names of keys that Electron calls otherwise. */
const electronKeys: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/** Pressing keys in the field chooses them; Backspace takes them away. A key alone would be taken from every program. */
function HotKey({ hotKey, onChange }: { hotKey: string | null; onChange: (hotKey: string | null) => void }) {
  const t = useT();
  const id = useId();
  return (
    <Setting title={t('shell.hotKey')} text={t('shell.hotKeyText')}>
      <input
        id={id}
        className="field"
        readOnly
        aria-label={t('shell.hotKey')}
        placeholder={t('shell.hotKeyNone')}
        value={hotKey ?? ''}
        onKeyDown={(event) => {
          if (event.key === 'Tab' || event.key === 'Escape' || isModifier(event.key)) return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Backspace' || event.key === 'Delete') return onChange(null);
          const pieces = chordOf(event.nativeEvent).split('+');
          const key = pieces.pop() ?? '';
          if (pieces.length === 0 || key === '') return;
          const named = electronKeys[key] ?? (key.length === 1 ? key.toUpperCase() : key);
          const shift = event.shiftKey && !pieces.includes('Shift') ? ['Shift'] : [];
          onChange([...pieces, ...shift, named].join('+'));
        }}
      />
    </Setting>
  );
}
