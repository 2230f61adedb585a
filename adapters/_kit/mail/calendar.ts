import ICAL from 'ical.js';
import type { Media, PartOf } from '../../../src-shared/model/index.ts';
import { cleanLine } from './words.ts';

type CalendarPart = PartOf<'calendar-event'>;
const methods: readonly CalendarPart['method'][] = [
  'request',
  'reply',
  'cancel',
  'publish',
  'counter',
  'refresh',
  'add',
  'decline-counter',
];
const methodOf = (text: string): CalendarPart['method'] =>
  methods.find((method) => method === text.toLowerCase()) ?? 'none';
const mostEvents = 50;
const mostAttendees = 1000;

const textOf = (component: ICAL.Component, name: string): string | undefined => {
  const value: unknown = component.getFirstPropertyValue(name);
  const text = value === null || value === undefined ? '' : String(value).trim();
  return text === '' ? undefined : text;
};
const addressOf = (property: ICAL.Property): string =>
  String(property.getFirstValue() ?? '')
    .replace(/^mailto:/i, '')
    .trim()
    .toLowerCase();
const parameterOf = (property: ICAL.Property, name: string): string | undefined => {
  const value = property.getFirstParameter(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

interface Moment {
  readonly at: number;
  readonly allDay: boolean;
  readonly zone: string | undefined;
}

/** Unix ms of a date property. The zone is the calendar's own VTIMEZONE, else the IANA name, else UTC. */
function momentOf(
  component: ICAL.Component,
  name: string,
  zones: ReadonlyMap<string, ICAL.Timezone>,
): Moment | undefined {
  const property = component.getFirstProperty(name);
  const value: unknown = property?.getFirstValue();
  if (!(value instanceof ICAL.Time)) return undefined;
  const zone = property ? parameterOf(property, 'tzid') : undefined;
  const wall = Date.UTC(value.year, value.month - 1, value.day, value.hour, value.minute, value.second);
  if (!Number.isFinite(wall)) return undefined;
  if (value.isDate) return { at: wall, allDay: true, zone: undefined };
  if (zone === undefined || value.zone === ICAL.Timezone.utcTimezone)
    return { at: wall, allDay: false, zone: value.zone === ICAL.Timezone.utcTimezone ? 'UTC' : undefined };
  const own = zones.get(zone);
  if (own) return { at: wall - own.utcOffset(value) * 1000, allDay: false, zone };
  return { at: wall - offsetMs(zone, wall), allDay: false, zone };
}

const clockFields = ['year', 'month', 'day', 'hour', 'minute', 'second'];

/** Offset of an IANA zone at a wall-clock time, ms east of Greenwich; 0 for a name nobody knows. */
function offsetMs(zone: string, wall: number): number {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    const shownAs = (at: number): number => {
      const part = new Map(format.formatToParts(at).map(({ type, value }) => [String(type), Number(value)]));
      const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = clockFields.map((name) =>
        part.get(name),
      );
      return Date.UTC(year, month - 1, day, hour, minute, second);
    };
    const near = shownAs(wall) - wall;
    return shownAs(wall - near) - (wall - near);
  } catch (error) {
    if (error instanceof RangeError) return 0;
    throw error;
  }
}

/** The line ICU and Outlook fold or leave unescaped is not worth losing an invitation: broken lines are dropped one by one. */
function componentsOf(text: string): ICAL.Component[] {
  const parse = (source: string): ICAL.Component[] => {
    const parsed: unknown = ICAL.parse(source);
    const roots: unknown[] =
      Array.isArray(parsed) && typeof parsed[0] === 'string' ? [parsed] : Array.isArray(parsed) ? parsed : [];
    return roots.map((root) => new ICAL.Component(root as unknown as string));
  };
  const lines = text
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n|\r/)
    .filter((line) => line.trim() !== '');
  try {
    return parse(lines.join('\r\n'));
  } catch {
    const sound = lines.filter((line) => /^[A-Za-z0-9-]+(?:[;:]|$)/.test(line));
    const begin = sound.findIndex((line) => /^BEGIN:VCALENDAR/i.test(line));
    const end = sound.findLastIndex((line) => /^END:VCALENDAR/i.test(line));
    try {
      return begin < 0 ? [] : parse([...sound.slice(begin, end < 0 ? undefined : end), 'END:VCALENDAR'].join('\r\n'));
    } catch {
      return [];
    }
  }
}

/**
 * Events of an iCalendar object (RFC 5545) as they are offered in mail (RFC 6047). Empty when there is none to read.
 * `method` is the one the Content-Type names, used when the object has none.
 */
export function calendarParts(text: string, method: string | undefined, media: Media | undefined): CalendarPart[] {
  const parts: CalendarPart[] = [];
  for (const calendar of componentsOf(text.slice(0, 1_000_000))) {
    const zones = new Map<string, ICAL.Timezone>();
    for (const zone of calendar.getAllSubcomponents('vtimezone')) {
      const id = textOf(zone, 'tzid');
      if (id !== undefined) zones.set(id, new ICAL.Timezone(zone));
    }
    const found = [...calendar.getAllSubcomponents('vevent'), ...calendar.getAllSubcomponents('vtodo')];
    for (const event of found.slice(0, mostEvents - parts.length))
      parts.push(
        eventPart(
          event,
          methodOf(textOf(calendar, 'method') ?? method ?? ''),
          zones,
          parts.length === 0 ? media : undefined,
        ),
      );
  }
  return parts;
}

function eventPart(
  event: ICAL.Component,
  method: CalendarPart['method'],
  zones: ReadonlyMap<string, ICAL.Timezone>,
  media: Media | undefined,
): CalendarPart {
  const start = momentOf(event, 'dtstart', zones);
  const end = momentOf(event, 'dtend', zones) ?? momentOf(event, 'due', zones);
  const length: unknown = event.getFirstPropertyValue('duration');
  const lasts = length instanceof ICAL.Duration ? length.toSeconds() * 1000 : undefined;
  const until = end?.at ?? (start && lasts !== undefined ? start.at + lasts : undefined);
  const organizer = event.getFirstProperty('organizer');
  const sequence = Number(textOf(event, 'sequence'));
  const location = textOf(event, 'location');
  const description = textOf(event, 'description');
  const recurrence = textOf(event, 'rrule');
  return {
    kind: 'calendar-event',
    uid: textOf(event, 'uid') ?? '',
    method,
    title: cleanLine(textOf(event, 'summary') ?? ''),
    ...(start ? { start: start.at } : {}),
    ...(until === undefined ? {} : { end: until }),
    allDay: start?.allDay ?? false,
    ...(start?.zone === undefined ? {} : { timeZone: start.zone }),
    ...(location === undefined ? {} : { location: cleanLine(location) }),
    ...(description === undefined ? {} : { description }),
    ...(organizer ? { organizer: addressOf(organizer) } : {}),
    attendees: event
      .getAllProperties('attendee')
      .slice(0, mostAttendees)
      .map((attendee) => {
        const name = parameterOf(attendee, 'cn');
        const status = parameterOf(attendee, 'partstat')?.toLowerCase();
        return {
          address: addressOf(attendee),
          ...(name === undefined ? {} : { name: cleanLine(name) }),
          ...(status === undefined ? {} : { status }),
        };
      }),
    ...(recurrence === undefined ? {} : { recurrence }),
    ...(Number.isInteger(sequence) ? { sequence } : {}),
    ...(media ? { media } : {}),
  };
}
