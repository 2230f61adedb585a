import type { PersonRef } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';

/** The addresses and names one person goes by, each once. */
export function Identities({ identities }: { identities: readonly PersonRef[] }) {
  const t = useT();
  const lines = new Map(
    identities.map((one): [string, string] => {
      const address = (one.address ?? one.key).replace(/^(mailto|tel):/, '');
      const notes = [one.name === address ? '' : one.name, one.gone ? t('people.gone') : ''];
      return [address, notes.filter((note) => note !== '').join(' · ')];
    }),
  );
  return (
    <ul className="identities" aria-label={t('people.addresses')}>
      {[...lines].map(([address, name]) => (
        <li key={address}>
          <span className="truncate" dir="auto">
            {address}
          </span>
          <span className="truncate person-addresses" dir="auto">
            {name}
          </span>
        </li>
      ))}
    </ul>
  );
}
