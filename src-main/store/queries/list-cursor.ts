import type { ConversationId } from '../../../src-shared/model/index.ts';
import type { Source } from './list-sources.ts';

/** A place in a list to go on from: which part of it, time and row. */
export interface Cursor {
  readonly part: number;
  readonly sortAt: number;
  readonly id: ConversationId;
}

export const cursorOf = ({
  part,
  place,
}: {
  readonly part: number;
  readonly place: { readonly sort_at: number; readonly id: ConversationId };
}): string => `${place.sort_at}.${place.id}${part === 0 ? '' : `.${part}`}`;

/** A malformed cursor is a RangeError. */
export function parseCursor(text: string): Cursor {
  const [sortAt, id, part = 0] = text.split('.').map(Number);
  if (sortAt === undefined || id === undefined || ![sortAt, id, part].every(Number.isSafeInteger))
    throw new RangeError('this is no cursor of a list');
  return { part, sortAt, id: id as ConversationId };
}

/** Takes two values: time and row. */
export const pastCursor = ({ time, id }: Pick<Source, 'time' | 'id'>, down: boolean): string =>
  `AND (${time}, ${id}) ${down ? '<' : '>'} (?, ?)`;
