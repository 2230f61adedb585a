import './addresses.css';
import type { SendLimits } from '../../../src-shared/model/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { AccountMark } from '../accounts/AccountMark.tsx';
import { accountOf } from '../accounts/store.ts';
import type { Composer } from './store.ts';

/** An address or a number tells identities apart; a network's own key says nothing to the person. */
function wordsFor({ key, name }: { key: string; name?: string }): string {
  const address = key.replace(/^(mailto|tel):/, '');
  if (!name) return address;
  return /^[^\s@]+@[^\s@]+$|^\+\d+$/.test(address) ? `${name} <${address}>` : name;
}

/** Through which channel and as whom this goes out, in words, before anything is sent. */
export function FromLine({ composer, limits }: { composer: Composer; limits: SendLimits }) {
  const t = useT();
  const { composition, key } = composer;
  const accounts = useFeature('accounts', (state) => state.accounts) ?? [];
  const account = useFeature('accounts', (state) => accountOf(state, composition.account));
  const channels = useFeature('accounts', (state) => state.channels);
  const channel = channels.find((one) => one.id === account?.channel);
  const edit = useFeature('composer', (state) => state.edit);
  if (!account) return null;
  const free = composition.conversation === null;
  // A new message may go out of any account whose channel takes recipients; an answer stays in its own.
  const choices = (free ? accounts : [account]).filter(
    (one) => one.id === account.id || channels.some((other) => other.id === one.channel && other.send.recipients),
  );
  const options = choices.flatMap((one) => {
    const identities = one.identities.length > 0 ? one.identities : [{ key: one.key }];
    return identities.map((identity) => {
      return { value: `${one.id} ${identity.key}`, label: wordsFor(identity), account: one.id, identity: identity.key };
    });
  });
  const value = `${composition.account} ${composition.from ?? account.identities[0]?.key ?? account.key}`;
  const current = options.find((option) => option.value === value) ?? options[0];
  if (limits.style === 'chat' && options.length < 2) {
    return (
      <p className="compose-from compose-from-words">
        <AccountMark account={account} />
        {t('compose.asThrough', { name: current?.label ?? account.label, channel: account.label })}
      </p>
    );
  }
  return (
    <div className="compose-from">
      <span className="compose-role">{t('compose.from')}</span>
      <AccountMark account={account} />
      {options.length > 1 ? (
        <Choice
          quiet
          label={t('compose.from')}
          value={current?.value ?? value}
          options={options}
          onChange={(next) => {
            const chosen = options.find((option) => option.value === next);
            if (chosen) edit(key, { account: chosen.account, from: chosen.identity });
          }}
        />
      ) : (
        <span className="truncate">{current?.label}</span>
      )}
      <span className="compose-channel">{t('compose.through', { channel: channel?.name ?? account.label })}</span>
    </div>
  );
}
