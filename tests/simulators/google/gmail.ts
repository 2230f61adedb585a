import { z } from 'zod';
import { type Reply, type Route, route } from '../_base/index.ts';
import { headersIn, type PayloadPart, treeOf } from '../_base/mime.ts';
import { type HistoryRecord, type Mailbox, Refused, type StoredMessage } from './mailbox.ts';

/** https://developers.google.com/workspace/gmail/api/reference/rest, the methods a mail client needs. */
const base = '/gmail/v1/users/:user';
const user = z.literal('me');
const nothing = z.strictObject({});
const number = z.string().regex(/^\d+$/);
/** What an upload may hold (`maxSize` in Gmail's discovery document), and a request in JSON anywhere at Google's. Bytes. */
const uploadBytes = 36_700_160;
const jsonBytes = 10_485_760;
const many = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const ids = z.array(z.string()).min(1).max(1000);
const Raw = z.strictObject({ raw: z.string().min(1), threadId: z.string().optional() });
/** Smaller text is told with the message; anything with a name, or larger, has to be fetched. */
const inlineBytes = 50_000;

export const problem = (status: number, reason: string, message: string): Reply => ({
  status,
  json: {
    error: {
      code: status,
      message,
      errors: [{ message, domain: 'global', reason }],
      status:
        {
          400: 'INVALID_ARGUMENT',
          401: 'UNAUTHENTICATED',
          403: 'PERMISSION_DENIED',
          404: 'NOT_FOUND',
          429: 'RESOURCE_EXHAUSTED',
        }[status] ?? 'UNKNOWN',
    },
  },
});

