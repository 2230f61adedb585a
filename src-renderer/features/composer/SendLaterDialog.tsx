import { useState } from 'react';
import { useFormats, useT } from '../../i18n/react.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { parseWhen } from '../actions/when.ts';

/** When a message goes out, in words: "tomorrow 9", "w piątek". */
export function SendLaterDialog({ onChoose, onClose }: { onChoose: (at: number) => void; onClose: () => void }) {
  const t = useT();
  const formats = useFormats();
  const [text, setText] = useState('');
  const [now] = useState(() => Date.now());
  const at = text.trim() === '' ? null : parseWhen(text, now);
  return (
    <Dialog title={t('compose.later')} size="small" onClose={onClose}>
      <form
        className="dialog-body snooze"
        onSubmit={(event) => {
          event.preventDefault();
          // React lets the event through to the composer the dialog belongs to.
          event.stopPropagation();
          if (at === null) return;
          onClose();
          onChoose(at);
        }}
      >
        <input
          className="field"
          type="text"
          value={text}
          autoComplete="off"
          placeholder={t('snooze.placeholder')}
          aria-label={t('compose.laterWhen')}
          onChange={(event) => setText(event.target.value)}
        />
        <p className="snooze-parsed" role="status">
          {at === null ? t('snooze.notUnderstood') : t('compose.laterEnter', { time: formats.full(at) })}
        </p>
      </form>
    </Dialog>
  );
}
