import type { OutgoingMessage, Part, PartOf } from '../../../src-shared/model/index.ts';
import { optionBytes } from '../map/poll.ts';
import type { Plain } from '../remote/plain.ts';
import { type Formatted, formatted } from './markdown.ts';
import { type FilePart, isFile } from './upload.ts';

/** core.telegram.org/api/config#caption-length-max. */
const captionLength = 1024;
/** An album holds so many (core.telegram.org/api/files#albums-grouped-media). */
const albumLength = 10;

/** What goes out in one call. */
export type Piece =
  | { readonly is: 'text'; readonly words: Formatted }
  | { readonly is: 'files'; readonly files: readonly FilePart[]; readonly words: Formatted }
  | { readonly is: 'media'; readonly media: Plain; readonly words: Formatted };

const nothing: Formatted = { text: '', entities: [] };
/** Only like goes with like: pictures and videos together, sounds together, files together. */
const classOf = ({ kind }: FilePart): string => (kind === 'image' || kind === 'video' ? 'visual' : kind);

/** A message as the calls it takes, in order. Words go with the first file where they fit as its caption. */
export function piecesOf(message: OutgoingMessage): readonly Piece[] {
  const words = joined(message.parts.filter((part): part is PartOf<'text'> => part.kind === 'text').map(formatted));
  const albums: FilePart[][] = [];
  for (const part of message.parts.filter(isFile)) {
    const last = albums.at(-1);
    const fits = last?.[0] && classOf(last[0]) === classOf(part) && last.length < albumLength && !isVoice(part);
    if (fits) last.push(part);
    else albums.push([part]);
  }
  const caption = albums.length > 0 && words.text.length <= captionLength;
  return [
    ...(words.text !== '' && !caption ? [{ is: 'text', words } as const] : []),
    ...albums.map((files, index) => ({ is: 'files', files, words: caption && index === 0 ? words : nothing }) as const),
    ...message.parts.flatMap((part) => {
      const media = mediaOf(part);
      return media ? [{ is: 'media', media, words: nothing } as const] : [];
    }),
  ];
}
const isVoice = (part: FilePart): boolean => part.kind === 'audio' && part.voiceNote;

export function joined(all: readonly Formatted[]): Formatted {
  let text = '';
  const entities: Plain[] = [];
  for (const one of all) {
    if (text !== '') text += '\n\n';
    entities.push(...one.entities.map((entity) => ({ ...entity, offset: Number(entity.offset) + text.length })));
    text += one.text;
  }
  return { text, entities };
}
/** What is neither words nor a file. */
function mediaOf(part: Part): Plain | undefined {
  switch (part.kind) {
    case 'location': {
      const geoPoint = { _: 'InputGeoPoint', lat: part.latitude, long: part.longitude };
      if (part.name === undefined && part.address === undefined) return { _: 'InputMediaGeoPoint', geoPoint };
      const empty = { provider: '', venueId: '', venueType: '' };
      return { _: 'InputMediaVenue', geoPoint, title: part.name ?? '', address: part.address ?? '', ...empty };
    }
    case 'contact': {
      const [firstName = '', ...rest] = part.name.split(' ');
      const phoneNumber = part.phones[0] ?? '';
      return { _: 'InputMediaContact', phoneNumber, firstName, lastName: rest.join(' '), vcard: part.vcard ?? '' };
    }
    case 'poll':
      return {
        _: 'InputMediaPoll',
        poll: {
          _: 'Poll',
          id: '0',
          hash: '0',
          question: { _: 'TextWithEntities', text: part.question, entities: [] },
          answers: part.options.map(({ text }, index) => ({
            _: 'PollAnswer',
            text: { _: 'TextWithEntities', text, entities: [] },
            option: optionBytes(index.toString(16).padStart(2, '0')),
          })),
          ...(part.multiple ? { multipleChoice: true } : {}),
          ...(part.anonymous === false ? { publicVoters: true } : {}),
        },
      };
    default:
      return undefined;
  }
}
