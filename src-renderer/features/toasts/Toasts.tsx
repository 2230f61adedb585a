import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import './toasts.css';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import type { ToastMessage } from './store.ts';

/** Short news at the foot of the window; read out politely, problems at once. */
export function Toasts() {
  const t = useT();
  const toasts = useFeature('toasts', (state) => state.toasts);
  return (
    <section className="toasts" aria-live="polite" aria-label={t('toast.region')}>
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function Toast({ toast }: { toast: ToastMessage }) {
  const t = useT();
  const dismiss = useFeature('toasts', (state) => state.dismiss);
  const [held, hold] = useState(false);
  useEffect(() => {
    if (held || !Number.isFinite(toast.forMs)) return;
    const timer = setTimeout(() => dismiss(toast.id), toast.forMs);
    return () => clearTimeout(timer);
  }, [toast, held, dismiss]);
  const act = (): void => {
    dismiss(toast.id);
    toast.action?.run();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer over it only keeps it from leaving
    <div
      className={`toast toast-${toast.tone}`}
      role={toast.tone === 'problem' ? 'alert' : undefined}
      onMouseEnter={() => hold(true)}
      onMouseLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <span className="toast-text">
        {toast.text}
        {toast.progress === undefined ? null : (
          <progress className="toast-progress" value={toast.progress} aria-label={toast.text} />
        )}
      </span>
      {toast.action ? (
        <button type="button" className="toast-action" onClick={act}>
          {toast.action.label}
        </button>
      ) : null}
      <button type="button" className="toast-close" aria-label={t('action.close')} onClick={() => dismiss(toast.id)}>
        <X />
      </button>
    </div>
  );
}
