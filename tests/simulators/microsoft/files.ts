import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Route, route } from '../_base/index.ts';
import { answered } from './mail.ts';
import { type Mailbox, Refused } from './mailbox.ts';
import type { File } from './mime.ts';

const files = '/v1.0/me/messages/:id/attachments';
/** https://learn.microsoft.com/en-us/graph/outlook-large-attachments: pieces in order, multiples of 320 KiB but the last. */
const pieceBytes = 320 * 1024;
const columns = new Set('id name contentType size isInline microsoft.graph.fileAttachment/contentId'.split(' '));

const told = ({ id, name, type, bytes, isInline, contentId }: File) => ({
  '@odata.type': '#microsoft.graph.fileAttachment',
  id,
  name,
  contentType: type,
  size: bytes.length + 150,
  isInline,
  contentId: contentId ?? null,
});

/** Attachments, small and large. */
export function fileRoutes(mailbox: Mailbox): readonly Route[] {
  const sessions = new Map<string, { message: string; name: string; size: number; type: string; held: Buffer }>();
  return [
    route(`GET ${files}`, {
      query: z.strictObject({
        $select: z.string().refine((text) => text.split(',').every((one) => columns.has(one)), 'no such property'),
      }),
      answer: ({ params }) => answered(() => ({ value: mailbox.message(params.id ?? '').files.map(told) })),
    }),
    route(`GET ${files}/:file/$value`, {
      query: z.strictObject({}),
      answer: ({ params }) => {
        const found = answered(() => {
          const file = mailbox.message(params.id ?? '').files.find(({ id }) => id === params.file);
          if (!file) throw new Refused(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
          return file.bytes.toString('base64');
        });
        return found.status === 200
          ? { bytes: Buffer.from(String(found.json), 'base64'), type: 'application/octet-stream' }
          : found;
      },
    }),
    route(`POST ${files}/createUploadSession`, {
      query: z.strictObject({}),
      body: z.strictObject({
        AttachmentItem: z.strictObject({
          attachmentType: z.literal('file'),
          name: z.string().min(1),
          size: z.number().int().positive(),
          contentType: z.string().optional(),
          isInline: z.boolean().optional(),
          contentId: z.string().optional(),
        }),
      }),
      answer: ({ params, body: { AttachmentItem: item }, headers }) =>
        answered(() => {
          const { id } = mailbox.message(params.id ?? '');
          if (item.size < 3 * 1024 * 1024)
            throw new Refused(400, 'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize', 'The attachment is too small.');
          const token = `sim-secret-upload-${createHash('sha256').update(`${id}${sessions.size}`).digest('base64url')}`;
          sessions.set(token, {
            message: id,
            name: item.name,
            size: item.size,
            type: item.contentType ?? 'application/octet-stream',
            held: Buffer.alloc(0),
          });
          return {
            uploadUrl: `http://${headers.host}/upload/${token}`,
            expirationDateTime: '2099-01-01T00:00:00Z',
            nextExpectedRanges: ['0-'],
          };
        }, 201),
    }),
    route('PUT /upload/:session', {
      open: true,
      query: z.strictObject({}),
      answer: ({ params, bytes, headers }) =>
        answered(() => {
          const session = sessions.get(params.session ?? '');
          if (!session) throw new Refused(404, 'ErrorUploadSessionNotFound', 'The upload session is not found.');
          if (headers.authorization !== undefined)
            throw new Refused(401, 'InvalidAuthenticationToken', 'Do not send a token here.');
          const [, start, end, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
          const fits =
            Number(start) === session.held.length &&
            Number(end) === session.held.length + bytes.length - 1 &&
            Number(size) === session.size &&
            (bytes.length % pieceBytes === 0 || Number(end) + 1 === session.size);
          if (!fits) throw new Refused(416, 'ErrorInvalidRange', 'The range is not what was expected.');
          session.held = Buffer.concat([session.held, bytes]);
          if (session.held.length < session.size) return { nextExpectedRanges: [`${session.held.length}-`] };
          const { name, type, held } = session;
          mailbox.attach(session.message, { name, type, bytes: held, isInline: false, contentId: undefined });
          return undefined;
        }, 201),
    }),
  ];
}
