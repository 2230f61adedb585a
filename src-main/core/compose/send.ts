import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../src-shared/channel.ts';
import type { Composition, Output } from '../../../src-shared/ipc/index.ts';
import { asTxnId, type DraftId, mediaOf } from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import type { Directory } from '../accounts/directory.ts';
import type { Attachments } from '../attachments/index.ts';
import { CallError } from '../errors.ts';
import { type Outbox, put } from '../outbox/index.ts';
import { readSettings } from '../settings/settings.ts';
import type { Supervisor } from '../supervisor/index.ts';
import { outgoing } from './outgoing.ts';

export interface SenderOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly supervisor: Supervisor;
  readonly attachments: Attachments;
  readonly outbox: Outbox;
}

/** Puts what was written into the outbox; it leaves once the time to undo is over. */
export class Sender {
  readonly #options: SenderOptions;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** `notBefore`, Unix ms: for sending later, or at once (any time gone by). Without it the time to undo runs first. */
  async send(
    composition: Composition,
    options: { notBefore?: number | undefined; draft?: DraftId | undefined; archive: boolean },
  ): Promise<Output<'compose.send'>> {
    const { store, clock, directory, supervisor, attachments, outbox } = this.#options;
    const where = await directory.of(composition.account, composition.conversation);
    const now = clock.now();
    const message = await outgoing(store, attachments, composition, where, Math.max(options.notBefore ?? now, now));
    const notBefore = options.notBefore ?? now + (await readSettings(store)).undoSendSeconds * 1000;
    const txn = asTxnId(randomUUID());
    const identity = await supervisor
      .runner(composition.account)
      .withSession(async ({ session }) => session.identify?.(message, txn));
    const queued = await put(store, {
      account: composition.account,
      txn,
      conversation: composition.conversation,
      operation: { op: 'send', message, archive: options.archive },
      notBefore,
      parts: message.parts.flatMap(mediaOf).map((media) => media.ref),
      ...(identity ? { identity } : {}),
      ...(options.draft ? { draft: options.draft } : {}),
    });
    outbox.nudge(composition.account);
    if (queued.conversation === null || queued.message === null)
      throw new CallError('internal', 'The message was queued without a place to show it.');
    return { outbox: queued.outbox, conversation: queued.conversation, message: queued.message, undoUntil: notBefore };
  }
}
