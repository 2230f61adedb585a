import type { ChannelEvent } from '../../../src-shared/model/index.ts';
import { asTxnId } from '../../../src-shared/model/index.ts';
import { board, messageKey, userKey } from './ids.ts';
import type { Entry } from './wire.ts';

/** The board's words in the model's words; `me` is the account's own name on the board. Pure. */
export function toEvents(entry: Entry, me: string): readonly ChannelEvent[] {
  const { who, at } = entry;
  const mine = who === me;
  switch (entry.type) {
    case 'note':
      return [
        ...(mine ? [] : [{ type: 'user', key: userKey(who), patch: { name: who }, at } as const]),
        {
          type: 'message',
          message: {
            key: messageKey(entry.seq),
            conversation: board,
            from: mine ? { is: 'me', key: userKey(who) } : { is: 'user', key: userKey(who) },
            at,
            // Compared as text, so every number has the same width.
            order: String(entry.seq).padStart(16, '0'),
            parts: [{ kind: 'text', format: 'plain', text: entry.said }],
            ...(entry.nonce === undefined ? {} : { txn: asTxnId(entry.nonce) }),
          },
        },
      ];
    case 'mark':
      return [
        {
          type: 'reaction',
          target: messageKey(entry.on),
          by: mine ? 'me' : userKey(who),
          emoji: entry.emoji,
          on: entry.set,
          at,
        },
      ];
  }
}