export function gmailRoutes(mailbox: Mailbox): readonly Route[] {
  const on = (where: Parameters<typeof route>[0], options: Parameters<typeof route>[1]): Route =>
    route(where, {
      ...options,
      answer: async (call) => {
        if (!user.safeParse(call.params.user).success) return problem(403, 'forbidden', 'Delegation denied');
        try {
          return await options.answer(call);
        } catch (error) {
          if (error instanceof Refused) return problem(error.status, error.reason, error.message);
          throw error;
        }
      },
    });
  const stub = ({ id, threadId, labels }: StoredMessage) => ({ id, threadId, labelIds: [...labels] });

  function payload(message: StoredMessage, part: PayloadPart, metadata: readonly string[] | undefined): unknown {
    const { partId, mimeType, filename, headers, bytes } = part;
    // A mail within a mail is a file and a container at once.
    const parts = mimeType === 'message/rfc822' ? [treeOf(bytes, `${partId}.0`)] : part.parts;
    const shown = metadata ? headers.filter(({ name }) => metadata.includes(name.toLowerCase())) : headers;
    if (metadata) return { mimeType, headers: shown };
    const apart = filename !== '' || bytes.length > inlineBytes || !mimeType.startsWith('text/');
    const body =
      part.parts.length > 0
        ? { size: 0 }
        : apart
          ? { attachmentId: mailbox.ticket(message.id, partId), size: bytes.length }
          : { size: bytes.length, data: bytes.toString('base64url') };
    return {
      partId,
      mimeType,
      filename,
      headers: shown,
      body,
      ...(parts.length > 0 ? { parts: parts.map((child) => payload(message, child, undefined)) } : {}),
    };
  }
  function told(message: StoredMessage, format: string, wanted: readonly string[] | undefined): unknown {
    const common = {
      ...stub(message),
      snippet: '',
      historyId: String(message.historyId),
      internalDate: String(message.internalDate),
      sizeEstimate: message.raw.length,
    };
    if (format === 'minimal') return common;
    if (format === 'raw') return { ...common, raw: message.raw.toString('base64url') };
    const tree = treeOf(message.raw);
    const names = (wanted ?? tree.headers.map(({ name }) => name)).map((name) => name.toLowerCase());
    return { ...common, payload: payload(message, tree, format === 'metadata' ? names : undefined) };
  }
  const paged = <T>(items: readonly T[], size: number, token: string | undefined) => {
    const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString().replace('page ', ''));
    if (!Number.isInteger(start)) throw new Refused(400, 'invalidArgument', 'Invalid pageToken');
    const next = start + size < items.length ? Buffer.from(`page ${start + size}`).toString('base64url') : undefined;
    return { items: items.slice(start, start + size), ...(next === undefined ? {} : { next }) };
  };
  const history = ({ id, change, message, labelIds }: HistoryRecord) => ({
    id: String(id),
    messages: [{ id: message.id, threadId: message.threadId }],
    [change]: [{ message, ...(labelIds.length > 0 ? { labelIds } : {}) }],
  });

  return [
    on(`GET ${base}/profile`, {
      query: nothing,
      answer: () => ({
        json: {
          emailAddress: mailbox.address,
          messagesTotal: mailbox.messages.length,
          threadsTotal: new Set(mailbox.messages.map(({ threadId }) => threadId)).size,
          historyId: String(mailbox.historyId),
        },
      }),
    }),
    on(`GET ${base}/labels`, { query: nothing, answer: () => ({ json: { labels: mailbox.labels } }) }),
    route(`POST ${base}/labels`, {
      query: nothing,
      body: z.strictObject({
        name: z.string().min(1).max(225),
        labelListVisibility: z.enum(['labelShow', 'labelShowIfUnread', 'labelHide']).optional(),
        messageListVisibility: z.enum(['show', 'hide']).optional(),
      }),
      answer: ({ body }) => {
        try {
          return { json: mailbox.createLabel(body.name) };
        } catch (error) {
          if (error instanceof Refused) return problem(error.status, error.reason, error.message);
          throw error;
        }
      },
    }),
    route(`GET ${base}/messages`, {
      query: z.strictObject({
        maxResults: number.optional(),
        pageToken: z.string().optional(),
        q: z.string().optional(),
        labelIds: many.optional(),
        includeSpamTrash: z.enum(['true', 'false']).optional(),
      }),
      answer: ({ query }) =>
        answered(() => {
          const away = query.includeSpamTrash === 'true';
          const words = query.q?.toLowerCase();
          const found = mailbox.messages.filter(
            ({ labels, raw }) =>
              (away ||
                query.labelIds?.some((id) => id === 'TRASH' || id === 'SPAM') ||
                !(labels.has('TRASH') || labels.has('SPAM'))) &&
              (query.labelIds ?? []).every((id) => labels.has(id)) &&
              (words === undefined || raw.toString('utf8').toLowerCase().includes(words)),
          );
          const { items, next } = paged(found, Math.min(500, Number(query.maxResults ?? 100)), query.pageToken);
          return {
            ...(items.length > 0 ? { messages: items.map(({ id, threadId }) => ({ id, threadId })) } : {}),
            ...(next === undefined ? {} : { nextPageToken: next }),
            resultSizeEstimate: found.length,
          };
        }),
    }),
    on(`GET ${base}/messages/:id`, {
      query: z.strictObject({
        format: z.enum(['minimal', 'full', 'raw', 'metadata']).optional(),
        metadataHeaders: many.optional(),
      }),
      answer: ({ params, query }) => {
        const { format, metadataHeaders } = query as { format?: string; metadataHeaders?: string[] };
        return { json: told(mailbox.message(params.id ?? ''), format ?? 'full', metadataHeaders) };
      },
    }),
    on(`GET ${base}/messages/:id/attachments/:ticket`, {
      query: nothing,
      answer: ({ params }) => {
        const bytes = mailbox.attachment(params.id ?? '', params.ticket ?? '');
        return { json: { size: bytes.length, data: bytes.toString('base64url') } };
      },
    }),
    route(`POST ${base}/messages/:id/modify`, {
      query: nothing,
      body: z.strictObject({
        addLabelIds: z.array(z.string()).optional(),
        removeLabelIds: z.array(z.string()).optional(),
      }),
      answer: ({ params, body }) =>
        answered(() => stub(mailbox.modify(params.id ?? '', body.addLabelIds ?? [], body.removeLabelIds ?? []))),
    }),
    route(`POST ${base}/messages/batchModify`, {
      query: nothing,
      body: z.strictObject({
        ids,
        addLabelIds: z.array(z.string()).optional(),
        removeLabelIds: z.array(z.string()).optional(),
      }),
      answer: ({ body }) =>
        answered(() => {
          for (const id of body.ids)
            if (mailbox.messages.some((one) => one.id === id))
              mailbox.modify(id, body.addLabelIds ?? [], body.removeLabelIds ?? []);
        }),
    }),
    route(`POST ${base}/messages/batchDelete`, {
      query: nothing,
      body: z.strictObject({ ids }),
      answer: ({ body }) =>
        answered(() => {
          for (const id of body.ids) if (mailbox.messages.some((one) => one.id === id)) mailbox.delete(id);
        }),
    }),
    route(`POST ${base}/messages/send`, {
      query: nothing,
      body: Raw,
      answer: ({ body, bytes }) =>
        answered(() => stub(mailbox.send(Buffer.from(whole(bytes, body).raw, 'base64url'), body.threadId))),
    }),
    route(`POST /upload${base}/messages/send`, {
      query: uploading,
      answer: ({ bytes, headers }) =>
        answered(() => {
          const { meta, raw } = uploaded(bytes, headers['content-type'] ?? '');
          return stub(mailbox.send(raw, Meta.parse(meta).threadId));
        }),
    }),
    route(`GET ${base}/history`, {
      query: z.strictObject({
        startHistoryId: number,
        maxResults: number.optional(),
        pageToken: z.string().optional(),
        labelId: z.string().optional(),
        historyTypes: many.optional(),
      }),
      answer: ({ query }) =>
        answered(() => {
          const records = mailbox.historySince(Number(query.startHistoryId));
          const { items, next } = paged(records, Math.min(500, Number(query.maxResults ?? 100)), query.pageToken);
          return {
            ...(items.length > 0 ? { history: items.map(history) } : {}),
            historyId: String(mailbox.historyId),
            ...(next === undefined ? {} : { nextPageToken: next }),
          };
        }),
    }),
    route(`GET ${base}/drafts`, {
      query: z.strictObject({
        maxResults: number.optional(),
        pageToken: z.string().optional(),
        q: z.string().optional(),
      }),
      answer: ({ query }) =>
        answered(() => {
          const { items, next } = paged(mailbox.drafts.toReversed(), Number(query.maxResults ?? 100), query.pageToken);
          return {
            drafts: items.map(({ id, message }) => ({ id, message: { id: message.id, threadId: message.threadId } })),
            ...(next === undefined ? {} : { nextPageToken: next }),
          };
        }),
    }),
    ...(['POST', 'PUT'] as const).flatMap((method) => {
      const path = method === 'PUT' ? (`${base}/drafts/:id` as const) : (`${base}/drafts` as const);
      const save = (raw: Buffer, threadId: string | undefined, id: string | undefined) => {
        const saved = mailbox.saveDraft(raw, threadId, id);
        return { id: saved.id, message: stub(saved.message) };
      };
      return [
        route(`${method} ${path}`, {
          query: nothing,
          body: z.strictObject({ id: z.string().optional(), message: Raw }),
          answer: ({ params, body, bytes }) =>
            answered(() => {
              const { raw, threadId } = whole(bytes, body).message;
              return save(Buffer.from(raw, 'base64url'), threadId, params.id);
            }),
        }),
        route(`${method} /upload${path}`, {
          query: uploading,
          answer: ({ params, bytes, headers }) =>
            answered(() => {
              const { meta, raw } = uploaded(bytes, headers['content-type'] ?? '');
              return save(raw, DraftMeta.parse(meta).message?.threadId, params.id);
            }),
        }),
      ];
    }),
    on(`DELETE ${base}/drafts/:id`, {
      query: nothing,
      answer: ({ params }) => answered(() => mailbox.deleteDraft(params.id ?? '')),
    }),
    on(`GET ${base}/settings/sendAs`, { query: nothing, answer: () => ({ json: { sendAs: mailbox.sendAs } }) }),
  ];
}

