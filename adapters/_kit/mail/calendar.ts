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

/** A property's value; undefined when it is absent or cannot be read (values are decoded only now). */
function readValue(property: ICAL.Property | null): unknown {
  try {
    return property?.getFirstValue() ?? undefined;
  } catch {
    return undefined;
  }
}
const textOf = (component: ICAL.Component, name: string): string | undefined => {
  const value = readValue(component.getFirstProperty(name));
  const text = value === null || value === undefined ? '' : String(value).trim();
  return text === '' ? undefined : text;
};
const addressOf = (property: ICAL.Property): string =>
  String(readValue(property) ?? '')
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
  const value = readValue(property);
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

const essential =
  /^(?:BEGIN|END|UID|SUMMARY|DTSTART|DTEND|DUE|DURATION|LOCATION|DESCRIPTION|ORGANIZER|ATTENDEE|SEQUENCE|RRULE|TZID|TZOFFSET\w+)(?:[;:])/i;

/** The lines of each component of one kind, nested ones included in theirs; one that never ends goes to where the next begins. */
function blocksOf(lines: readonly string[], kind: string): string[][] {
  const blocks: string[][] = [];
  let open: string[] | undefined;
  for (const line of lines) {
    if (new RegExp(`^BEGIN:${kind}\\s*$`, 'i').test(line)) {
      if (open) blocks.push([...open, `END:${kind}`]);
      if (blocks.length >= mostEvents) return blocks;
      open = [line];
    } else if (open) {
      open.push(line);
      if (!new RegExp(`^END:${kind}\\s*$`, 'i').test(line)) continue;
      blocks.push(open);
      open = undefined;
    }
  }
  return open ? [...blocks, [...open, `END:${kind}`]] : blocks;
}

/** One broken line is not worth losing an invitation: what does not parse whole is tried with its essential lines alone. */
function componentOf(lines: readonly string[]): ICAL.Component | undefined {
  for (const some of [lines, lines.filter((line) => essential.test(line))]) {
    try {
      return ICAL.Component.fromString(some.join('\r\n'));
    } catch {
      // The next attempt has fewer lines; with none left there is no event, and the file itself is shown.
    }
  }
  return undefined;
}

/**
 * Events of an iCalendar object (RFC 5545) as they are offered in mail (RFC 6047). Empty when there is none to read.
 * `method` is the one the Content-Type names, used when the object has none.
 */
export function calendarParts(text: string, method: string | undefined, media: Media | undefined): CalendarPart[] {
  const lines = text
    .slice(0, 1_000_000)
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n|\r/)
    .filter((line) => line.trim() !== '');
  const zones = new Map<string, ICAL.Timezone>();
  for (const zone of blocksOf(lines, 'VTIMEZONE').map(componentOf)) {
    const id = zone && textOf(zone, 'tzid');
    if (zone && id !== undefined) zones.set(id, new ICAL.Timezone(zone));
  }
  const told = lines
    .find((line) => /^METHOD:/i.test(line))
    ?.slice('METHOD:'.length)
    .trim();
  return [...blocksOf(lines, 'VEVENT'), ...blocksOf(lines, 'VTODO')]
    .slice(0, mostEvents)
    .flatMap((block) => componentOf(block) ?? [])
    .map((event, index) => eventPart(event, methodOf(told ?? method ?? ''), zones, index === 0 ? media : undefined));
}

function eventPart(
  event: ICAL.Component,
  method: CalendarPart['method'],
  zones: ReadonlyMap<string, ICAL.Timezone>,
  media: Media | undefined,
): CalendarPart {
  const start = momentOf(event, 'dtstart', zones);
  const end = momentOf(event, 'dtend', zones) ?? momentOf(event, 'due', zones);
  const length = readValue(event.getFirstProperty('duration'));
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
