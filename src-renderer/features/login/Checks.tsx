import { CircleCheck, CircleX } from 'lucide-react';
import type { Check } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';

export function Checks({ checks }: { checks: readonly Check[] }) {
  const t = useT();
  return (
    <ul className="checks">
      {checks.map((check) => (
        <li key={check.name}>
          {check.ok ? (
            <CircleCheck className="is-good" aria-label={t('check.ok')} />
          ) : (
            <CircleX className="is-bad" aria-label={t('check.failed')} />
          )}
          <span>
            <strong>{check.name}</strong> {check.detail}
          </span>
        </li>
      ))}
    </ul>
  );
}
