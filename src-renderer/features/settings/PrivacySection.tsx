import { X } from 'lucide-react';
import { useState } from 'react';
import type { Settings } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { HostLog } from './HostLog.tsx';
import { Setting } from './Setting.tsx';
import { useChange } from './useChange.ts';

export function PrivacySection({ settings }: { settings: Settings }) {
  const t = useT();
  const change = useChange();
  const [sender, setSender] = useState('');
  const allow = (): void => {
    const added = sender.trim().toLowerCase();
    if (added !== '' && !settings.remoteImagesFrom.includes(added))
      change({ remoteImagesFrom: [...settings.remoteImagesFrom, added] });
    setSender('');
  };
  return (
    <>
      <Setting title={t('settings.remoteImages')} text={t('settings.remoteImagesText')}>
        <Choice
          label={t('settings.remoteImages')}
          value={settings.remoteImages}
          onChange={(remoteImages) => change({ remoteImages })}
          options={[
            { value: 'ask', label: t('settings.ask') },
            { value: 'always', label: t('settings.always') },
          ]}
        />
      </Setting>
      <Setting tall title={t('settings.allowedSenders')}>
        {settings.remoteImagesFrom.length > 0 ? (
          <ul className="senders">
            {settings.remoteImagesFrom.map((one) => (
              <li className="recipient" key={one}>
                <span className="truncate">{one}</span>
                <button
                  type="button"
                  aria-label={t('settings.forbid', { sender: one })}
                  onClick={() =>
                    change({ remoteImagesFrom: settings.remoteImagesFrom.filter((other) => other !== one) })
                  }
                >
                  <X />
                </button>
              </li>
            ))}
          </ul>
        ) : null}
        <form
          className="setting-times"
          onSubmit={(event) => {
            event.preventDefault();
            allow();
          }}
        >
          <input
            className="field"
            type="text"
            inputMode="email"
            value={sender}
            aria-label={t('settings.allowSender')}
            placeholder={t('settings.allowSender')}
            onChange={(event) => setSender(event.target.value)}
          />
          <Button type="submit" disabled={sender.trim() === ''}>
            {t('settings.allow')}
          </Button>
        </form>
      </Setting>
      <HostLog />
    </>
  );
}
