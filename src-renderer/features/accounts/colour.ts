import type { AccountView } from '../../../src-shared/ipc/index.ts';

const hues = [215, 28, 145, 300, 355, 95, 255, 180] as const;
/** The colour a person chose for an account, else a steady one by its number; readable on both grounds. */
export function colourOf(account: AccountView | undefined): string {
  if (account?.colour) return account.colour;
  const hue = hues[(account?.id ?? 0) % hues.length] ?? 0;
  return `light-dark(oklch(0.5 0.12 ${hue}), oklch(0.78 0.1 ${hue}))`;
}
