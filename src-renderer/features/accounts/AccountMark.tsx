import type { AccountView } from '../../../src-shared/ipc/index.ts';
import { initialsOf } from '../../ui/Avatar.tsx';
import { colourOf } from './colour.ts';

/** An account's square in its colour, with its first letter. Decorative. */
export function AccountMark({ account }: { account: AccountView }) {
  return (
    <span className="account-mark" aria-hidden="true" style={{ '--account': colourOf(account) } as React.CSSProperties}>
      {initialsOf(account.label).slice(0, 1)}
    </span>
  );
}