/** The answer, 204 where there is none, or the refusal. */
function answered(work: () => unknown): Reply {
  try {
    const json = work();
    return json === undefined ? { status: 204 } : { json };
  } catch (error) {
    if (error instanceof Refused) return problem(error.status, error.reason, error.message);
    throw error;
  }
}

const uploading = z.strictObject({ uploadType: z.enum(['media', 'multipart']) });
const Meta = z.strictObject({ threadId: z.string().optional() });
const DraftMeta = z.strictObject({ message: Meta.optional() });
/** What came as JSON, unless it is more than Google takes. */
function whole<T>(bytes: Buffer, body: T): T {
  if (bytes.length > jsonBytes)
    throw new Refused(400, 'badRequest', `Request payload size exceeds the limit: ${jsonBytes} bytes.`);
  return body;
}
/** `multipart/related`: JSON, then the message (https://developers.google.com/workspace/gmail/api/guides/uploads). */
function uploaded(bytes: Buffer, type: string): { meta: unknown; raw: Buffer } {
  if (bytes.length > uploadBytes) throw new Refused(413, 'uploadTooLarge', 'Upload too large');
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (boundary === undefined) return { meta: {}, raw: bytes };
  const [, first = '', ...rest] = bytes.toString('latin1').split(`--${boundary}`);
  const second = rest.slice(0, -1).join(`--${boundary}`);
  const bodyOf = (part: string) => part.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, '');
  return {
    meta: JSON.parse(Buffer.from(bodyOf(first), 'latin1').toString('utf8') || '{}'),
    raw: Buffer.from(bodyOf(second), 'latin1'),
  };
}
export const subjectOf = (message: StoredMessage): string =>
  headersIn(message.raw).find(({ name }) => name.toLowerCase() === 'subject')?.value ?? '';
