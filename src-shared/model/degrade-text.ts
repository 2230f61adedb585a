import type { Part, PartOf } from './part.ts';

/** Every part kind as words, for a channel that has no such thing. Undefined where words cannot stand for it. */

const lines = (...all: readonly (string | undefined | false)[]): string =>
  all.filter((line): line is string => typeof line === 'string' && line !== '').join('\n');
const numbered = (all: readonly string[]): string => all.map((text, index) => `${index + 1}. ${text}`).join('\n');
const link = (label: string, url: string | undefined): string => (url ? `${label}: ${url}` : label);
const buttonText = (button: PartOf<'buttons'>['buttons'][number]): string =>
  link(button.label, button.action === 'url' || button.action === 'phone' ? button.value : undefined);

/** The part in words, a line for each thing to say; undefined where words cannot stand for it. */
export function partAsText(part: Part): string | undefined {
  switch (part.kind) {
    case 'text':
      return part.plain ?? part.text;
    case 'location':
      return lines(part.name, part.address, mapLink(part.latitude, part.longitude));
    case 'address':
      return lines(part.name, part.formatted);
    case 'contact':
      return lines(part.name, part.organisation, ...part.phones, ...part.emails);
    case 'poll':
      return lines(part.question, numbered(part.options.map((option) => option.text)));
    case 'link-preview':
      return lines(part.title, part.url);
    case 'buttons':
      return lines(part.text, numbered(part.buttons.map(buttonText)));
    case 'list':
      return lines(
        part.title,
        part.text,
        numbered(
          part.sections.flatMap((section) =>
            section.rows.map((row) => (row.description ? `${row.title}: ${row.description}` : row.title)),
          ),
        ),
      );
    case 'carousel':
      return part.cards
        .map((card) => lines(card.title, card.subtitle, card.url, numbered(card.buttons.map(buttonText))))
        .join('\n\n');
    case 'template':
      return part.text;
    case 'form':
      return lines(part.title, ...part.fields.map((field) => `${field.label}: ${field.value ?? ''}`.trimEnd()));
    case 'product':
      return lines(...part.items.map((item) => productLine(item, part.currency)), part.status);
    case 'calendar-event':
      return lines(part.title, timeSpan(part), part.location, part.description);
    case 'story':
      return lines(part.text, part.url) || undefined;
    case 'sticker':
      return part.emoji;
    case 'system':
      return part.text;
    case 'unsupported':
      return part.text;
    default:
      return undefined;
  }
}

/** Every map application and browser opens it; seven decimals are a centimetre. */
function mapLink(latitude: number, longitude: number): string {
  const [lat, lon] = [Number(latitude.toFixed(7)), Number(longitude.toFixed(7))];
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=16/${lat}/${lon}`;
}

function productLine(item: PartOf<'product'>['items'][number], currency: string | undefined): string {
  const amount = item.quantity && item.quantity !== 1 ? `${item.quantity} × ` : '';
  const price =
    item.priceMinor !== undefined && currency
      ? ` (${(item.priceMinor / minorUnit(currency)).toFixed(digits(currency))} ${currency})`
      : '';
  return link(`${amount}${item.title}${price}`, item.url);
}
/** ISO 4217 says how many digits a currency's minor unit has; the platform carries the table. */
const digits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
const minorUnit = (currency: string): number => 10 ** digits(currency);

/** ISO 8601, which reads the same in every language. */
function timeSpan(event: PartOf<'calendar-event'>): string | undefined {
  if (event.start === undefined) return undefined;
  const show = (at: number): string => {
    const text = new Date(at).toISOString();
    return event.allDay ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
  };
  return event.end === undefined ? show(event.start) : `${show(event.start)} - ${show(event.end)}`;
}
