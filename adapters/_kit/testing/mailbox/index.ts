import { keepingParser } from './desk.ts';
import { readsAll } from './reading.ts';
import { sendsOnce } from './sending.ts';
import type { MailSubject } from './subject.ts';
import { outlastsTrouble } from './trouble.ts';
import type { MailNetwork } from './world.ts';

export { fetchHistory } from './by-hand.ts';
export { type Desk, eachAtADesk, eachInItsWorld, failure, keepingParser, target } from './desk.ts';
export { hereIn, keysIn } from './reading.ts';
export type { BadMoment, MailSize, MailSubject } from './subject.ts';
export { type MailNetwork, type MailWorld, mailWorld, type Opened } from './world.ts';

/** What every mailbox on a network that is asked for news does alike; what only one does has tests of its own beside it. */
export function mailboxes<N extends MailNetwork>(subject: MailSubject<N>): void {
  keepingParser();
  readsAll(subject);
  sendsOnce(subject);
  outlastsTrouble(subject);
}
