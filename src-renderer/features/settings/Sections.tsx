import { X } from 'lucide-react';
import { useState } from 'react';
import type { Settings } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Setting, Toggle } from './Setting.tsx';

function useChange(): (patch: Partial<Settings>) => void {
  const { report } = useWorkspace();
  const change = useFeature('session', (state) => state.change);
  return (patch) => void change(patch).catch(report);
}

export function LooksSection({ settings }: { settings: Settings }) {
  const t = useT();
  const change = useChange();
  return (
    <>
      <h3>{t('settings.looks')}</h3>
      <Setting title={t('settings.theme')}>
        <Choice
          label={t('settings.theme')}
          value={settings.theme}
          onChange={(theme) => change({ theme })}
          options={[
            { value: 'system', label: t('settings.bySystem') },
            { value: 'light', label: t('settings.light') },
            { value: 'dark', label: t('settings.dark') },
          ]}
        />
      </Setting>
      <Setting title={t('settings.density')}>
        <Choice
          label={t('settings.density')}
          value={settings.density}
          onChange={(density) => change({ density })}
          options={[
            { value: 'comfortable', label: t('settings.comfortable') },
            { value: 'compact', label: t('settings.compact') },
          ]}
        />
      </Setting>
      <Setting title={t('settings.language')}>
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
    </>
  );
}

export function ReadingSection({ settings }: { settings: Settings }) {
  const t = useT();
  const change = useChange();
  return (
    <>
      <h3>{t('settings.reading')}</h3>
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
      {settings.remoteImagesFrom.length > 0 ? (
        <Setting title={t('settings.allowedSenders')}>
          <ul className="senders">
            {settings.remoteImagesFrom.map((sender) => (
              <li className="recipient" key={sender}>
                <span className="truncate">{sender}</span>
                <button
                  type="button"
                  aria-label={t('settings.forbid', { sender })}
                  onClick={() =>
                    change({ remoteImagesFrom: settings.remoteImagesFrom.filter((one) => one !== sender) })
                  }
                >
                  <X />
                </button>
              </li>
            ))}
          </ul>
        </Setting>
      ) : null}
      <Toggle
        title={t('settings.receipts')}
        text={t('settings.receiptsText')}
        on={settings.sendReadReceipts}
        onChange={(sendReadReceipts) => change({ sendReadReceipts })}
      />
      <Toggle
        title={t('settings.notifications')}
        text={t('settings.notificationsText')}
        on={settings.notifications}
        onChange={(notifications) => change({ notifications })}
      />
    </>
  );
}

const undoChoices = ['0', '5', '10', '20', '30'] as const;
export function WritingSection({ settings }: { settings: Settings }) {
  const t = useT();
  const change = useChange();
  const [signature, setSignature] = useState(settings.signature);
  const undo = undoChoices.find((seconds) => Number(seconds) === settings.undoSendSeconds) ?? '10';
  return (
    <>
      <h3>{t('settings.writing')}</h3>
      <Setting title={t('settings.undo')} text={t('settings.undoText')}>
        <Choice
          label={t('settings.undo')}
          value={undo}
          onChange={(seconds) => change({ undoSendSeconds: Number(seconds) })}
          options={undoChoices.map((value) => ({
            value,
            label: value === '0' ? t('settings.off') : t('time.seconds', { count: Number(value) }),
          }))}
        />
      </Setting>
      <div className="setting setting-tall">
        <label className="setting-title" htmlFor="signature">
          {t('settings.signature')}
        </label>
        <textarea
          id="signature"
          className="field"
          rows={4}
          dir="auto"
          value={signature}
          onChange={(event) => setSignature(event.target.value)}
          onBlur={() => signature !== settings.signature && change({ signature })}
        />
      </div>
    </>
  );
}
