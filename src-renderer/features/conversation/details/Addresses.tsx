import { Copy } from 'lucide-react';
import type { PersonRef } from '../../../../src-shared/ipc/index.ts';
import { useT } from '../../../i18n/react.ts';
import { useWorkspace } from '../../../state/context.tsx';

const addressOf = (one: PersonRef): string => (one.address ?? one.key).replace(/^(mailto|tel):/, '');

/** All the ways there are to reach someone; pressing one copies it. */
export function Addresses({ identities }: { identities: readonly PersonRef[] }) {
  const t = useT();
  const { toasts, report } = useWorkspace();
  const addresses = [...new Set(identities.map(addressOf))];
  const copy = (text: string): void => {
    navigator.clipboard
      .writeText(text)
      .then(() => void toasts.getState().show({ text: t('message.copied'), forMs: 2_000 }), report);
  };
  return (
    <ul className="details-addresses">
      {addresses.map((address) => (
        <li key={address}>
          <button
            type="button"
            className="details-entry"
            aria-label={t('details.copy', { address })}
            onClick={() => copy(address)}
          >
            <span className="truncate" dir="ltr">
              {address}
            </span>
            <Copy aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
