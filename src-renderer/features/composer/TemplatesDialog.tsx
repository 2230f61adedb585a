import './templates.css';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { fold } from '../../../src-shared/text/fold.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** The person's own words, found by name or content; Enter puts the marked one in. */
export function TemplatesDialog({
  current,
  onChoose,
  onClose,
}: {
  /** What is written now, to be kept as a template. */
  current: string;
  onChoose: (text: string) => void;
  onClose: () => void;
}) {
  const t = useT();
  const { report } = useWorkspace();
  const settings = useFeature('session', (state) => state.settings);
  const change = useFeature('session', (state) => state.change);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const templates = settings?.templates ?? [];
  const wanted = fold(text.trim());
  const found = templates.filter((one) => fold(`${one.name} ${one.text}`).includes(wanted));
  const choose = (chosen: string): void => {
    onClose();
    onChoose(chosen);
  };
  const keep = (): void => {
    const name = text.trim() || (current.split('\n')[0] ?? '').slice(0, 60);
    change({ templates: [...templates, { id: crypto.randomUUID(), name, text: current }] }).catch(report);
    setText('');
  };
  return (
    <Dialog title={t('template.title')} size="small" onClose={onClose}>
      <div className="dialog-body templates">
        <input
          className="field"
          type="text"
          role="combobox"
          value={text}
          autoComplete="off"
          placeholder={t('template.find')}
          aria-label={t('template.find')}
          aria-expanded={found.length > 0}
          aria-controls="templates"
          aria-activedescendant={found[active] ? `template-${active}` : undefined}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={(event) => {
            const chosen = found[active];
            if (event.key === 'ArrowDown') setActive(Math.min(found.length - 1, active + 1));
            else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
            else if (event.key === 'Enter' && chosen) choose(chosen.text);
            else return;
            event.preventDefault();
          }}
        />
        <div id="templates" role="listbox" aria-label={t('template.title')} className="template-list">
          {found.map((one, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box, see aria-activedescendant
            // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the box chooses
            <div
              key={one.id}
              id={`template-${index}`}
              role="option"
              aria-selected={index === active}
              className="template"
              onClick={() => choose(one.text)}
            >
              <b dir="auto">{one.name}</b>
              <span className="truncate" dir="auto">
                {one.text}
              </span>
            </div>
          ))}
        </div>
        {templates.length === 0 ? <p className="template-none">{t('template.none')}</p> : null}
        {current.trim() === '' ? null : (
          <Button onClick={keep}>
            <Plus />
            {t('template.keep')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
