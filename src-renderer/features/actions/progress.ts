import type { StoreApi } from 'zustand/vanilla';
import type { TriageView } from '../../../src-shared/ipc/index.ts';
import type { Client } from '../../client/index.ts';
import type { I18n, Key } from '../../i18n/index.ts';
import type { ToastsState } from '../toasts/store.ts';

interface Parts {
  readonly client: Client;
  readonly i18n: I18n;
  readonly toasts: StoreApi<ToastsState>;
}
const over = (state: TriageView['state']): boolean => state !== 'running' && state !== 'undoing';

/** Shows how far an action over many has come, with a way to stop it, until it ends. */
export function followTriage({ client, i18n, toasts }: Parts, begun: TriageView, said: Key): Promise<TriageView> {
  const text = ({ done, total }: TriageView): string => i18n.t(said, { done, total });
  const stop = () => void client.call('triage.cancel', { triage: begun.triage }).catch(() => undefined);
  return new Promise((resolve) => {
    const toast = toasts.getState().show({
      text: text(begun),
      progress: begun.total === 0 ? 0 : begun.done / begun.total,
      forMs: Number.POSITIVE_INFINITY,
      ...(begun.state === 'running' ? { action: { label: i18n.t('action.stop'), run: stop } } : {}),
    });
    const end = (view: TriageView): void => {
      stopHub();
      stopTriage();
      toasts.getState().dismiss(toast);
      resolve(view);
    };
    const stopTriage = client.on('triage', (view) => {
      if (view.triage !== begun.triage) return;
      if (over(view.state)) end(view);
      else toasts.getState().update(toast, { text: text(view), progress: view.done / view.total });
    });
    // Nothing more is heard of it when the hub goes; what it did stays, and shows once it is back.
    const stopHub = client.on('hub', ({ is }) => {
      if (is === 'down') end(begun);
    });
  });
}
