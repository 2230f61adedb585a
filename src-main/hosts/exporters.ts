import type { Media, Part } from '../../src-shared/model/index.ts';
import type { MailExporter } from '../ports/index.ts';

/** Writes messages of any channel as mail, by the mail kit; loaded with the first export. */
export const mailExporter: MailExporter = {
  async compose({ message, messageId, from, attachments }) {
    const { composeMail } = await import('../../adapters/_kit/mail/index.ts');
    const media = new Map(message.parts.flatMap(mediaOf).map((one) => [one.ref, one]));
    const files = attachments.map(({ ref, bytes }) => {
      const known = media.get(ref);
      return {
        ref,
        bytes,
        name: known?.name ?? 'attachment',
        mime: known?.mime ?? 'application/octet-stream',
        ...(known?.inline === undefined ? {} : { inline: known.inline }),
        ...(known?.contentId === undefined ? {} : { contentId: known.contentId }),
      };
    });
    return (await composeMail(message, { messageId, from, files, bcc: 'keep' })).raw;
  },
};

const mediaOf = (part: Part): readonly Media[] =>
  'media' in part && typeof part.media === 'object' ? [part.media] : [];
