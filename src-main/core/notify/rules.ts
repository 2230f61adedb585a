import type { NotifyRule, QuietHours, Settings } from '../../../src-shared/ipc/index.ts';
import type { Arrival } from '../../store/api.ts';

export interface Verdict {
  readonly mode: NotifyRule['mode'];
  readonly quiet: QuietHours | null;
}
type Whose = Pick<Arrival, 'account' | 'conversation' | 'person'>;

/** How to tell of a message: the narrowest rule that says so, for the mode and for the quiet hours each. */
export function verdictFor(
  { notifyRules, quietHours }: Pick<Settings, 'notifyRules' | 'quietHours'>,
  whose: Whose,
): Verdict {
  const rules = [
    notifyRules[`conversation:${whose.conversation}`],
    whose.person === null ? undefined : notifyRules[`person:${whose.person}`],
    notifyRules[`account:${whose.account}`],
  ].filter((rule) => rule !== undefined);
  const hours = rules.find((rule) => rule.quiet !== undefined)?.quiet ?? quietHours;
  return { mode: rules[0]?.mode ?? 'on', quiet: hours === 'never' ? null : hours };
}

/** Whether `at` (Unix ms) lies within the hours, on this computer's clock. Hours of no length are no hours. */
export function isQuiet(hours: QuietHours | null, at: number): boolean {
  if (hours === null) return false;
  const time = new Date(at);
  const minute = time.getHours() * 60 + time.getMinutes();
  return hours.from <= hours.to ? minute >= hours.from && minute < hours.to : minute >= hours.from || minute < hours.to;
}
