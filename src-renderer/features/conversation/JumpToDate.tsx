import './jump.css';
import { useState } from 'react';
import { useFormats, useT } from '../../i18n/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { parseDay } from './day.ts';

/** A day of a conversation or a list, typed in words or picked from a calendar. */
export function JumpToDate({ onGo, onClose }: { onGo: (day: number) => void; onClose: () => void }) {
  const t = useT();
  const formats = useFormats();
  const [text, setText] = useState('');
  const [now] = useState(() => Date.now());
  const at = parseDay(text, now);
  const go = (day: number): void => {
    onClose();
    onGo(day);
  };
  return (
    <Dialog title={t('jump.title')} size="small" onClose={onClose}>
      <form
        className="dialog-body jump"
        onSubmit={(event) => {
          event.preventDefault();
          if (at !== null) go(at);
        }}
      >
        <input
          className="field"
          type="text"
          value={text}
          autoComplete="off"
          placeholder={t('jump.placeholder')}
          aria-label={t('jump.label')}
          onChange={(event) => setText(event.target.value)}
        />
        <input
          className="field"
          type="date"
          aria-label={t('jump.pick')}
          onChange={(event) => {
            const picked = event.target.valueAsDate;
            if (picked) setText(event.target.value);
          }}
        />
        <div className="jump-foot">
          <span role="status">{at === null ? '' : formats.date(at)}</span>
          <Button tone="primary" type="submit" disabled={at === null}>
            {t('jump.go')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
