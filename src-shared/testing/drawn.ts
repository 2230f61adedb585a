/**
 * For properties that are tried on cases drawn at random: the same ones every time, so that what fails tells of a change
 * and not of luck. Others are drawn with `SEED=<number>`, which is for whoever changes what a property is about.
 */
export const drawn = { seed: Number(process.env.SEED ?? 20_261_122) } as const;
