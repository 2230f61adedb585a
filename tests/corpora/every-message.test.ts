import { expect, it } from 'vitest';
import { openPart, parseMail, toIncoming } from '../../adapters/_kit/mail/index.ts';
import { limits } from '../../adapters/_kit/mail/limits.ts';
import { IncomingMessage, mediaOf } from '../../src-shared/model/index.ts';
import { describeCorpus, filesOf } from './corpus.ts';

const own: ReadonlySet<string> = new Set();
/** Of the processor, so that others may load the machine: far above what any file needs (the slowest takes half a second). */
const longestMicroseconds = 5_000_000;

describeCorpus('Every file of the MIME suites, whatever it is', 'mime', () => {
  for (const { name, bytes } of filesOf('mime')) {
    it(`is read, fits the model and opens: ${name}`, () => {
      const source = bytes();
      const began = process.cpuUsage();
      const mail = parseMail(source);
      const { message, users } = toIncoming(mail, { own });
      const { user, system } = process.cpuUsage(began);
      expect(user + system).toBeLessThan(longestMicroseconds);
      expect(IncomingMessage.safeParse(message).error?.issues).toBeUndefined();
      expect(users.length).toBeLessThanOrEqual(limits.addresses * 4);
      for (const media of mail.parts.flatMap(mediaOf)) expect(openPart(source, media.ref), media.ref).toBeDefined();
      // The same bytes always give the same message.
      expect(parseMail(source)).toEqual(mail);
    });
  }
});
