import { BadgeCheck, HardDrive, ShieldAlert, ShieldCheck } from 'lucide-react';
import type { RiskCard as Risk } from '../../../src-shared/channel.ts';
import type { ChannelView } from '../../../src-shared/ipc/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useT } from '../../i18n/react.ts';

const officials = {
  'open-standard': { icon: ShieldCheck, text: 'risk.openStandard' },
  'official-api': { icon: BadgeCheck, text: 'risk.officialApi' },
  unofficial: { icon: ShieldAlert, text: 'risk.unofficial' },
  local: { icon: HardDrive, text: 'risk.local' },
} as const satisfies Record<Risk['official'], { icon: unknown; text: Key }>;
const encryptions = {
  transport: 'risk.transport',
  'end-to-end-kept': 'risk.endToEndKept',
  'end-to-end-ends-here': 'risk.endToEndEnds',
  none: 'risk.noEncryption',
} as const satisfies Record<Risk['encryption'], Key>;

/** What a person should know before giving a channel their password. */
export function RiskCard({ channel }: { channel: ChannelView }) {
  const t = useT();
  const { risk } = channel;
  const { icon: Icon, text } = officials[risk.official];
  return (
    <details className="risk" open={risk.official === 'unofficial'}>
      <summary>
        <Icon aria-hidden="true" />
        {t(text)}
      </summary>
      <ul>
        {risk.needs.map((need) => (
          <li key={need}>{t('risk.needs', { what: need })}</li>
        ))}
        {risk.cannot.map((lack) => (
          <li key={lack}>{t('risk.cannot', { what: lack })}</li>
        ))}
        <li>{t(encryptions[risk.encryption])}</li>
        {risk.limits ? <li>{risk.limits}</li> : null}
      </ul>
    </details>
  );
}
