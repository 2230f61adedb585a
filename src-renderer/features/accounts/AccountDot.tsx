import type { AccountView } from '../../../src-shared/ipc/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useT } from '../../i18n/react.ts';

type Tone = 'good' | 'busy' | 'off' | 'needs';
/** What an account's connection is, in one word and one colour. Never "online" unless it is. */
export function connectionOf(account: AccountView): { tone: Tone; text: Key } {
  if (account.paused) return { tone: 'off', text: 'state.paused' };
  switch (account.state.is) {
    case 'online':
      return account.backfill?.running
        ? { tone: 'busy', text: 'state.catchingUp' }
        : { tone: 'good', text: 'state.online' };
    case 'connecting':
      return { tone: 'busy', text: 'state.connecting' };
    case 'offline':
      return { tone: 'off', text: 'state.offline' };
    case 'needs-login':
      return { tone: 'needs', text: 'state.needsLogin' };
    case 'failed':
      return { tone: 'needs', text: 'state.failed' };
  }
}
export function AccountDot({ account }: { account: AccountView }) {
  const t = useT();
  const { tone, text } = connectionOf(account);
  return (
    <span className={`state-dot state-${tone}`} title={t(text)}>
      <span className="visually-hidden">{t(text)}</span>
    </span>
  );
}
