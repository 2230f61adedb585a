import { useEffect, useRef, useState } from 'react';
import type { PersonView } from '../../../../src-shared/ipc/index.ts';
import { useT } from '../../../i18n/react.ts';
import { useWorkspace } from '../../../state/context.tsx';

const saveAfterMs = 600;

/** What one wants to remember of a person; kept as one types, seen by nobody else. */
export function Notes({ person }: { person: PersonView }) {
  const t = useT();
  const { client, report } = useWorkspace();
  const [text, setText] = useState(person.note);
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; save: () => void } | null>(null);
  const change = (next: string): void => {
    setText(next);
    const save = (): void => {
      clearTimeout(waiting.current?.timer);
      waiting.current = null;
      client.call('people.note', { person: person.id, text: next }).catch(report);
    };
    clearTimeout(waiting.current?.timer);
    waiting.current = { timer: setTimeout(save, saveAfterMs), save };
  };
  useEffect(() => () => waiting.current?.save(), []);
  return (
    <section>
      <h3 id="notes">{t('details.notes')}</h3>
      <textarea
        className="field"
        rows={3}
        dir="auto"
        value={text}
        placeholder={t('details.notesHint')}
        aria-labelledby="notes"
        onChange={(event) => change(event.target.value)}
        onBlur={() => waiting.current?.save()}
      />
    </section>
  );
}
