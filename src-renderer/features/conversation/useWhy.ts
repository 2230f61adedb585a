import type { ConversationView, MessageView } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { accountOf, channelOf } from '../accounts/store.ts';
import { type MessageAction, whyNot } from './why.ts';

/** In words, why something cannot be done to a message; undefined where it can. */
export function useWhy(view: ConversationView): (action: MessageAction, message: MessageView) => string | undefined {
  const t = useT();
  const channel = useFeature('accounts', (state) => channelOf(state, view.channel));
  const account = useFeature('accounts', (state) => accountOf(state, view.account));
  return (action, message) => {
    const why = whyNot(action, message, { view, channel, account, now: Date.now() });
    return why ? t(why.key, why.values) : undefined;
  };
}
