import { createStore, type StoreApi } from 'zustand/vanilla';

export interface ToastMessage {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'problem';
  readonly action?: { readonly label: string; readonly run: () => void };
  /** How long it stays, ms. */
  readonly forMs: number;
  /** How much of it is done, 0 to 1. */
  readonly progress?: number;
}
export interface ToastsState {
  readonly toasts: readonly ToastMessage[];
  show(toast: Pick<ToastMessage, 'text'> & Partial<Omit<ToastMessage, 'id'>>): number;
  update(id: number, change: Pick<ToastMessage, 'text'> & Partial<Pick<ToastMessage, 'progress'>>): void;
  dismiss(id: number): void;
}

const atMost = 3;
export function createToastsStore(): StoreApi<ToastsState> {
  let nextId = 1;
  return createStore<ToastsState>()((set, get) => ({
    toasts: [],
    show(toast) {
      const id = nextId++;
      const tone = toast.tone ?? 'plain';
      const full = { forMs: tone === 'problem' ? 9_000 : 5_000, ...toast, tone, id };
      set({ toasts: [...get().toasts, full].slice(-atMost) });
      return id;
    },
    update: (id, change) =>
      set({ toasts: get().toasts.map((toast) => (toast.id === id ? { ...toast, ...change } : toast)) }),
    dismiss: (id) => set({ toasts: get().toasts.filter((toast) => toast.id !== id) }),
  }));
}
