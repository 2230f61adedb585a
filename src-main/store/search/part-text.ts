import type { Media, Part } from '../../../src-shared/model/index.ts';
import { mediaOf } from '../../../src-shared/model/media-of.ts';

/** Every word a person could remember of a part, without file names. Mark-up is left out: HTML carries its own `plain`. */
export function partText(part: Part): string {
  return lines(part).filter(Boolean).join('\n');
}
/** Names of the files a part carries. */
export const fileNames = (part: Part): string[] => mediaOf(part).flatMap((media) => (media.name ? [media.name] : []));

type Lines = readonly (string | undefined)[];
const caption = (media: Media | undefined): string | undefined => media?.caption;

function lines(part: Part): Lines {
  switch (part.kind) {
    case 'text':
      return [part.plain ?? (part.format === 'html' ? '' : part.text)];
    case 'image':
    case 'video':
    case 'document':
      return [caption(part.media)];
    case 'audio':
      return [caption(part.media), part.transcript];
    case 'sticker':
      return [part.emoji];
    case 'location':
      return [part.name, part.address];
    case 'address':
      return [part.name, part.formatted];
    case 'contact':
      return [part.name, part.organisation, ...part.phones, ...part.emails];
    case 'poll':
      return [part.question, ...part.options.map((option) => option.text)];
    case 'link-preview':
      return [part.title, part.description, part.site, part.url];
    case 'buttons':
      return [part.text, ...part.buttons.map((button) => button.label)];
    case 'list':
      return [part.title, part.text, ...part.sections.flatMap(sectionLines)];
    case 'carousel':
      return part.cards.flatMap((card) => [card.title, card.subtitle, ...card.buttons.map((button) => button.label)]);
    case 'template':
      return [part.text];
    case 'form':
      return [part.title, ...part.fields.flatMap((field) => [field.label, field.value])];
    case 'product':
      return [part.orderId, part.status, ...part.items.map((item) => item.title)];
    case 'calendar-event':
      return [part.title, part.location, part.description, part.organizer, ...part.attendees.flatMap(attendeeLines)];
    case 'call':
      return [];
    case 'system':
      return [part.text];
    case 'story':
      return [part.text, caption(part.media)];
    case 'secured':
      return [];
    case 'unsupported':
      return [part.text];
  }
}
type Section = { readonly title?: string | undefined; readonly rows: readonly Row[] };
type Row = { readonly title: string; readonly description?: string | undefined };
const sectionLines = (section: Section): Lines => [
  section.title,
  ...section.rows.flatMap((row) => [row.title, row.description]),
];
const attendeeLines = (attendee: { readonly name?: string | undefined; readonly address: string }): Lines => [
  attendee.name,
  attendee.address,
];
