import { createHash } from 'node:crypto';
import type { TxnId } from '../../../src-shared/model/index.ts';

/**
 * The random id a piece of a message goes under, 64 bits as signed decimal text. Made of the transaction, so that every try
 * has the same: Telegram drops the second (core.telegram.org/method/messages.sendMessage, `random_id`).
 */
export function randomId(txn: TxnId, piece: number): string {
  const id = createHash('sha256').update(`${txn}\n${piece}`).digest().readBigInt64LE(0);
  // Zero means "none".
  return String(id === 0n ? 1n : id);
}
/** The id a file's parts go under: another than its message's, and the same at every try too. */
export const fileId = (messageRandomId: string): string =>
  String(createHash('sha256').update(`file\n${messageRandomId}`).digest().readBigInt64LE(0));
