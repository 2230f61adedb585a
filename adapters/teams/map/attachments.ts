import { z } from 'zod';
import type { Media, Part } from '../../../src-shared/model/index.ts';
import { fileRef, hostedRef } from '../ids.ts';
import { ownEmojiIn } from '../text/own-emoji.ts';
import { readHtml } from '../text/read.ts';
import type { Attachment, Message } from '../wire.ts';
import { cardParts } from './cards.ts';

/** Of a file the name alone is told: what it is follows from its ending. */
const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  svg: 'image/svg+xml',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};
/** Vector pictures are documents here: they can hold scripts. */
const shownAs = (mime: string): 'image' | 'video' | 'audio' | 'document' =>
  mime === 'image/svg+xml' || mime === 'image/heic'
    ? 'document'
    : /^image\//.test(mime)
      ? 'image'
      : /^video\//.test(mime)
        ? 'video'
        : /^audio\//.test(mime)
          ? 'audio'
          : 'document';

function mimeOfName(name: string): string {
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  return (Object.hasOwn(types, ending) ? types[ending] : undefined) ?? 'application/octet-stream';
}
function filePart(id: string, name: string): Part {
  const mime = mimeOfName(name);
  const media: Media = { ref: fileRef(id), mime, name: name.slice(0, 1024) };
  const kind = shownAs(mime);
  return kind === 'audio' ? { kind, media, voiceNote: false } : { kind, media };
}
/** What a hosted picture is shows when it is opened; it is always one a browser can show. */
export const hostedPart = (id: string): Part => ({
  kind: 'image',
  media: { ref: hostedRef(id), mime: 'image/png', name: 'picture.png', inline: true },
});

const Reference = z.object({ messageId: z.string().regex(/^[\w-]{1,100}$/) });
/** https://learn.microsoft.com/en-us/graph/api/chatmessage-forwardtochat */
const Forwarded = z.object({
  originalMessageContent: z.string().optional().catch(undefined),
  originalSentDateTime: z.string().optional().catch(undefined),
  originalMessageSender: z
    .object({ user: z.object({ displayName: z.string().nullish() }).nullish() })
    .optional()
    .catch(undefined),
});
const Snippet = z.object({
  name: z.string().optional().catch(undefined),
  language: z.string().optional().catch(undefined),
  codeSnippetUrl: z.string().optional().catch(undefined),
});

export interface Attached {
  readonly parts: readonly Part[];
  /** The message of the same chat that is quoted. */
  readonly answers: string | undefined;
  readonly forwarded: { readonly name: string; readonly at?: number } | undefined;
  /** What there is no word for, as it came. */
  readonly unknown: readonly Attachment[];
}

export function attached({ attachments = [] }: Message): Attached {
  const parts: Part[] = [];
  const unknown: Attachment[] = [];
  let answers: string | undefined;
  let forwarded: Attached['forwarded'];
  for (const one of attachments) {
    const { id, contentType = '', contentUrl, content, name } = one;
    if (contentType === 'reference' && id !== undefined && id !== '' && id.length <= 1000)
      parts.push(filePart(id, name || nameIn(contentUrl) || 'file'));
    else if (contentType === 'messageReference') {
      const read = Reference.safeParse(parsed(content)).data;
      answers ??=
        read?.messageId ?? (id !== undefined && Reference.safeParse({ messageId: id }).success ? id : undefined);
      if (answers === undefined) unknown.push(one);
    } else if (contentType === 'forwardedMessageReference') {
      const read = Forwarded.safeParse(parsed(content)).data;
      const words = read?.originalMessageContent;
      const at = Date.parse(read?.originalSentDateTime ?? '');
      forwarded = {
        name: (read?.originalMessageSender?.user?.displayName ?? 'somebody').slice(0, 1024),
        ...(at >= 0 && { at }),
      };
      if (words) parts.push(...textParts(words));
      else unknown.push(one);
    } else if (contentType === 'application/vnd.microsoft.card.codesnippet') {
      const read = Snippet.safeParse(parsed(content)).data;
      const hosted = /\/hostedContents\/([^/?#]+)\/\$value/.exec(read?.codeSnippetUrl ?? '')?.[1];
      const title = read?.name || 'code';
      if (hosted === undefined) unknown.push(one);
      else
        parts.push({
          kind: 'document',
          media: {
            ref: hostedRef(hosted),
            mime: 'text/plain',
            name: `${title}.${read?.language?.toLowerCase() || 'txt'}`.slice(0, 1024),
          },
        });
    } else if (
      contentUrl !== undefined &&
      /^https:\/\//.test(contentUrl) &&
      contentUrl.length < 8000 &&
      content === undefined
    ) {
      parts.push({ kind: 'link-preview', url: contentUrl, ...(name && { title: name }) });
      if (!linkish.has(contentType)) unknown.push(one);
    } else {
      const card = cardParts(cardName(contentType), parsed(content));
      parts.push(...(card.length > 0 ? card : [{ kind: 'unsupported', what: cardName(contentType) } as const]));
      unknown.push(one);
    }
  }
  return { parts, answers, forwarded, unknown };
}
const linkish = new Set(['tabReference', 'meetingReference']);

const cardName = (type: string): string => {
  const kind = /^application\/vnd\.microsoft\.(?:teams\.)?card\.([\w.]+)$/.exec(type)?.[1];
  return kind === undefined ? type.slice(0, 100) || 'attachment' : `card: ${kind.slice(0, 80)}`;
};
const nameIn = (url: string | undefined): string | undefined => {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
};

/** More different ones than anybody writes in one text. */
const mostEmoji = 100;
/** HTML of Teams as a part, plain where it has no marks. */
export function textParts(html: string): readonly Part[] {
  const { markdown, plain, marks } = readHtml(html);
  if (markdown === '') return [];
  const emoji = ownEmojiIn(html)
    .flatMap(({ text, ref }) => (ref === undefined ? [] : [{ text, media: { ref, mime: 'image/png', inline: true } }]))
    .slice(0, mostEmoji);
  if (emoji.length > 0) return [{ kind: 'text', format: 'markdown', text: markdown, plain, emoji }];
  return [
    marks
      ? { kind: 'text', format: 'markdown', text: markdown, plain }
      : { kind: 'text', format: 'plain', text: plain },
  ];
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
