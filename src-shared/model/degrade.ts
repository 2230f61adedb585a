import { htmlOf, plainOf } from '../text/formats.ts';
import { partAsText } from './degrade-text.ts';
import type { Level, SendLimits } from './limits.ts';
import { mediaOf } from './media-of.ts';
import type { Media, Part, PartKind, PartOf } from './part.ts';

/** One way in which what arrives differs from what was written. */
export interface Problem {
  readonly level: Exclude<Level, 'full'>;
  /** What it is about: a part kind, `format`, `subject`, `reply`, `mentions`, `length` or `size`. */
  readonly what: string;
  /** For the person, one sentence. */
  readonly why: string;
}
export interface Draft {
  readonly subject?: string | undefined;
  readonly parts: readonly Part[];
  /** What is answered, for a channel that can only quote it. */
  readonly answers?: { readonly author: string; readonly text: string } | undefined;
  readonly mentions?: number;
}
export interface Degraded {
  readonly subject: string | undefined;
  readonly parts: readonly Part[];
  /** False where the answer now carries a quotation instead, or nothing at all. */
  readonly keepsReply: boolean;
  readonly problems: readonly Problem[];
}

/** How each kind is called when the person is told about it. */
const names: Readonly<Record<PartKind, string>> = {
  text: 'Text',
  image: 'A picture',
  video: 'A video',
  audio: 'A sound recording',
  document: 'A file',
  sticker: 'A sticker',
  location: 'A location',
  address: 'An address',
  contact: 'A contact card',
  poll: 'A poll',
  'link-preview': 'A link preview',
  buttons: 'Buttons',
  list: 'A list to choose from',
  carousel: 'Cards',
  template: 'A template',
  form: 'A form',
  product: 'A product',
  'calendar-event': 'A calendar event',
  call: 'A call',
  system: 'A notice',
  story: 'A story',
  secured: 'A signed or encrypted part',
  unsupported: 'A part of an unknown kind',
};

/**
 * Fits a message to what a channel carries. Nothing is left out in silence: each change is a problem in words, and where
 * any is `rejected` the message must not be sent. Pure; the composer, `compose.check` and sending all read this one table.
 */
export function degrade(draft: Draft, limits: SendLimits): Degraded {
  const problems: Problem[] = [];
  const parts: Part[] = [];
  const words: string[] = [];
  let subject = draft.subject;
  if (subject && !limits.subject) {
    problems.push({
      level: 'converted',
      what: 'subject',
      why: 'This channel has no subject: it becomes the first line.',
    });
    words.push(subject);
    subject = undefined;
  }
  const keepsReply = !draft.answers || limits.reply === 'full';
  if (draft.answers && !keepsReply) words.push(...answered(draft.answers, limits.reply, problems));
  for (const part of draft.parts) {
    const fitted = fitPart(part, limits, problems);
    if (typeof fitted === 'string') words.push(fitted);
    else if (fitted) parts.push(fitted);
  }
  if ((draft.mentions ?? 0) > 0 && limits.mentions !== 'full')
    problems.push({ level: limits.mentions, what: 'mentions', why: 'Mentions become plain names here.' });
  const whole = withWords(parts, words, limits);
  checkCounts(whole, limits, problems);
  checkLength(whole, limits, problems);
  checkTotal(whole, limits, problems);
  return { subject, parts: whole, keepsReply, problems };
}

/** A reaction where there are none: an answer that quotes what it is about. */
export const reactionAsReply = (emoji: string, quoted: string): string => {
  const short = quoted.replace(/\s+/g, ' ').trim();
  return short === '' ? emoji : `${emoji}\n\n> ${short.length > 200 ? `${short.slice(0, 199)}…` : short}`;
};

function answered(answers: NonNullable<Draft['answers']>, level: Level, problems: Problem[]): readonly string[] {
  if (level === 'converted') {
    problems.push({ level, what: 'reply', why: 'This channel has no replies: what you answer is quoted.' });
    const quote = answers.text
      .split('\n')
      .slice(0, 8)
      .map((line) => `> ${line}`);
    return [`${answers.author}:\n${quote.join('\n')}`];
  }
  if (level !== 'full') problems.push({ level, what: 'reply', why: 'This channel has no replies.' });
  return [];
}

/** The part as it can go, the words that stand for it, or nothing. */
function fitPart(part: Part, limits: SendLimits, problems: Problem[]): Part | string | undefined {
  if (part.kind === 'text') return fitText(part, limits, problems);
  const limit = limits.parts[part.kind];
  const level = limit?.level ?? 'rejected';
  const name = names[part.kind];
  if (level === 'full') {
    for (const media of mediaOf(part)) checkSize(media, limit?.maxBytes, problems);
    return part;
  }
  if (level === 'dropped') {
    problems.push({ level, what: part.kind, why: `${name} cannot be sent here and is left out.` });
    return undefined;
  }
  if (level === 'converted') {
    const media = mediaOf(part)[0];
    if (part.kind === 'sticker' && media && limits.parts.image?.level === 'full') {
      problems.push({ level, what: part.kind, why: `${name} becomes a picture.` });
      return fitPart({ kind: 'image', media }, limits, problems);
    }
    const text = partAsText(part);
    if (text !== undefined) {
      problems.push({ level, what: part.kind, why: `${name} becomes text.` });
      return text;
    }
    if (media && part.kind !== 'document' && limits.parts.document?.level === 'full') {
      problems.push({ level, what: part.kind, why: `${name} becomes a file.` });
      return fitPart({ kind: 'document', media }, limits, problems);
    }
  }
  problems.push({ level: 'rejected', what: part.kind, why: `${name} cannot be sent here.` });
  return undefined;
}

