import { z } from 'zod';

/** Where a session lives and the key to it: all that is needed to come back. A secret as a whole. */
export const Place = z.object({
  dc: z.number().int().min(1).max(1000),
  address: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
  /** 256 bytes, hex; absent before the first handshake. */
  key: z
    .string()
    .regex(/^[0-9a-f]{512}$/)
    .optional(),
});
export type Place = z.infer<typeof Place>;

/** Where one begins who has no account yet (core.telegram.org/api/datacenter); moved on by PHONE_MIGRATE_X. */
export const home: Place = { dc: 2, address: '149.154.167.51', port: 443 };
export const writePlace = (place: Place): string => JSON.stringify(place);
/** Undefined for what is no place. */
export function readPlace(text: string | undefined): Place | undefined {
  try {
    return Place.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}
