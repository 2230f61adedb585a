/** How what a text only refers to is called; undefined where nobody knows (yet). */
export interface Names {
  user(id: string): string | undefined;
  channel(id: string): string | undefined;
  group(id: string): string | undefined;
  /** True for an emoji of the workspace's own, which has a picture. */
  ownEmoji(name: string): boolean;
  /** The sign of a name the workspace has given to a usual emoji. */
  standIn(name: string): string | undefined;
  /** True for a group the reader is in. */
  inGroup(id: string): boolean;
}
export const noNames: Names = {
  user: () => undefined,
  channel: () => undefined,
  group: () => undefined,
  ownEmoji: () => false,
  standIn: () => undefined,
  inGroup: () => false,
};

/** Links a text may lead to; others are shown as words. */
const schemes = /^(https?|mailto|tel|slack):/i;
export const isSafeLink = (url: string): boolean => schemes.test(url);

/** Whom a text means; `everyone` for @here, @channel and @everyone. */
export interface Mentioned {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly everyone: boolean;
}
