import type { Language, Translate } from './index.ts';

export interface Formats {
  /** Short, for a list: the hour today, the day this week, else the date. */
  brief(at: number, now: number): string;
  time(at: number): string;
  /** The day, for a separator: Today, Yesterday, else in full. */
  day(at: number, now: number): string;
  full(at: number): string;
  /** A time to come, to choose among others: without the year where it is this one. */
  moment(at: number, now: number): string;
  /** From when to when in the person's own time zone; whole days are dates and have no zone. */
  span(start: number, end: number | undefined, allDay: boolean): string;
  date(at: number): string;
  bytes(count: number): string;
  number(count: number): string;
  duration(ms: number): string;
  money(minor: number, currency: string): string;
  secondsLeft(seconds: number): string;
}
const dayMs = 86_400_000;
const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Dates, sizes and numbers as the person's language writes them. */
export function createFormats(language: Language, t: Translate): Formats {
  const locale = localeOf(language);
  const make = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const hour = make({ hour: 'numeric', minute: '2-digit' });
  const weekday = make({ weekday: 'short' });
  const dayMonth = make({ day: 'numeric', month: 'short' });
  const withYear = make({ day: 'numeric', month: 'short', year: 'numeric' });
  const longDay = make({ weekday: 'long', day: 'numeric', month: 'long' });
  const longDayYear = make({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const full = make({
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  const dayHour = { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;
  const moment = make(dayHour);
  const momentYear = make({ ...dayHour, year: 'numeric' });
  const days = make({ dateStyle: 'full', timeZone: 'UTC' });
  const hours = make({ dateStyle: 'full', timeStyle: 'short' });
  const number = new Intl.NumberFormat(locale);
  const sameYear = (a: number, b: number): boolean => new Date(a).getFullYear() === new Date(b).getFullYear();
  /** Calendar days between, whatever daylight saving does to their length. */
  const daysApart = (at: number, now: number): number => Math.round((startOfDay(now) - startOfDay(at)) / dayMs);
  return {
    brief(at, now) {
      const days = daysApart(at, now);
      if (days === 0) return hour.format(at);
      if (days > 0 && days < 7) return weekday.format(at);
      return sameYear(at, now) ? dayMonth.format(at) : withYear.format(at);
    },
    time: (at) => hour.format(at),
    day(at, now) {
      const days = daysApart(at, now);
      if (days === 0) return t('day.today');
      if (days === 1) return t('day.yesterday');
      return sameYear(at, now) ? longDay.format(at) : longDayYear.format(at);
    },
    full: (at) => full.format(at),
    moment: (at, now) => (sameYear(at, now) ? moment : momentYear).format(at),
    span(start, end, allDay) {
      const format = allDay ? days : hours;
      return end === undefined || end <= start ? format.format(start) : format.formatRange(start, end);
    },
    date: (at) => withYear.format(at),
    bytes(count) {
      const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
      const step = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(count) / Math.log(1000)));
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: units[step] ?? 'byte',
        unitDisplay: step === 0 ? 'long' : 'short',
        maximumFractionDigits: step > 1 ? 1 : 0,
      }).format(count / 1000 ** step);
    },
    number: (count) => number.format(count),
    duration(ms) {
      const seconds = Math.round(ms / 1000);
      const pad = (value: number): string => String(value).padStart(2, '0');
      const minutes = Math.floor(seconds / 60) % 60;
      const hours = Math.floor(seconds / 3600);
      return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
    },
    money(minor, currency) {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
      return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    },
    secondsLeft: (seconds) =>
      seconds < 90
        ? t('time.seconds', { count: Math.max(1, Math.round(seconds)) })
        : t('time.minutes', { count: Math.round(seconds / 60) }),
  };
}
/** English as the person's own region writes it, where the system says. */
export const localeOf = (language: Language): string =>
  language === 'en' ? (globalThis.navigator?.languages.find((tag) => tag.startsWith('en')) ?? 'en') : language;
