import type { TxnId } from '../../../src-shared/model/index.ts';
import { File, type Message } from '../wire/message.ts';

/** Most file ids remembered. */
const most = 1000;

/** Which transaction put a file up: a message of files carries no metadata, so its echo is known by them. */
export class Uploads {
  readonly #txns = new Map<string, TxnId>();

  note(file: string, txn: TxnId): void {
    this.#txns.set(file, txn);
    const [oldest] = this.#txns.keys();
    if (this.#txns.size > most && oldest !== undefined) this.#txns.delete(oldest);
  }
  txnOf(message: Message): TxnId | undefined {
    for (const raw of message.files ?? []) {
      const file = File.safeParse(raw).data;
      const txn = file && this.#txns.get(file.id);
      if (txn) return txn;
    }
    return undefined;
  }
}
