import { useState } from 'react';
import type { Settings } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { Choice } from '../../ui/Choice.tsx';
import { SignaturesSetting, TemplatesSetting } from '../composer/WritingSettings.tsx';
import { Setting } from './Setting.tsx';
import { useChange } from './useChange.ts';

export function LooksSection({ settings }: { settings: Settings }) {
  const t = useT();
  const change = useChange();
  return (
    <>
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
      <Setting tall title={t('settings.signature')}>
        <textarea
          className="field"
          rows={4}
          dir="auto"
          aria-label={t('settings.signature')}
          value={signature}
          onChange={(event) => setSignature(event.target.value)}
          onBlur={() => signature !== settings.signature && change({ signature })}
        />
      </Setting>
      <SignaturesSetting settings={settings} change={change} />
      <TemplatesSetting settings={settings} change={change} />
    </>
  );
}
