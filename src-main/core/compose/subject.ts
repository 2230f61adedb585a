/**
 * What mail programs of several languages put before a subject. An answer to an answer keeps the mark it has, in
 * whatever language, rather than growing "Re: Odp: Re:". (RFC 5322 section 3.6.5 knows "Re: " alone.)
 */
const answer = /^\s*(?:re|odp|aw|antw|sv|vs|ynt|rif|rv|res)(?:\[\d+\]|\^\d+)?\s*[:：]/i;
const forward = /^\s*(?:fwd?|pd|wg|tr|vb|doorst|enc|rv)(?:\[\d+\]|\^\d+)?\s*[:：]/i;

export const answerSubject = (subject: string): string => (answer.test(subject) ? subject : `Re: ${subject}`.trimEnd());
export const forwardSubject = (subject: string): string =>
  forward.test(subject) ? subject : `Fwd: ${subject}`.trimEnd();
