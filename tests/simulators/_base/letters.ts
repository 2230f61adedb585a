import type { Buffer } from 'node:buffer';
import { cast, me, type Person } from './cast.ts';
import { write } from './mime.ts';
import type { Said, Talk } from './script.ts';

/** Something said, as a letter (RFC 5322). */
export interface Letter {
  readonly talk: Talk;
  readonly said: Said;
  /** Its place in the talk, from 0. */
  readonly index: number;
  /** The mailbox's own person wrote it. */
  readonly mine: boolean;
  readonly raw: Buffer;
}
/** All talks as letters from and to `owner`, oldest first. */
export const lettersOf = (talks: readonly Talk[], owner: Person): readonly Letter[] =>
  talks
    .flatMap((talk) => talk.said.map((said, index) => ({ talk, said, index })))
    .toSorted((a, b) => a.said.at - b.said.at)
    .map(({ talk, said, index }) => {
      const mine = said.by.id === me.id;
      const raw = write({
        from: mine ? owner : said.by,
        to: mine ? talk.members : [owner, ...talk.members.filter(({ id }) => id !== said.by.id)],
        subject: index === 0 ? talk.title : `Re: ${talk.title}`,
        at: said.at,
        messageId: `${said.id}@northwind.example`,
        references: talk.said.slice(0, index).map(({ id }) => `${id}@northwind.example`),
        text: said.text,
        ...(index % 3 === 0 ? { html: `<p>${said.text}</p>` } : {}),
        ...(said.file ? { file: said.file } : {}),
      });
      return { talk, said, index, mine, raw };
    });

/** A letter out of nowhere to `owner`, the `count`th of its kind, from the next of the cast. `at`: Unix ms. */
export function newsTo(owner: Person, count: number, at: number, subject = `News ${count}`): Buffer {
  const from = cast[count % cast.length] ?? me;
  return write({
    from,
    to: [owner],
    subject,
    at,
    messageId: `news-${count}-${at}@${from.email.split('@')[1]}`,
    references: [],
    text: `Did you see this, ${owner.given}?`,
  });
}
