import { ArrowLeft, ChevronRight } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import './login.css';
import type { ChannelView } from '../../../src-shared/ipc/index.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { ChannelMark } from '../../ui/ChannelMark.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { accountOf, channelOf } from '../accounts/store.ts';
import { LoginResult } from './LoginResult.tsx';
import { LoginStepView } from './LoginStepView.tsx';
import { OtherWays } from './OtherWays.tsx';
import { RiskCard } from './RiskCard.tsx';

/** From the choice of a channel to a tested account; or, with `mend`, a new login for one that stopped working. */
export function AddAccount({
  mend,
  channel: given,
  onClose,
}: {
  mend: AccountId | null;
  channel: string | null;
  onClose: () => void;
}) {
  const t = useT();
  const { login, accounts } = useWorkspace();
  const { channel, flow, view, busy, error, doing, start, answer, cancel } = useFeature('login', (state) => state);
  const account = useFeature('accounts', (state) => accountOf(state, mend));
  const channels = useFeature('accounts', (state) => state.channels).filter((one) => one.logins.length > 0);
  const chosen = useFeature('accounts', (state) => channelOf(state, channel ?? ''));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    void accounts
      .getState()
      .loadChannels()
      .catch(() => undefined);
    if (mend !== null && account) void start(account.channel, { account: mend });
    else if (given !== null) void start(given);
    return () => login.getState().cancel();
  }, []);
  const again = (way: string | null): void => {
    if (channel === null) return;
    void start(channel, { ...(way === null ? {} : { flow: way }), ...(mend === null ? {} : { account: mend }) });
  };
  const ways = chosen?.logins.filter(({ id }) => id !== (flow ?? chosen.logins[0]?.id)) ?? [];
  const title = mend === null ? t('login.title') : t('login.mend', { account: account?.label ?? '' });
  const content = (): React.ReactNode => {
    if (channel === null) {
      return <Channels channels={channels} onChoose={(id) => void start(id)} />;
    }
    if (view?.account) return <LoginResult account={view.account} onClose={onClose} />;
    return (
      <div className="login">
        {view?.step ? (
          <LoginStepView key={view.step.id} step={view.step} busy={busy} onAnswer={(answers) => void answer(answers)} />
        ) : null}
        {busy && (doing !== null || !view?.step) ? (
          <p className="login-wait" role="status">
            {doing ?? t('login.working')}
          </p>
        ) : null}
        {error === null ? null : (
          <div className="login-error" role="alert">
            {error}
            <Button onClick={() => again(flow)}>{t('login.again')}</Button>
          </div>
        )}
        {busy ? null : <OtherWays key={flow} ways={ways} onChoose={again} />}
        {chosen && (view?.step?.error === undefined || view.step.show !== 'fields') ? (
          <RiskCard channel={chosen} />
        ) : null}
        {mend === null ? (
          <Button tone="quiet" className="login-back" onClick={cancel}>
            <ArrowLeft />
            {t('login.otherChannel')}
          </Button>
        ) : null}
      </div>
    );
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="dialog-body">{content()}</div>
    </Dialog>
  );
}

function Channels({ channels, onChoose }: { channels: readonly ChannelView[]; onChoose: (id: string) => void }) {
  const t = useT();
  const list = useRef<HTMLUListElement>(null);
  const known = channels.length > 0;
  // Also when one comes back to it, and where the channels are told of only when it is open.
  useLayoutEffect(() => {
    if (known) list.current?.querySelector('button')?.focus();
  }, [known]);
  return (
    <ul className="channels" ref={list}>
      {channels.map((one) => (
        <li key={one.id}>
          <button type="button" className="channel" data-first={true} onClick={() => onChoose(one.id)}>
            <span className="part-icon">
              <ChannelMark channel={one.id} />
            </span>
            <span className="channel-text">
              <strong>{one.name}</strong>
              <span>
                {one.logins[0]?.label}
                {one.logins.length > 1 ? ` · ${t('login.others', { count: one.logins.length - 1 })}` : null}
              </span>
            </span>
            <ChevronRight aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
