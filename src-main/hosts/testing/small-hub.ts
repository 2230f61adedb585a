import type { Reply } from '../../../src-shared/ipc/index.ts';
import type { HubDoor } from '../door.ts';

export interface SmallHub extends HubDoor {
  publish(event: string, payload: unknown): void;
}
export const attachmentText = 'the bell tower rings at noon';

/** A hub of three calls, for what a host does with any hub: `echo`, `refuse` and attachment 7. */
export const smallHub = (): SmallHub => {
  const listeners = new Set<(event: string, payload: unknown) => void>();
  return {
    async call(name, input, caller): Promise<Reply<unknown>> {
      if (name === 'echo') return { ok: true, value: { input, window: caller.window } };
      if (name === 'import.list') return { ok: true, value: [] };
      const code = name === 'refuse' ? 'invalid-input' : 'unknown-call';
      return { ok: false, error: { code, message: `no ${name}`, retryable: false } };
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publish(event, payload) {
      for (const listener of listeners) listener(event, payload);
    },
    async attachment(id) {
      if (id !== 7) return undefined;
      const bytes = Buffer.from(attachmentText);
      return {
        name: 'Bell "tower"\n.html',
        type: 'application/octet-stream',
        disposition: 'attachment',
        bytes: bytes.length,
        async *read(start, end) {
          yield bytes.subarray(start, end + 1);
        },
      };
    },
  };
};
