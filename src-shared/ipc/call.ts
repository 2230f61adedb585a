import { z } from 'zod';

/** A typed call: what goes in is checked at the boundary, what comes out is known to the compiler. */
export interface Call<I extends z.ZodType, O> {
  readonly input: I;
  /** Never set; carries the type. */
  readonly output?: O;
}
/** Names a call's input; `.returns<O>()` its answer. Arrays and strings are to be bounded: both hosts check by it. */
export const call = <I extends z.ZodType>(input: I) => ({ returns: <O>(): Call<I, O> => ({ input }) });

/** Of calls that take nothing. */
export const none = z.object({});
/** Rows in one answer, 1 to 200. */
export const limit = z.number().int().min(1).max(200).default(50);
