import type { NotifyRule, QuietHours } from '../../../src-shared/ipc/index.ts';

/** Which messages ring, as one choice of a few. */
export type RuleKind = 'inherit' | NotifyRule['mode'];
/** When they ring: as everywhere, at any hour, or not within hours of their own. */
export type HoursKind = 'inherit' | 'never' | 'own';
type Rules = Readonly<Record<string, NotifyRule>>;

/** What hours of one's own begin with. */
export const night: QuietHours = { from: 22 * 60, to: 7 * 60 };

export const ruleOf = (rule: NotifyRule | undefined): RuleKind => rule?.mode ?? 'inherit';
export const hoursOf = (rule: NotifyRule | undefined): HoursKind =>
  rule?.quiet === undefined ? 'inherit' : rule.quiet === 'never' ? 'never' : 'own';

/** The rules with one changed; hours it has stay with it. */
export function withRule(rules: Rules, of: string, kind: RuleKind): Rules {
  const { [of]: before, ...rest } = rules;
  return kind === 'inherit' ? rest : { ...rest, [of]: { ...before, mode: kind } };
}

/** The rules with the quiet hours of one changed; undefined: those of everything. Without a rule there are none. */
export function withHours(rules: Rules, of: string, quiet: NotifyRule['quiet']): Rules {
  const { [of]: before, ...rest } = rules;
  if (!before) return rules;
  return { ...rest, [of]: { mode: before.mode, ...(quiet === undefined ? {} : { quiet }) } };
}
