import { AttachmentId } from '../../../src-shared/model/index.ts';
import type { HubDoor } from '../door.ts';
import { reason } from '../errors.ts';
import type { PassphrasePrompt } from '../secrets/index.ts';
import type { FromHub, Line, ToHub } from './messages.ts';

export interface HubSide {
  /** Asks the shell, which asks the person. */
  readonly prompt: PassphrasePrompt;
  /** From now on calls are answered. */
  open(hub: HubDoor): void;
}

/** Answers the shell on behalf of a hub. `stop` is called when the shell says so. */
export const hubSide = (line: Line<FromHub, ToHub>, stop: () => void): HubSide => {
  let hub: HubDoor | undefined;
  const answers: ((passphrase: string | undefined) => void)[] = [];
  const reading = new Map<number, AsyncIterator<Uint8Array>>();

  const call = async (message: Extract<ToHub, { is: 'call' }>): Promise<void> => {
    if (hub === undefined) return;
    const reply = await hub.call(message.name, message.input, { window: message.window });
    line.send({ is: 'reply', id: message.id, reply });
  };
  const open = async ({ id, attachment }: Extract<ToHub, { is: 'open' }>): Promise<void> => {
    const known = AttachmentId.safeParse(attachment);
    const file = known.success ? await hub?.attachment(known.data) : undefined;
    if (file === undefined) return line.send({ is: 'opened', id, file: undefined });
    const { name, type, disposition, bytes } = file;
    line.send({ is: 'opened', id, file: { name, type, disposition, bytes } });
  };
  const read = async ({ id, attachment, start, end }: Extract<ToHub, { is: 'read' }>): Promise<void> => {
    const file = await hub?.attachment(AttachmentId.parse(attachment));
    if (file === undefined) return line.send({ is: 'chunk', id, bytes: undefined, error: 'it is gone' });
    reading.set(id, file.read(start, end)[Symbol.asyncIterator]());
    await next(id);
  };
  const next = async (id: number): Promise<void> => {
    const chunk = await reading.get(id)?.next();
    if (chunk === undefined) return;
    if (chunk.done) reading.delete(id);
    line.send({ is: 'chunk', id, bytes: chunk.done ? undefined : chunk.value });
  };
  const drop = async (id: number): Promise<void> => {
    const iterator = reading.get(id);
    reading.delete(id);
    await iterator?.return?.();
  };

  const handle = async (message: ToHub): Promise<void> => {
    switch (message.is) {
      case 'call':
        return call(message);
      case 'open':
        return open(message);
      case 'read':
        return read(message);
      case 'next':
        return next(message.id);
      case 'drop':
        return drop(message.id);
      case 'passphrase':
        return answers.shift()?.(message.passphrase);
      case 'stop':
        return stop();
    }
  };
  line.receive((message) => {
    handle(message).catch((error: unknown) => {
      if (!('id' in message)) throw error;
      reading.delete(message.id);
      if (message.is === 'call') {
        const view = { code: 'internal', message: 'Something went wrong in Carillon itself.', retryable: false };
        line.send({ is: 'reply', id: message.id, reply: { ok: false, error: view } });
      } else if (message.is === 'open') line.send({ is: 'opened', id: message.id, file: undefined });
      else line.send({ is: 'chunk', id: message.id, bytes: undefined, error: reason(error) });
    });
  });

  const ask = (what: 'unlock' | 'create', wrong: boolean): Promise<string | undefined> =>
    new Promise((resolve) => {
      answers.push(resolve);
      line.send({ is: 'ask', what, wrong });
    });
  return {
    prompt: { unlock: (wrong) => ask('unlock', wrong), create: () => ask('create', false) },
    open(opened) {
      hub = opened;
      opened.on((event, payload) => line.send({ is: 'event', event, payload }));
      line.send({ is: 'up' });
    },
  };
};
