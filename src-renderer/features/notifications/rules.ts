import type { NotifyRule } from '../../../src-shared/ipc/index.ts';

/** A rule as one choice of a few. `always` rings in quiet hours too. */
export type RuleKind = 'inherit' | 'on' | 'always' | 'mentions' | 'off';

export function ruleOf(rule: NotifyRule | undefined): RuleKind {
  if (!rule) return 'inherit';
  return rule.mode === 'on' && rule.quiet === 'never' ? 'always' : rule.mode;
}

/** The rules with one changed. Hours of its own that a rule has stay with it, unless it is to ring at any hour. */
export function withRule(
  rules: Readonly<Record<string, NotifyRule>>,
  of: string,
  kind: RuleKind,
): Readonly<Record<string, NotifyRule>> {
  const { [of]: before, ...rest } = rules;
  if (kind === 'inherit') return rest;
  if (kind === 'always') return { ...rest, [of]: { mode: 'on', quiet: 'never' } };
  const hours = before?.quiet === 'never' ? undefined : before?.quiet;
  return { ...rest, [of]: { mode: kind, ...(hours ? { quiet: hours } : {}) } };
}
