import { Info, Mail, Palette as Paint, PenLine, Users } from 'lucide-react';
import { useState } from 'react';
import './settings.css';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { SettingsSection } from '../navigation/store.ts';
import { About } from './About.tsx';
import { AccountsSection } from './AccountsSection.tsx';
import { LooksSection, ReadingSection, WritingSection } from './Sections.tsx';

const sections = [
  { id: 'accounts', title: 'settings.accounts', icon: Users },
  { id: 'looks', title: 'settings.looks', icon: Paint },
  { id: 'privacy', title: 'settings.reading', icon: Mail },
  { id: 'writing', title: 'settings.writing', icon: PenLine },
  { id: 'about', title: 'settings.about', icon: Info },
] as const satisfies readonly { id: SettingsSection; title: string; icon: unknown }[];

export function SettingsDialog({ section: first, onClose }: { section: SettingsSection; onClose: () => void }) {
  const t = useT();
  const [section, setSection] = useState(first);
  const settings = useFeature('session', (state) => state.settings);
  return (
    <Dialog title={t('command.settings')} size="large" onClose={onClose}>
      <div className="settings">
        <nav className="settings-nav" aria-label={t('settings.sections')}>
          {sections.map(({ id, title, icon: Icon }) => (
            <button
              key={id}
              type="button"
              className="rail-entry"
              aria-current={id === section ? 'page' : undefined}
              onClick={() => setSection(id)}
            >
              <span className="rail-icon">
                <Icon />
              </span>
              <span className="rail-text">{t(title)}</span>
            </button>
          ))}
        </nav>
        <div className="settings-body">
          {section === 'accounts' ? <AccountsSection /> : null}
          {section === 'looks' && settings ? <LooksSection settings={settings} /> : null}
          {section === 'privacy' && settings ? <ReadingSection settings={settings} /> : null}
          {section === 'writing' && settings ? <WritingSection settings={settings} /> : null}
          {section === 'about' ? <About /> : null}
        </div>
      </div>
    </Dialog>
  );
}
