import type { CallName, Input, Output, Transport } from '../../src-shared/ipc/index.ts';
import { createClient } from '../client/index.ts';

type Answers = { [M in CallName]?: (input: Input<M>) => Output<M> | Promise<Output<M>> };

/** A hub in memory that answers the calls a test gives it, refuses the rest, and keeps what it was asked. */
export function memoryHub(answers: Answers) {
  const asked: { name: string; input: unknown }[] = [];
  const listeners = new Set<(event: string, payload: unknown) => void>();
  const known: Readonly<Record<string, ((input: never) => unknown) | undefined>> = answers;
  const transport: Transport = {
    async call(name, input) {
      asked.push({ name, input });
      const answer = known[name];
      if (!answer) return { ok: false, error: { code: 'refused', message: `No answer to ${name}`, retryable: false } };
      return { ok: true, value: await answer(input as never) };
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attachmentUrl: (attachment) => `memory:${attachment}`,
  };
  return {
    client: createClient(transport),
    asked,
    callsOf: (name: CallName) => asked.filter((call) => call.name === name).map((call) => call.input),
    emit: (event: string, payload: unknown) => {
      for (const listener of listeners) listener(event, payload);
    },
  };
}
