import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { headersIn, type Route, route } from '../_base/index.ts';
import { answered, paged, requestBytes } from './mail.ts';
import { type Mailbox, Refused } from './mailbox.ts';
import type { File } from './mime.ts';

const files = '/v1.0/me/messages/:id/attachments';
/** https://learn.microsoft.com/en-us/graph/outlook-large-attachments: pieces in order, multiples of 320 KiB but the last. */
const pieceBytes = 320 * 1024;
const columns = new Set('id name contentType size isInline microsoft.graph.fileAttachment/contentId'.split(' '));

/** https://learn.microsoft.com/en-us/graph/api/resources/itemattachment: a mail within a mail, by its subject, of no type. */
const told = ({ id, name, type, bytes, isInline, contentId }: File) => {
  const common = { id, size: bytes.length + 150, isInline };
  return type === 'message/rfc822'
    ? { '@odata.type': '#microsoft.graph.itemAttachment', ...common, name: subjectIn(bytes), contentType: null }
    : {
        '@odata.type': '#microsoft.graph.fileAttachment',
        ...common,
        name,
        contentType: type,
        contentId: contentId ?? null,
      };
};
const subjectIn = (raw: Buffer): string => headersIn(raw).find(({ name }) => /^subject$/i.test(name))?.value ?? '';
/** Files of one page, as few as Graph likes. */
const fewFiles = 3;

/** Attachments, small and large. */
export function fileRoutes(mailbox: Mailbox): readonly Route[] {
  const sessions = new Map<string, Omit<File, 'id'> & { message: string; size: number; bytes: Buffer }>();
  let begun = 0;
  return [
    route(`GET ${files}`, {
      query: z.strictObject({
        $select: z.string().refine((text) => text.split(',').every((one) => columns.has(one)), 'no such property'),
        $skip: z.string().optional(),
      }),
      answer: (call) =>
        answered(() => {
          const held = mailbox.message(call.params.id ?? '').files.map(told);
          return paged(call, held, fewFiles, Number(call.query.$skip ?? 0));
        }),
    }),
    route(`POST ${files}`, {
      query: z.strictObject({}),
      body: z.strictObject({
        '@odata.type': z.literal('#microsoft.graph.fileAttachment'),
        name: z.string().min(1),
        contentType: z.string().optional(),
        contentBytes: z.string(),
        isInline: z.boolean().optional(),
        contentId: z.string().optional(),
      }),
      answer: ({ params, body, bytes: whole }) =>
        answered(() => {
          if (whole.length > requestBytes)
            throw new Refused(413, 'RequestEntityTooLarge', 'The maximum request length supported is 4MB.');
          const { name, contentType: type = 'application/octet-stream', isInline = false, contentId } = body;
          const bytes = Buffer.from(body.contentBytes, 'base64');
          return told(mailbox.attach(params.id ?? '', { name, type, bytes, isInline, contentId }));
        }, 201),
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
          const token = `sim-secret-upload-${createHash('sha256').update(`${id}${++begun}`).digest('base64url')}`;
          sessions.set(token, {
            message: id,
            name: item.name,
            size: item.size,
            type: item.contentType ?? 'application/octet-stream',
            isInline: item.isInline ?? false,
            contentId: item.contentId,
            bytes: Buffer.alloc(0),
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
      answer({ params, bytes, headers }) {
        const said = answered(() => {
          const session = sessions.get(params.session ?? '');
          if (!session) throw new Refused(404, 'ErrorUploadSessionNotFound', 'The upload session is not found.');
          if (headers.authorization !== undefined)
            throw new Refused(401, 'InvalidAuthenticationToken', 'Do not send a token here.');
          const [, start, end, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
          const fits =
            Number(start) === session.bytes.length &&
            Number(end) === session.bytes.length + bytes.length - 1 &&
            Number(size) === session.size &&
            (bytes.length % pieceBytes === 0 || Number(end) + 1 === session.size);
          if (!fits) throw new Refused(416, 'ErrorInvalidRange', 'The range is not what was expected.');
          session.bytes = Buffer.concat([session.bytes, bytes]);
          if (session.bytes.length < session.size) return { nextExpectedRanges: [`${session.bytes.length}-`] };
          const { message, size: _, ...file } = session;
          mailbox.attach(message, file);
          sessions.delete(params.session ?? '');
          return undefined;
        });
        // The page named above: 200 for a piece, 201 and no body for the last.
        return said.status === 204 ? { ...said, status: 201 } : said;
      },
    }),
  ];
}
