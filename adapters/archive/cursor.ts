import { z } from 'zod';
import { asCursor, type Cursor } from '../../src-shared/model/index.ts';
import type { Dialect } from './dialect.ts';

/** How far an import is: everything before this is committed, nothing after. */
export interface Position {
  /** Path of the file, relative to what was chosen; files before it in order are done. */
  readonly file: string;
  /** Bytes of that file that are done; its size or more when it is done whole. */
  readonly offset: number;
  /** Messages met so far. */
  readonly number: number;
  /** Bytes of the files before this one. */
  readonly before: number;
  readonly dialect?: Dialect | undefined;
}

const Position = z.object({
  file: z.string(),
  offset: z.number().int().nonnegative(),
  number: z.number().int().nonnegative(),
  before: z.number().nonnegative(),
  dialect: z.enum(['mboxo', 'mboxrd', 'mboxcl', 'mboxcl2']).optional(),
});

export const toCursor = (position: Position): Cursor => asCursor(JSON.stringify(position));

/** Undefined at the start. Throws for a cursor that this channel did not make. */
export const fromCursor = (cursor: Cursor | undefined): Position | undefined =>
  cursor === undefined ? undefined : Position.parse(JSON.parse(cursor));
