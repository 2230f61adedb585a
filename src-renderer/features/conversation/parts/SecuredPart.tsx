import { KeyRound, Lock, ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import type { PartOf } from '../../../../src-shared/model/index.ts';
import type { Key } from '../../../i18n/index.ts';
import { useT } from '../../../i18n/react.ts';

const whats = {
  signed: 'secured.signed',
  encrypted: 'secured.encrypted',
  'signed-or-encrypted': 'secured.either',
  key: 'secured.key',
} as const satisfies Record<PartOf<'secured'>['what'], Key>;
const verdicts = {
  'not-checked': 'secured.notChecked',
  valid: 'secured.valid',
  invalid: 'secured.invalid',
} as const satisfies Record<PartOf<'secured'>['verified'], Key>;

/** What cryptography is around the message, told as it is: nothing is called verified that nobody checked. */
export function SecuredPart({ part }: { part: PartOf<'secured'> }) {
  const t = useT();
  const icons = { 'not-checked': ShieldQuestion, valid: ShieldCheck, invalid: ShieldAlert };
  const Icon = part.what === 'key' ? KeyRound : part.what === 'encrypted' ? Lock : icons[part.verified];
  return (
    <p className="secured" data-verdict={part.verified}>
      <Icon aria-hidden="true" />
      {t(whats[part.what], { scheme: part.scheme === 'smime' ? 'S/MIME' : 'OpenPGP' })}
      {part.what === 'key' ? '' : ` · ${t(verdicts[part.verified])}`}
    </p>
  );
}
