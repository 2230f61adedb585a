const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 5322 section 4.3, in minutes east of Greenwich; every other name means "unknown", which is UTC. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  cet: 60,
  cest: 120,
  bst: 60,
  jst: 540,
};

// "Mon, 29 Apr 2019 12:26:31 -0500 (CDT)" with everything optional that mailers leave out.
const usual =
  /(?:^|[\s,])(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s-]+(\d{2,4}),?(?:\s+(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?(?:[.,]\d+)?\s*(am|pm)?)?\s*(?:(?:gmt|utc)?([+-]\d{1,2}:?\d{2})|([a-z]{1,5})(?![a-z]))?/i;
// "Mon Apr 29 12:26:31 2019", with or without a zone before or after the year (ctime, mbox From lines).
const ctime =
  /([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(?:(\d{1,2}):(\d{2})(?::(\d{2}))?\s+(?:([+-]\d{4}|[a-z]{3,4})\s+)?(\d{4})|(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)(?:\s+([+-]\d{4}))?/i;

function zoneMinutes(numeric: string | undefined, name: string | undefined): number {
  if (numeric !== undefined) {
    const digits = numeric.replace(/[^\d]/g, '').padStart(4, '0');
    const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
    // No place is further than 14 hours from Greenwich: a zone beyond a day is noise.
    if (minutes >= 24 * 60) return 0;
    return numeric.startsWith('-') ? -minutes : minutes;
  }
  return name === undefined ? 0 : (zones[name.toLowerCase()] ?? 0);
}

function epoch(
  year: number,
  month: number,
  day: number,
  clock: readonly number[],
  minutesEast: number,
): number | undefined {
  const [hour = 0, minute = 0, second = 0] = clock;
  if (month < 0 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return undefined;
  const full = year < 50 ? year + 2000 : year < 1000 ? year + 1900 : year;
  const at = Date.UTC(full, month, day, hour, minute, second) - minutesEast * 60_000;
  return Number.isFinite(at) && at >= 0 ? at : undefined;
}

/** Unix ms of a date as mail writes it (RFC 5322 and its obsolete forms, ctime, ISO 8601); undefined when it is none. */
export function parseDate(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const text = written.slice(0, 200).replace(/\([^()]*\)/g, ' ');
  const match = usual.exec(text);
  if (match) {
    const [, day, month = '', year, hour, minute, second, half, numeric, name] = match;
    const found = months.indexOf(month.toLowerCase());
    if (found >= 0) {
      const twelve = Number(hour ?? 0) % 12;
      const hours = half === undefined ? Number(hour ?? 0) : half.toLowerCase() === 'pm' ? twelve + 12 : twelve;
      const clock = [hours, Number(minute ?? 0), Number(second ?? 0)];
      return epoch(Number(year), found, Number(day), clock, zoneMinutes(numeric, name));
    }
  }
  for (const start of text.matchAll(/[a-z]{3}/gi)) {
    const other = ctime.exec(text.slice(start.index));
    if (!other) break;
    const [, month = '', day, h1, m1, s1, zone, y1, y2, h2, m2, s2, after] = other;
    const found = months.indexOf(month.toLowerCase());
    if (found < 0) continue;
    const clock = [Number(h1 ?? h2), Number(m1 ?? m2), Number(s1 ?? s2 ?? 0)];
    const numeric = after ?? (zone !== undefined && /^[+-]/.test(zone) ? zone : undefined);
    return epoch(Number(y1 ?? y2), found, Number(day), clock, zoneMinutes(numeric, zone));
  }
  if (/^\s*\d{4}-\d{2}-\d{2}/.test(text)) {
    const at = Date.parse(
      text
        .trim()
        .replace(/^(\S+) (\d)/, '$1T$2')
        .replace(/\s+/g, ''),
    );
    return Number.isFinite(at) && at >= 0 ? at : undefined;
  }
  return undefined;
}

const twoDays = 2 * 24 * 3600_000;

/**
 * When a message was sent, Unix ms. The Date field, unless it is missing, unreadable or later than the message can have
 * been written; then the newest Received, then `receivedAt`, then 0.
 */
export function sentAt(date: string | undefined, received: readonly string[], receivedAt: number | undefined): number {
  const written = parseDate(date);
  // RFC 5321 section 4.4: the date follows the last semicolon of the trace field.
  const trace = received.map((line) => parseDate(line.slice(line.lastIndexOf(';') + 1))).find((at) => at !== undefined);
  const arrived = trace ?? receivedAt;
  if (written === undefined || written < 86_400_000) return arrived ?? written ?? 0;
  return arrived !== undefined && written > arrived + twoDays ? arrived : written;
}
