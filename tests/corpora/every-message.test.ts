import { expect, it } from 'vitest';
import { openPart, parseMail, toIncoming } from '../../adapters/_kit/mail/index.ts';
import { limits } from '../../adapters/_kit/mail/limits.ts';
import { IncomingMessage, mediaOf } from '../../src-shared/model/index.ts';
import { describeCorpus, filesOf } from './corpus.ts';

const own: ReadonlySet<string> = new Set();
/** Far above what any file needs (the slowest takes half a second), far below a hang. */
const longestMs = 5000;

describeCorpus('Every file of the MIME suites, whatever it is', 'mime', () => {
  for (const { name, bytes } of filesOf('mime')) {
    it(`is read, fits the model and opens: ${name}`, () => {
      const source = bytes();
      const started = performance.now();
      const mail = parseMail(source);
      const { message, users } = toIncoming(mail, { own });
      expect(performance.now() - started).toBeLessThan(longestMs);
      expect(IncomingMessage.safeParse(message).error?.issues).toBeUndefined();
      expect(users.length).toBeLessThanOrEqual(limits.addresses * 4);
      for (const media of mail.parts.flatMap(mediaOf)) expect(openPart(source, media.ref), media.ref).toBeDefined();
      // The same bytes always give the same message.
      expect(parseMail(source)).toEqual(mail);
    });
  }
});
