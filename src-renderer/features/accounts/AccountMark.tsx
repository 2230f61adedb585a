import type { AccountView } from '../../../src-shared/ipc/index.ts';
import { initialsOf } from '../../ui/Avatar.tsx';
import { signOf } from '../../ui/ChannelMark.tsx';
import { colourOf } from './colour.ts';

/**
 * An account's square in its colour, with the sign of its network: one address is often the name of several accounts. All of
 * the demo world is one channel, so there letters tell them apart. Decorative.
 */
export function AccountMark({ account }: { account: AccountView }) {
  const Sign = account.channel === 'demo' ? undefined : signOf(account.channel);
  return (
    <span className="account-mark" aria-hidden="true" style={{ '--account': colourOf(account) } as React.CSSProperties}>
      {Sign ? <Sign /> : initialsOf(account.label).slice(0, 1)}
    </span>
  );
}
