import {
  Archive,
  BellRing,
  Info,
  Keyboard,
  Palette as Paint,
  PenLine,
  Search,
  ShieldCheck,
  SlidersHorizontal,
  Users,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import './settings.css';
import type { Settings } from '../../../src-shared/ipc/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { SettingsSection } from '../navigation/store.ts';
import { KeysSection } from '../palette/KeysSection.tsx';
import { About } from './About.tsx';
import { AccountsSection } from './AccountsSection.tsx';
import { ArchivesSection } from './ArchivesSection.tsx';
import { GeneralSection } from './GeneralSection.tsx';
import { NotificationsSection } from './NotificationsSection.tsx';
import { PrivacySection } from './PrivacySection.tsx';
import { LooksSection, WritingSection } from './Sections.tsx';
import { LookingFor } from './search.tsx';

interface Section {
  readonly id: SettingsSection;
  readonly title: Key;
  readonly icon: typeof Info;
  readonly show: (settings: Settings) => ReactNode;
}
const sections: readonly Section[] = [
  {
    id: 'general',
    title: 'settings.general',
    icon: SlidersHorizontal,
    show: (settings) => <GeneralSection settings={settings} />,
  },
  { id: 'accounts', title: 'settings.accounts', icon: Users, show: () => <AccountsSection /> },
  { id: 'looks', title: 'settings.looks', icon: Paint, show: (settings) => <LooksSection settings={settings} /> },
  { id: 'keys', title: 'settings.keys', icon: Keyboard, show: (settings) => <KeysSection settings={settings} /> },
  {
    id: 'notifications',
    title: 'settings.notifications',
    icon: BellRing,
    show: (settings) => <NotificationsSection settings={settings} />,
  },
  {
    id: 'writing',
    title: 'settings.writing',
    icon: PenLine,
    show: (settings) => <WritingSection settings={settings} />,
  },
  {
    id: 'privacy',
    title: 'settings.privacy',
    icon: ShieldCheck,
    show: (settings) => <PrivacySection settings={settings} />,
  },
  { id: 'archives', title: 'settings.archives', icon: Archive, show: () => <ArchivesSection /> },
  { id: 'about', title: 'settings.about', icon: Info, show: () => <About /> },
];

/** All settings, section by section, or those that have what is looked for. */
export function SettingsDialog({ section: first, onClose }: { section: SettingsSection; onClose: () => void }) {
  const t = useT();
  const [section, setSection] = useState(first);
  const [text, setText] = useState('');
  const settings = useFeature('session', (state) => state.settings);
  const looking = text.trim() !== '';
  return (
    <Dialog title={t('command.settings')} size="large" onClose={onClose}>
      <div className="settings">
        <nav className="settings-nav" aria-label={t('settings.sections')}>
          <label className="settings-search">
            <Search aria-hidden="true" />
            <input
              type="text"
              value={text}
              autoComplete="off"
              spellCheck={false}
              dir="auto"
              placeholder={t('settings.search')}
              aria-label={t('settings.search')}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          {sections.map(({ id, title, icon: Icon }) => (
            <button
              key={id}
              type="button"
              className="rail-entry"
              aria-current={id === section && !looking ? 'page' : undefined}
              onClick={() => {
                setSection(id);
                setText('');
              }}
            >
              <span className="rail-icon">
                <Icon />
              </span>
              <span className="rail-text">{t(title)}</span>
            </button>
          ))}
        </nav>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
        <div className="settings-body" data-looking={looking} tabIndex={0}>
          <LookingFor text={text}>
            {settings
              ? sections
                  .filter(({ id }) => looking || id === section)
                  .map(({ id, title, show }) => (
                    <section key={id} className="settings-section">
                      <h3>{t(title)}</h3>
                      {show(settings)}
                    </section>
                  ))
              : null}
          </LookingFor>
          <p className="setting-help settings-none">{t('settings.nothing')}</p>
        </div>
      </div>
    </Dialog>
  );
}
