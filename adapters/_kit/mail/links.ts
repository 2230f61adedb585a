import type { HeaderField } from './api.ts';
import { headerOf, headersOf } from './headers.ts';
import { limits } from './limits.ts';

const longest = 2000;

/** What stands in angle brackets, blanks of bad folding taken out. */
const bracketed = (text: string): string[] =>
  [...text.matchAll(/<([^<>]*)>/g)].map((match) => (match[1] ?? '').replace(/\s+/g, '')).filter(usable);
const usable = (id: string): boolean => id !== '' && id !== '@' && id.length <= longest;

/** The message's own identifier without angle brackets; undefined when it has none. */
export function messageIdOf(fields: readonly HeaderField[]): string | undefined {
  const written = headerOf(fields, 'message-id') ?? headerOf(fields, 'x-message-id');
  if (written === undefined) return undefined;
  const [id] = bracketed(written);
  if (id !== undefined) return id;
  // Without brackets (or with one): the first word is what answers will quote.
  const word = written.replace(/[<>]/g, ' ').trim().split(/\s+/)[0] ?? '';
  return usable(word) ? word : undefined;
}

/**
 * In-Reply-To was once free text ("Your message of Monday <id>", "Bob <bob@example.com> of ..."). Only a field of
 * nothing but identifiers is taken whole; of any other the last one, and never a mailbox, which would join strangers.
 */
function inReplyTo(text: string, people: ReadonlySet<string>): string[] {
  const ids = bracketed(text);
  const around = text.replace(/<[^<>]*>/g, '').trim();
  if (ids.length === 0) {
    const bare = text.trim();
    return /^[^\s<>"'@]+@[^\s<>"'@]+$/.test(bare) && usable(bare) ? [bare] : [];
  }
  const chosen = around === '' || /^[\s,]*$/.test(around) ? ids : ids.slice(-1);
  return chosen.filter((id) => !people.has(id.toLowerCase()));
}

/**
 * Every identifier the message is or refers to (RFC 5322 section 3.6.4), own first, then References oldest first, then
 * In-Reply-To; without repeats. Messages that share one are one conversation.
 */
export function linksOf(fields: readonly HeaderField[]): string[] {
  const own = messageIdOf(fields);
  const people = new Set(
    ['from', 'to', 'cc', 'sender', 'reply-to'].flatMap((name) =>
      headersOf(fields, name).flatMap((value) =>
        value
          .split(/[\s<>"',;:]/)
          .filter((word) => word.includes('@'))
          .map((word) => word.toLowerCase()),
      ),
    ),
  );
  const references = headersOf(fields, 'references').flatMap((text) => bracketed(text));
  const answered = headersOf(fields, 'in-reply-to').flatMap((text) => inReplyTo(text, people));
  const all = new Set([
    ...(own === undefined ? [] : [own]),
    ...references.filter((id) => !people.has(id.toLowerCase())),
    ...answered,
  ]);
  const list = [...all];
  // Of endless References the root and the newest tell most.
  return list.length <= limits.links ? list : [...list.slice(0, 20), ...list.slice(20 - limits.links)];
}
