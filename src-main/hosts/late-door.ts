import type { Caller, Reply } from '../../src-shared/ipc/index.ts';
import type { AttachmentId } from '../../src-shared/model/index.ts';
import type { AttachmentFile, HubDoor } from './door.ts';

type Inside =
  | { readonly is: 'starting' }
  /** Waits for the passphrase; `wrong`: the last one was not it. */
  | { readonly is: 'locked'; readonly wrong: boolean; readonly answer: (passphrase: string) => void }
  | { readonly is: 'open'; readonly hub: HubDoor };

/**
 * The door as windows see it from the first moment, before the hub behind it is there: while it starts, calls wait a
 * while for it; while it is locked, the call `unlock {passphrase}` is answered and no other.
 */
export class LateDoor implements HubDoor {
  readonly #patienceMs: number;
  #inside: Inside = { is: 'starting' };
  #waiting: (() => void)[] = [];
  readonly #listeners = new Set<(event: string, payload: unknown) => void>();

  /** @param patienceMs how long a call waits for a hub that is starting before it is told to come again. */
  constructor(patienceMs = 10_000) {
    this.#patienceMs = patienceMs;
  }
  get state(): Inside['is'] {
    return this.#inside.is;
  }
  get wrongPassphrase(): boolean {
    return this.#inside.is === 'locked' && this.#inside.wrong;
  }
  open(hub: HubDoor): void {
    this.#settle({ is: 'open', hub });
    hub.on((event, payload) => this.publish(event, payload));
    this.publish('hub', { is: 'up' });
  }
  /** The hub behind it is gone and another one starts. */
  lost(): void {
    this.#inside = { is: 'starting' };
    this.publish('hub', { is: 'down' });
  }
  /** Resolves with what somebody answers to the question for the passphrase. */
  askPassphrase(wrong: boolean): Promise<string> {
    return new Promise((resolve) => {
      const answer = (passphrase: string): void => {
        this.#inside = { is: 'starting' };
        resolve(passphrase);
      };
      this.#settle({ is: 'locked', wrong, answer });
    });
  }
  /** Resolves once it is open or asks again: what came of a passphrase can be shown. */
  settled(): Promise<void> {
    if (this.#inside.is !== 'starting') return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
  /** False when nothing is locked. */
  unlock(passphrase: string): boolean {
    if (this.#inside.is !== 'locked') return false;
    this.#inside.answer(passphrase);
    return true;
  }

  async call(name: string, input: unknown, caller: Caller): Promise<Reply<unknown>> {
    if (this.#inside.is === 'starting') await this.#patiently();
    switch (this.#inside.is) {
      case 'open':
        return this.#inside.hub.call(name, input, caller);
      case 'locked':
        if (name === 'unlock') return this.#unlockCall(input);
        return refusal('locked', 'This profile is locked by a passphrase.', true);
      case 'starting':
        return refusal('hub-down', 'Carillon is starting. Try again in a moment.', true);
    }
  }
  on(listener: (event: string, payload: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  publish(event: string, payload: unknown): void {
    for (const listener of this.#listeners) listener(event, payload);
  }
  async attachment(id: AttachmentId): Promise<AttachmentFile | undefined> {
    return this.#inside.is === 'open' ? this.#inside.hub.attachment(id) : undefined;
  }

  async #patiently(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#patienceMs);
    });
    await Promise.race([this.settled(), late]);
    clearTimeout(timer);
  }
  #settle(inside: Inside): void {
    this.#inside = inside;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
  #unlockCall(input: unknown): Reply<unknown> {
    const given = typeof input === 'object' && input !== null && 'passphrase' in input ? input.passphrase : undefined;
    if (typeof given !== 'string' || given === '') return refusal('invalid-input', 'A passphrase is needed.', false);
    this.unlock(given);
    return { ok: true, value: null };
  }
}

const refusal = (code: string, message: string, retryable: boolean): Reply<never> => ({
  ok: false,
  error: { code, message, retryable },
});
