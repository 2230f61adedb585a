import { Archive, AtSign, Eye, Lock } from 'lucide-react';
import { useState } from 'react';
import './welcome.css';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Bell } from '../../ui/Bell.tsx';
import { lookAround } from '../login/demo.ts';

/** The first thing a person sees: three ways in, none of which sends anything anywhere unasked. */
export function Welcome() {
  const t = useT();
  const workspace = useWorkspace();
  const [starting, setStarting] = useState(false);
  const show = useFeature('navigation', (state) => state.show);
  const look = async (): Promise<void> => {
    setStarting(true);
    await lookAround(workspace).catch(workspace.report);
    setStarting(false);
  };
  return (
    <main className="welcome">
      <Bell size={56} />
      <h1>{t('welcome.title')}</h1>
      <p className="welcome-text">{t('welcome.text')}</p>
      <div className="welcome-ways">
        <button
          type="button"
          className="way way-first"
          onClick={() => show({ is: 'add-account', mend: null, channel: null })}
        >
          <AtSign />
          <strong>{t('command.addAccount')}</strong>
          <span>{t('welcome.addText')}</span>
        </button>
        <button type="button" className="way" onClick={() => show({ is: 'import' })}>
          <Archive />
          <strong>{t('command.import')}</strong>
          <span>{t('welcome.importText')}</span>
        </button>
        <button type="button" className="way" disabled={starting} onClick={() => void look()}>
          <Eye />
          <strong>{t(starting ? 'welcome.looking' : 'welcome.look')}</strong>
          <span>{t('welcome.lookText')}</span>
        </button>
      </div>
      <p className="welcome-foot">
        <Lock aria-hidden="true" />
        {t('welcome.private')}
      </p>
    </main>
  );
}
