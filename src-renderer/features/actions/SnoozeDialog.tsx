import { useState } from 'react';
import './snooze.css';
import { targetsOf } from '../../commands/target.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { laterTimes } from './later.ts';
import { parseWhen } from './when.ts';

/** Until when a conversation leaves the inbox: typed in words or picked. */
export function SnoozeDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const formats = useFormats();
  const workspace = useWorkspace();
  const [text, setText] = useState('');
  const [now] = useState(() => Date.now());
  const [ids] = useState(() => targetsOf(workspace));
  const parsed = text.trim() === '' ? null : parseWhen(text, now);
  const until = (at: number | null): void => {
    onClose();
    void workspace.actions.snooze(ids, at);
  };
  return (
    <Dialog title={t('command.snooze')} size="small" onClose={onClose}>
      <form
        className="dialog-body snooze"
        onSubmit={(event) => {
          event.preventDefault();
          if (parsed !== null) until(parsed);
        }}
      >
        <input
          className="field"
          type="text"
          value={text}
          autoComplete="off"
          placeholder={t('snooze.placeholder')}
          aria-label={t('snooze.until')}
          onChange={(event) => setText(event.target.value)}
        />
        {text.trim() === '' ? (
          <ul className="snooze-times">
            {laterTimes(now).map(({ title, at }) => (
              <li key={title}>
                <button type="button" className="snooze-time" onClick={() => until(at)}>
                  <span>{t(title)}</span>
                  <time>{formats.moment(at, now)}</time>
                </button>
              </li>
            ))}
            <li>
              <button type="button" className="snooze-time" onClick={() => until(null)}>
                {t('snooze.wake')}
              </button>
            </li>
          </ul>
        ) : (
          <p className="snooze-parsed" role="status">
            {parsed === null ? t('snooze.notUnderstood') : t('snooze.enter', { time: formats.full(parsed) })}
          </p>
        )}
      </form>
    </Dialog>
  );
}
