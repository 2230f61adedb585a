import { useEffect, useRef, useState } from 'react';
import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { focusPane, soon } from '../shell/focus.ts';

/** A message of one's own, open for writing where it stands. Enter keeps the change, Esc leaves it as it was. */
export function EditInPlace({ message }: { message: MessageView }) {
  const t = useT();
  const { client, conversation, reader, report } = useWorkspace();
  const at = message.parts.findIndex((part) => part.kind === 'text');
  const part = message.parts[at];
  const was = part?.kind === 'text' ? part : null;
  const [text, setText] = useState(was?.text ?? '');
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = area.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);
  const close = (): void => {
    reader.getState().set({ editing: null });
    soon(() => focusPane('composer') || focusPane('conversation'));
  };
  const save = (): void => {
    close();
    if (!was || text.trim() === '' || text === was.text) return;
    const { change } = conversation.getState();
    const format = was.format;
    const edited = { at: Date.now(), versions: (message.edited?.versions ?? 1) + 1 };
    change(
      message.id,
      (shown) => ({ ...shown, parts: shown.parts.with(at, { kind: 'text', format, text }), edited }),
      client.call('act.edit', { message: message.id, text, format }),
      (shown) => ({ ...shown, parts: message.parts, edited: message.edited }),
    ).catch(report);
  };
  return (
    <form
      className="edit-in-place"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        ref={area}
        className="field"
        dir="auto"
        rows={Math.min(12, text.split('\n').length)}
        value={text}
        aria-label={t('message.editLabel')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') close();
          else if (event.key === 'Enter' && !event.shiftKey) save();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <div className="edit-foot">
        <Button onClick={close}>{t('action.cancel')}</Button>
        <Button tone="primary" type="submit">
          {t('message.editSave')}
        </Button>
      </div>
    </form>
  );
}
