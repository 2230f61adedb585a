import type { Key } from '../../i18n/index.ts';

export interface LaterTime {
  readonly title: Key;
  /** Unix ms. */
  readonly at: number;
}
const morning = 9;
const evening = 18;
const hourMs = 3_600_000;

/** Times people put things off to, soonest first; all of them in the future, in the person's own time zone. */
export function laterTimes(now: number): readonly LaterTime[] {
  const at = (days: number, hour: number): number => {
    const date = new Date(now);
    date.setDate(date.getDate() + days);
    return date.setHours(hour, 0, 0, 0);
  };
  const weekday = new Date(now).getDay();
  const toMonday = (8 - weekday) % 7 || 7;
  const toSaturday = (6 - weekday + 7) % 7 || 7;
  const times: LaterTime[] = [
    { title: 'later.hours', at: now + 3 * hourMs },
    { title: 'later.evening', at: at(0, evening) },
    { title: 'later.tomorrow', at: at(1, morning) },
    { title: 'later.weekend', at: at(toSaturday, morning) },
    { title: 'later.nextWeek', at: at(toMonday, morning) },
  ];
  return times.filter((time) => time.at > now + hourMs / 2).sort((a, b) => a.at - b.at);
}
