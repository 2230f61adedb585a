import { z } from 'zod';

/** Fields of an answer that are not what they should be are taken for absent: one odd field costs no message. */
export const text = z.string().optional().catch(undefined);

/** Items of a list that fit; the others are left out. */
export const those = <T extends z.ZodType>(item: T) =>
  z
    .array(z.unknown())
    .transform((items) =>
      items.flatMap((one) => {
        const read = item.safeParse(one);
        return read.success ? [read.data] : [];
      }),
    )
    .optional()
    .catch(undefined);
