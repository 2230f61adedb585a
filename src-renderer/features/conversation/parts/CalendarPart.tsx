import './calendar.css';
import { CalendarCheck, CalendarDays, CalendarX, MapPin, Repeat, Users } from 'lucide-react';
import type { PartOf } from '../../../../src-shared/model/index.ts';
import type { Formats } from '../../../i18n/formats.ts';
import type { Key } from '../../../i18n/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';
import { Linked } from './TextPart.tsx';

const methods: Partial<Record<PartOf<'calendar-event'>['method'], Key>> = {
  request: 'calendar.request',
  reply: 'calendar.reply',
  cancel: 'calendar.cancel',
  counter: 'calendar.counter',
};
const plain = (address: string): string => address.replace(/^mailto:/i, '');

export function CalendarPart({ part }: { part: PartOf<'calendar-event'> }) {
  const t = useT();
  const formats = useFormats();
  const Icon = part.method === 'cancel' ? CalendarX : part.method === 'reply' ? CalendarCheck : CalendarDays;
  const method = methods[part.method];
  return (
    <div className="part-box calendar" data-cancelled={part.method === 'cancel'}>
      <p className="part-head">
        <Icon aria-hidden="true" />
        <span>{method ? t(method) : t('calendar.event')}</span>
      </p>
      <p className="calendar-title" dir="auto">
        {part.title}
      </p>
      <p className="calendar-when">{when(part, formats)}</p>
      {part.location ? (
        <p className="part-way" dir="auto">
          <MapPin aria-hidden="true" />
          <Linked text={part.location} />
        </p>
      ) : null}
      {part.recurrence ? (
        <p className="part-way">
          <Repeat aria-hidden="true" />
          {part.recurrence}
        </p>
      ) : null}
      {part.attendees.length > 0 ? (
        <p className="part-way" dir="auto">
          <Users aria-hidden="true" />
          {part.attendees.map((one) => one.name ?? plain(one.address)).join(', ')}
        </p>
      ) : null}
      {part.description ? (
        <p className="calendar-text" dir="auto">
          <Linked text={part.description} />
        </p>
      ) : null}
      {part.organizer ? <p className="part-foot">{t('calendar.organizer', { name: plain(part.organizer) })}</p> : null}
    </div>
  );
}

function when({ start, end, allDay }: PartOf<'calendar-event'>, formats: Formats): string {
  if (start === undefined) return '';
  // RFC 5545 §3.6.1: the end of an all-day event is the day after its last.
  return formats.span(start, end !== undefined && allDay ? end - 86_400_000 : end, allDay);
}
