import './floating.css';
import { Minus } from 'lucide-react';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { accountOf, channelOf } from '../accounts/store.ts';
import { ComposerForm } from './ComposerForm.tsx';

/** A new message, beside whatever one is reading; on a narrow window it takes all of it. */
export function FloatingComposer() {
  const t = useT();
  const { composer: store } = useWorkspace();
  const key = useFeature('navigation', (state) => state.writing);
  const write = useFeature('navigation', (state) => state.write);
  const composer = useFeature('composer', (state) => (key === null ? undefined : state.composers[key]));
  const limits = useFeature('accounts', (state) => {
    const account = composer && accountOf(state, composer.composition.account);
    return account && channelOf(state, account.channel)?.send;
  });
  if (!composer || !limits) return null;
  const title = composer.kind === 'forward' ? t('command.forward') : t('compose.new');
  return (
    <section className="floating" data-pane="composer" aria-label={title} tabIndex={-1}>
      <header className="floating-head">
        <h2>{title}</h2>
        <IconButton
          label={t('compose.putAside')}
          keys="Esc"
          onClick={() => {
            void store.getState().flush();
            write(null);
          }}
        >
          <Minus />
        </IconButton>
      </header>
      <ComposerForm composer={composer} limits={limits} />
    </section>
  );
}
