import { z } from 'zod';
import { asCursor, type Cursor } from '../../../src-shared/model/index.ts';
import { intOf, type Plain } from '../remote/plain.ts';

/** How far the common stream of updates was followed (core.telegram.org/api/updates, "Update state"). */
export const CommonState = z.object({
  pts: z.number().int(),
  qts: z.number().int(),
  date: z.number().int(),
  seq: z.number().int(),
  /** Random ids of messages sent lately, with the number each became: kept so that no retry sends twice. */
  sent: z.array(z.tuple([z.string(), z.number().int()])).default([]),
});
export type CommonState = z.infer<typeof CommonState>;

export const liveScope = 'live';
export const channelScope = (id: string): string => `live:n${id}`;
export const writeState = (state: CommonState): Cursor => asCursor(JSON.stringify(state));
/** Undefined where there is none, or none that can be read: then everything is begun anew. */
export function readState(cursor: Cursor | undefined): CommonState | undefined {
  try {
    return CommonState.parse(JSON.parse(cursor ?? ''));
  } catch {
    return undefined;
  }
}
export const writePts = (pts: number): Cursor => asCursor(String(pts));
export function readPts(cursor: Cursor | undefined): number | undefined {
  return cursor !== undefined && /^\d{1,10}$/.test(cursor) ? Number(cursor) : undefined;
}
/** What updates.state says; undefined where it says nothing of the kind. */
export function stateIn(answer: Plain | undefined): Omit<CommonState, 'sent'> | undefined {
  const [pts, qts, date, seq] = ['pts', 'qts', 'date', 'seq'].map((field) => intOf(answer, field));
  if (pts === undefined || date === undefined) return undefined;
  return { pts, qts: qts ?? 0, date, seq: seq ?? 0 };
}
