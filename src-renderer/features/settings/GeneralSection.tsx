import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { SavedSearch, Settings } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { DesktopSettings } from '../desktop/DesktopSettings.tsx';
import { Setting, Toggle } from './Setting.tsx';
import { useChange } from './useChange.ts';

export function GeneralSection({ settings }: { settings: Settings }) {
  const t = useT();
  const change = useChange();
  return (
    <>
      <Setting title={t('settings.language')} words="language język">
        <Choice
          label={t('settings.language')}
          value={settings.language}
          onChange={(language) => change({ language })}
          options={[
            { value: 'system', label: t('settings.bySystem') },
            { value: 'en', label: 'English' },
            { value: 'pl', label: 'Polski' },
          ]}
        />
      </Setting>
      <Toggle
        title={t('settings.unified')}
        text={t('settings.unifiedText')}
        on={settings.unified}
        onChange={(unified) => change({ unified })}
      />
      <Toggle
        title={t('settings.receipts')}
        text={t('settings.receiptsText')}
        on={settings.sendReadReceipts}
        onChange={(sendReadReceipts) => change({ sendReadReceipts })}
      />
      <DesktopSettings />
      <Setting tall title={t('settings.savedSearches')} text={t('settings.savedSearchesText')}>
        {settings.savedSearches.length === 0 ? null : (
          <ul className="setting-list">
            {settings.savedSearches.map((saved) => (
              <Saved
                key={saved.id}
                saved={saved}
                onChange={(next) =>
                  change({
                    savedSearches: settings.savedSearches.flatMap((one) =>
                      one.id !== saved.id ? [one] : next ? [next] : [],
                    ),
                  })
                }
              />
            ))}
          </ul>
        )}
      </Setting>
      {settings.recentSearches.length > 0 ? (
        <Setting title={t('settings.recentSearches')}>
          <Button onClick={() => change({ recentSearches: [] })}>{t('settings.forget')}</Button>
        </Setting>
      ) : null}
    </>
  );
}

function Saved({ saved, onChange }: { saved: SavedSearch; onChange: (saved: SavedSearch | null) => void }) {
  const t = useT();
  const [name, setName] = useState(saved.name);
  const keep = (): void => {
    if (name.trim() === '') setName(saved.name);
    else if (name !== saved.name) onChange({ ...saved, name: name.trim() });
  };
  return (
    <li>
      <input
        className="field"
        type="text"
        dir="auto"
        value={name}
        maxLength={200}
        aria-label={t('settings.savedName', { name: saved.text })}
        onChange={(event) => setName(event.target.value)}
        onBlur={keep}
      />
      <span className="setting-help truncate" dir="auto">
        {saved.text}
      </span>
      <IconButton label={t('settings.removeSaved', { name: saved.name })} onClick={() => onChange(null)}>
        <Trash2 />
      </IconButton>
    </li>
  );
}
