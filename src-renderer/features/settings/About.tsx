import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AppInfo, Stats } from '../../../src-shared/ipc/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Doctor } from './Doctor.tsx';
import { Setting } from './Setting.tsx';

const keys: Record<AppInfo['keyStore'], Key> = {
  keychain: 'about.keychain',
  passphrase: 'about.passphrase',
  file: 'about.keyFile',
  'throw-away': 'about.throwAway',
};

/** Where the key is not safe; the first of the hub's warnings says the same in English, for scripts. */
const unsafe: Partial<Record<AppInfo['keyStore'], Key>> = {
  file: 'about.fileWarning',
  'throw-away': 'about.trialWarning',
};

/** What this is, where it keeps things, and what it has. */
export function About() {
  const t = useT();
  const formats = useFormats();
  const { client, report } = useWorkspace();
  const info = useFeature('session', (state) => state.info);
  const [stats, setStats] = useState<Stats | null>(null);
  useEffect(() => {
    client.call('app.stats', {}).then(setStats, report);
  }, [client, report]);
  if (!info) return null;
  const ours = unsafe[info.keyStore];
  const warnings = ours === undefined ? info.warnings : [t(ours), ...info.warnings.slice(1)];
  const facts: readonly (readonly [string, string])[] = [
    [t('about.version'), info.version],
    [t('about.profile'), info.profile],
    [t('about.key'), t(keys[info.keyStore])],
    ...(stats
      ? ([
          [t('about.messages'), formats.number(stats.messages)],
          [t('about.conversations'), formats.number(stats.conversations)],
          [t('about.attachments'), formats.number(stats.attachments)],
          [t('about.database'), formats.bytes(stats.databaseBytes)],
        ] as const)
      : []),
  ];
  return (
    <>
      {warnings.map((warning) => (
        <p className="about-warning" key={warning}>
          <TriangleAlert aria-hidden="true" />
          {warning}
        </p>
      ))}
      <Setting tall title="Carillon" words={t('settings.about')}>
        <dl className="about">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className="setting-help">{t('about.private')}</p>
      </Setting>
      <Doctor />
    </>
  );
}
