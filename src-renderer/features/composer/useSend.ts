import { useFormats, useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { keepKeysDuring } from '../shell/ahead.ts';
import { focusPane, soon } from '../shell/focus.ts';
import { type Composer, conversationKey, threadKey } from './store.ts';

export interface SendChoice {
  readonly notBefore?: number;
  readonly archive?: boolean;
}
/** Sends, says so with a way back while there is one, and goes on. */
export function useSend(composer: Composer): (choice: SendChoice) => Promise<void> {
  const t = useT();
  const formats = useFormats();
  const workspace = useWorkspace();
  const { navigation, outbox, toasts, composer: store, report } = workspace;
  const send = async (choice: SendChoice): Promise<void> => {
    const { key } = composer;
    const from = document.activeElement;
    const written = store.getState().composers[key] ?? composer;
    const sent = await store.getState().send(key, choice);
    if (!sent) return;
    const conversation = workspace.conversation.getState();
    const view = conversation.shown?.view;
    const { thread = null } = written.composition;
    if (view && thread !== null && key === threadKey(thread)) {
      void store.getState().resumeThread({ ...view, hasDraft: false }, thread);
      void workspace.thread.getState().refresh();
    }
    if (view && key === conversationKey(view.id)) {
      // The next line of a chat can be written at once.
      void store.getState().resume({ ...view, hasDraft: false });
      // One sees what one said, wherever one was reading.
      if (!choice.archive && choice.notBefore === undefined) conversation.goToNewest().catch(report);
    }
    if (navigation.getState().writing === key) navigation.getState().write(null);
    const takeBack = (): Promise<void> => keepKeysDuring(recall());
    /** What is typed after the key for it is for what comes back. */
    const recall = async (): Promise<void> => {
      const { cancelled, draft } = await outbox.getState().cancel(sent.outbox);
      if (!cancelled) return void toasts.getState().show({ text: t('toast.tooLate'), tone: 'problem' });
      if (draft === null) return;
      store.getState().restore(written, draft);
      if (key.startsWith('new:')) navigation.getState().write(key);
      else navigation.getState().open(sent.conversation);
      soon(() => focusPane('composer'), { keepsKeys: true });
    };
    const left = sent.undoUntil - Date.now();
    const text =
      choice.notBefore === undefined
        ? t('toast.sending')
        : t('toast.sendLater', { time: formats.full(choice.notBefore) });
    if (left > 0) {
      workspace.undo.push(takeBack);
      toasts.getState().show({
        text,
        forMs: Math.min(left, 60_000),
        action: { label: t('action.undo'), run: () => void workspace.undo.take(takeBack).catch(report) },
      });
    } else toasts.getState().show({ text, forMs: 2_500 });
    // Whoever went on to something else meanwhile stays there.
    if (choice.archive && navigation.getState().conversation === sent.conversation) navigation.getState().close();
    const at = workspace.conversation.getState().id;
    if (key.startsWith('conversation') && at !== null && key !== conversationKey(at)) return;
    if (hasGoneOn(from)) return;
    if (key.startsWith('thread')) return void soon(() => focusPane('composer', '.thread-composer'));
    soon(
      () => (key.startsWith('conversation') && focusPane('composer')) || focusPane('conversation') || focusPane('list'),
    );
  };
  // What is typed meanwhile is for whatever has the focus afterwards; in what is being sent it would be lost.
  return async (choice) => {
    const { composers, attached } = store.getState();
    if (composers[composer.key]?.uploading.length) {
      toasts.getState().show({ text: t('toast.attaching'), forMs: 4_000 });
      // What could not be attached is said in the composer, and nothing leaves without it.
      if (!(await attached(composer.key))) return;
      // Thrown away meanwhile: what stands in its place was not told to go.
      if (store.getState().composers[composer.key]?.life !== composer.life) return;
    }
    await keepKeysDuring(send(choice));
  };
}

/** The focus was sent somewhere else by the person since it stood at `from`, and not only lost with what had it. */
function hasGoneOn(from: Element | null): boolean {
  const { activeElement, body } = document;
  if (activeElement === null || activeElement === body || activeElement === from) return false;
  return activeElement.closest('[data-pane="composer"]') === null;
}
