import { ChannelError, type Reconciled, type SendOptions, type SendResult } from '../../../src-shared/channel.ts';
import {
  asBlobRef,
  asCursor,
  asLabelKey,
  asMessageKey,
  asUserKey,
  type ChannelEvent,
  type Flags,
  type MessageKey,
  mediaOf,
  type OutgoingMessage,
  type TxnId,
} from '../../../src-shared/model/index.ts';

/** What a send meets: `before` nothing has left yet, `after` it has arrived but the answer is lost. */
export type Fault =
  | { readonly when: 'before' | 'after'; readonly error: unknown }
  /** Never answers; heeds its signal or does not. */
  | { readonly when: 'hang'; readonly heeds: boolean };

export const inboxKey = asLabelKey('INBOX');
export const archiveKey = asLabelKey('Archive');
export const ala = asUserKey('ala@example.org');
export const me = asUserKey('me@example.org');

/**
 * A mail-like network in memory, for tests of the hub: messages lie in labels, threads are linked, and sends, answers and
 * connections fail as a test asks. It survives the hub, as a network does.
 */
export class PretendNetwork {
  /** Every arrival, doubles included. */
  readonly arrived: { readonly txn: TxnId; readonly message: OutgoingMessage }[] = [];
  /** Contents of the files that went out. */
  readonly files: string[] = [];
  /** Operations that were carried out, in words. */
  readonly done: string[] = [];
  readonly faults: Fault[] = [];
  /** Awaited in the midst of each send, after it arrived and before the answer. */
  onArrival: (() => Promise<void>) | undefined;
  /** Thrown by the next operations other than sends, one each. */
  readonly refusals: unknown[] = [];
  /** History, newest first. */
  history: ChannelEvent[] = [];
  /** Thrown by the next pages, one each; undefined lets one pass. */
  readonly pageFaults: unknown[] = [];
  pagesServed = 0;
  /** Where each page of history began. */
  readonly pagesFrom: number[] = [];
  /** When looking again can tell more, where it knows, ms. */
  againInMs: number | undefined;
  canReconcile: Reconciled['is'] | 'throws' | 'hangs' = 'sent';
  /** How often it was asked whether something arrived. */
  looks = 0;
  idempotent = false;
  /** Accepts, and tells the key only by an echo that never comes. */
  echoes = false;
  hasArchive = true;
  /** Said with every picture handed out from now on: another one under the same word. */
  repaint = '';

  /** An operation other than a send: refused if the test said so, else noted. */
  do(what: string): void {
    const refusal = this.refusals.shift();
    if (refusal) throw refusal;
    this.done.push(what);
  }

  async send(message: OutgoingMessage, options: SendOptions): Promise<SendResult> {
    const fault = this.faults.shift();
    if (fault?.when === 'before') throw fault.error;
    if (fault?.when === 'hang') return hang(options.signal, fault.heeds);
    for (const { ref } of message.parts.flatMap(mediaOf))
      this.files.push(Buffer.from(await options.open(ref)).toString('utf8'));
    if (!this.idempotent || !this.#has(options.txn)) this.arrived.push({ txn: options.txn, message });
    await this.onArrival?.();
    await options.reached('accepted');
    if (fault?.when === 'after') throw fault.error;
    if (this.echoes) return { is: 'await-echo' };
    return { is: 'sent', key: keyOf(options.txn), at: message.at, events: [] };
  }

  async reconcile(message: OutgoingMessage, options: SendOptions): Promise<Reconciled> {
    this.looks += 1;
    if (this.canReconcile === 'hangs') return hang(options.signal, true);
    if (this.canReconcile === 'throws') throw new ChannelError('network', 'not-done', 'The search failed.');
    if (this.canReconcile === 'undecided')
      return {
        is: 'undecided',
        why: 'The Sent folder cannot be searched.',
        ...(this.againInMs !== undefined && { againInMs: this.againInMs }),
      };
    if (!this.#has(options.txn)) return { is: 'absent' };
    return { is: 'sent', result: { is: 'sent', key: keyOf(options.txn), at: message.at } };
  }

  page(cursor: string | undefined, limit: number) {
    const fault = this.pageFaults.shift();
    if (fault) throw fault;
    const from = cursor === undefined ? 0 : Number(cursor);
    const to = Math.min(this.history.length, from + limit);
    this.pagesServed += 1;
    this.pagesFrom.push(from);
    return {
      events: this.history.slice(from, to),
      done: to,
      total: this.history.length,
      ...(to < this.history.length ? { next: asCursor(String(to)) } : {}),
    };
  }

  #has(txn: TxnId): boolean {
    return this.arrived.some((each) => each.txn === txn);
  }
}

export const keyOf = (txn: TxnId): MessageKey => asMessageKey(`${txn}@carillon.example`);

async function hang(signal: AbortSignal, heeds: boolean): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (heeds) signal.addEventListener('abort', () => reject(new ChannelError('aborted', 'unknown', 'Aborted.')));
  });
}

/** A message from Ala in the inbox; messages of one `thread` belong together. */
export function letter(
  id: string,
  options: { at: number; thread?: string; text?: string; flags?: Flags; ref?: string; files?: readonly string[] },
): ChannelEvent {
  return {
    type: 'message',
    message: {
      key: asMessageKey(`${id}@example.org`),
      links: [`${id}@example.org`, ...(options.thread ? [options.thread] : [])],
      from: { is: 'user', key: ala, name: 'Ala Nowak' },
      recipients: [{ role: 'to', key: me }],
      at: options.at,
      subject: `Letter ${options.thread ?? id}`,
      parts: [
        { kind: 'text', format: 'plain', text: options.text ?? `Text of ${id}` },
        ...(options.files ?? []).map((name) => ({
          kind: 'document' as const,
          media: { ref: asBlobRef(name), mime: 'application/pdf', name: `${name}.pdf`, bytes: 10 },
        })),
      ],
      placements: [{ label: inboxKey, ...(options.ref ? { ref: options.ref } : {}) }],
      flags: options.flags ?? { read: false },
    },
  };
}