/** Formats a channel may take instead, the one that keeps most first. */
const instead = { html: ['markdown', 'plain'], markdown: ['html', 'plain'], plain: ['html', 'markdown'] } as const;

function fitText(part: PartOf<'text'>, limits: SendLimits, problems: Problem[]): Part | undefined {
  const level = limits.formats[part.format];
  if (level === 'full')
    return part.format === 'html' ? { ...part, plain: part.plain ?? plainOf(part.text, 'html') } : part;
  const to = instead[part.format].find(
    (format) => limits.formats[format] === 'full' && canConvert(part.format, format),
  );
  if (level === 'rejected' && !to) {
    problems.push({ level, what: 'format', why: 'Text in this format cannot be sent here.' });
    return undefined;
  }
  // Markdown loses nothing as HTML, and plain text nothing at all; formatting lost is said.
  if (to === undefined || to === 'plain') {
    const plain = part.plain ?? plainOf(part.text, part.format);
    if (part.format === 'html' ? hasFormatting(part.text) : plain !== part.text.trim())
      problems.push({
        level: 'converted',
        what: 'format',
        why: 'This channel carries plain text: formatting is lost.',
      });
    return { kind: 'text', format: 'plain', text: plain };
  }
  if (to === 'markdown') return { kind: 'text', format: 'markdown', text: part.text };
  return { kind: 'text', format: 'html', text: htmlOf(part.text, part.format), plain: plainOf(part.text, part.format) };
}
/** HTML is never turned into markdown: what a stranger's mark-up means in it cannot be told. */
const canConvert = (from: 'plain' | 'markdown' | 'html', to: 'plain' | 'markdown' | 'html'): boolean =>
  to !== 'markdown' && from !== to;
const hasFormatting = (html: string): boolean => /<(?!\/?(?:div|p|br|html|body|head|meta)\b)[a-z]/i.test(html);

/** Words that stand for parts go before what else is said, in the text part where there is one. */
function withWords(parts: readonly Part[], words: readonly string[], limits: SendLimits): readonly Part[] {
  if (words.length === 0) return parts;
  const added = words.join('\n\n');
  const index = parts.findIndex((part) => part.kind === 'text');
  const text = parts[index];
  if (text?.kind !== 'text') {
    const format = limits.formats.plain === 'full' || limits.formats.html !== 'full' ? 'plain' : 'html';
    const made: Part =
      format === 'plain'
        ? { kind: 'text', format, text: added }
        : { kind: 'text', format, text: htmlOf(added, 'plain'), plain: added };
    return [made, ...parts];
  }
  const plain = text.plain === undefined ? undefined : `${added}\n\n${text.plain}`;
  const joined = text.format === 'html' ? `${htmlOf(added, 'plain')}<br>${text.text}` : `${added}\n\n${text.text}`;
  return parts.with(index, { ...text, text: joined, ...(plain === undefined ? {} : { plain }) });
}

function checkSize(media: Media, most: number | undefined, problems: Problem[]): void {
  if (most !== undefined && media.bytes !== undefined && media.bytes > most)
    problems.push({
      level: 'rejected',
      what: 'size',
      why: `${media.name ?? 'A file'} has ${size(media.bytes)}; this channel takes at most ${size(most)}.`,
    });
}
const size = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

function checkCounts(parts: readonly Part[], limits: SendLimits, problems: Problem[]): void {
  for (const kind of new Set(parts.map((part) => part.kind))) {
    const most = limits.parts[kind]?.maxCount;
    const count = parts.filter((part) => part.kind === kind).length;
    if (most !== undefined && count > most)
      problems.push({
        level: 'rejected',
        what: kind,
        why: `At most ${most} of this kind go into one message here; there are ${count}.`,
      });
  }
}

function checkLength(parts: readonly Part[], limits: SendLimits, problems: Problem[]): void {
  if (limits.maxText === 0) return;
  const length = parts.reduce((sum, part) => sum + (part.kind === 'text' ? part.text.length : 0), 0);
  if (length > limits.maxText)
    problems.push({
      level: 'rejected',
      what: 'length',
      why: `The text has ${length} characters; this channel takes at most ${limits.maxText}.`,
    });
}

function checkTotal(parts: readonly Part[], limits: SendLimits, problems: Problem[]): void {
  if (limits.maxTotalBytes === undefined) return;
  const total = parts.flatMap(mediaOf).reduce((sum, media) => sum + (media.bytes ?? 0), 0);
  if (total > limits.maxTotalBytes)
    problems.push({
      level: 'rejected',
      what: 'size',
      why: `The files together have ${size(total)}; this channel takes at most ${size(limits.maxTotalBytes)}.`,
    });
}
