import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import './imports.css';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ImportRow } from './ImportRow.tsx';

/** Archives into the database: a file picked or dropped, or a path on this computer. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { imports, error, start, startFile } = useFeature('imports', (state) => state);
  const [path, setPath] = useState('');
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const run = async (work: () => Promise<boolean>): Promise<void> => {
    setBusy(true);
    // What is typed meanwhile is the next one.
    if (await work()) setPath((now) => (now === path ? '' : now));
    setBusy(false);
  };
  return (
    <Dialog title={t('command.import')} onClose={onClose}>
      <div className="dialog-body import">
        <p className="login-text">{t('import.text')}</p>
        {window.carillon ? null : (
          <button type="button" className="import-drop" disabled={busy} onClick={() => picker.current?.click()}>
            <FileUp />
            <strong>{t('import.pick')}</strong>
            <span>{t('import.drop')}</span>
          </button>
        )}
        <input
          ref={picker}
          type="file"
          hidden
          aria-label={t('import.pick')}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) void run(() => startFile(file));
          }}
        />
        <form
          className="import-path"
          onSubmit={(event) => {
            event.preventDefault();
            if (path.trim() !== '') void run(() => start(path.trim()));
          }}
        >
          <label htmlFor="import-path">{t('import.path')}</label>
          <div>
            <input
              className="field"
              id="import-path"
              type="text"
              value={path}
              spellCheck={false}
              placeholder={t('import.pathHint')}
              onChange={(event) => setPath(event.target.value)}
            />
            <Button type="submit" tone="primary" disabled={busy || path.trim() === ''}>
              {t('import.start')}
            </Button>
          </div>
        </form>
        {error === null ? null : (
          <p className="login-error" role="alert">
            {error}
          </p>
        )}
        {imports.length > 0 ? (
          <ul className="imports" aria-label={t('import.list')}>
            {imports.map((one) => (
              <ImportRow key={one.id} view={one} />
            ))}
          </ul>
        ) : null}
      </div>
    </Dialog>
  );
}
