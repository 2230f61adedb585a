import {
  asConversationKey,
  asCursor,
  asMessageKey,
  asUserKey,
  type Cursor,
  type MessageKey,
} from '../../../src-shared/model/index.ts';

/** A board has one conversation. */
export const board = asConversationKey('board');
export const userKey = (name: string) => asUserKey(name);
/** A message is known by its place in the board's log, which is unique over the board and never used again. */
export const messageKey = (seq: number): MessageKey => asMessageKey(String(seq));
export const cursor = (seq: number): Cursor => asCursor(String(seq));
/** The place a key or cursor of ours names; undefined for one that is not ours. */
export function place(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
