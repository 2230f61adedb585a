import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Handlers } from '../../../src-shared/ipc/index.ts';
import { CallError } from '../errors.ts';
import type { Attachments } from './attachments.ts';

export const attachmentHandlers = (
  attachments: Attachments,
): Handlers<'attachment.fetch' | 'attachment.save' | 'compose.upload'> => ({
  'attachment.fetch': ({ attachment }) => attachments.fetch(attachment),
  'attachment.save': async ({ attachment, path }) => {
    const file = await attachments.open(attachment);
    const half = join(dirname(path), `.${randomUUID()}.part`);
    try {
      await pipeline(Readable.from(file.stream()), createWriteStream(half, { flags: 'wx' }));
      await rename(half, path);
    } catch (error) {
      await rm(half, { force: true });
      throw new CallError('cannot-write', 'The file could not be written there. Choose another place.', {
        retryable: true,
        cause: error,
      });
    }
    return { path };
  },
  'compose.upload': ({ name, mime, base64 }) =>
    attachments.upload({ name, mime, content: [Buffer.from(base64, 'base64')] }),
});
