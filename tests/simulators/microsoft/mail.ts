import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { type Call, type Reply, type Route, route } from '../_base/index.ts';
import { headersIn } from '../_base/mime.ts';
import type { DeltaPage, Deltas } from './delta.ts';
import { type Mailbox, Refused } from './mailbox.ts';
import { filterOf, OrderBy, Select, Top } from './odata.ts';
import { folderAsTold, messageAsTold, selected } from './told.ts';

/** https://learn.microsoft.com/en-us/graph/api/overview: mail, as far as a mail client needs it. */
const me = '/v1.0/me';
const nothing = z.strictObject({});
const select = { $select: Select.optional() };
const Patch = z.strictObject({
  isRead: z.boolean().optional(),
  importance: z.enum(['low', 'normal', 'high']).optional(),
  categories: z.array(z.string()).optional(),
  inferenceClassification: z.enum(['focused', 'other']).optional(),
  flag: z.strictObject({ flagStatus: z.enum(['notFlagged', 'flagged', 'complete']) }).optional(),
});

/** What a request may weigh. Bytes. */
export const requestBytes = 4 * 1024 * 1024;

export const problem = (status: number, code: string, message: string): Reply => ({
  status,
  json: { error: { code, message, innerError: { 'request-id': 'sim' } } },
});
/** What Graph wants asked for: without it ids change with every move. */
const immutable = ({ headers }: Pick<Call, 'headers'>) => /IdType="ImmutableId"/.test(headers.prefer ?? '');
const pageSize = ({ headers }: Pick<Call, 'headers'>) =>
  Math.min(1000, Number(/odata\.maxpagesize=(\d+)/.exec(headers.prefer ?? '')?.[1] ?? 10));
const addressOf = ({ headers, url }: Pick<Call, 'headers' | 'url'>) => `http://${headers.host}${url.pathname}`;

/** A page of a list, with where to go on. */
export const paged = <T>(call: Pick<Call, 'headers' | 'url'>, items: readonly T[], size: number, start: number) => {
  const next = new URL(addressOf(call));
  for (const [name, value] of call.url.searchParams) next.searchParams.set(name, value);
  next.searchParams.set('$skip', String(start + size));
  const more = start + size < items.length;
  return { value: items.slice(start, start + size), ...(more ? { '@odata.nextLink': next.href } : {}) };
};

/** Answers, or refuses in Graph's words. */
export function answered(work: () => unknown, status = 200): Reply {
  try {
    const json = work();
    return json === undefined ? { status: status === 200 ? 204 : status } : { status, json };
  } catch (error) {
    if (error instanceof Refused) return problem(error.status, error.code, error.message);
    throw error;
  }
}

export function mailRoutes(mailbox: Mailbox, deltas: Deltas): readonly Route[] {
  const told = (call: Pick<Call, 'headers'>, id: string, wanted?: readonly string[]) =>
    selected(messageAsTold(mailbox, mailbox.message(id), immutable(call)), wanted);
  const list = z.strictObject({
    ...select,
    $top: Top.optional(),
    $skip: z.string().regex(/^\d+$/).optional(),
    $skiptoken: z.literal('more').optional(),
    $orderby: OrderBy.optional(),
    $filter: z.string().optional(),
    $search: z
      .string()
      .regex(/^".*"$/)
      .optional(),
  });
  const messagesIn = (call: Call<z.infer<typeof list>>, folder: string | undefined) =>
    answered(() => {
      const { query } = call;
      if (query.$search !== undefined && (query.$filter !== undefined || query.$orderby !== undefined))
        throw new Refused(400, 'SearchWithFilter', 'The query parameter $search is not supported with $filter.');
      const fits = filterOf(query.$filter, query.$orderby !== undefined);
      const words = query.$search?.slice(1, -1).toLowerCase();
      const found = mailbox.messages
        .filter((one) => (folder === undefined || one.folder === mailbox.folder(folder).id) && fits(one))
        .filter(({ raw }) => words === undefined || raw.toString('utf8').toLowerCase().includes(words))
        .toSorted((a, b) => b.receivedAt - a.receivedAt)
        .map(({ id }) => id);
      const { $top: top = 10, $skip: skip = '0', $skiptoken } = query;
      const stingy = mailbox.stingy && top > 1;
      if (stingy && $skiptoken === undefined)
        return {
          value: [],
          '@odata.nextLink': `${call.url.origin}${call.url.pathname}${call.url.search}&$skiptoken=more`,
        };
      const page = paged(call, found, stingy ? Math.ceil(top / 2) : top, Number(skip));
      return { ...page, value: page.value.map((id) => told(call, id, query.$select)) };
    });
  const deltaPage = (call: Call, page: DeltaPage) => ({
    value: [
      ...page.present.map((id) => told(call, id, page.select)),
      ...page.removed.map((id) => ({
        '@odata.type': '#microsoft.graph.message',
        '@removed': { reason: 'deleted' },
        id,
      })),
    ],
    [page.ended ? '@odata.deltaLink' : '@odata.nextLink']:
      `${addressOf(call)}?${page.ended ? '$deltatoken' : '$skiptoken'}=${page.token}`,
  });

  return [
    route(`GET ${me}/mailFolders/delta`, {
      query: z.strictObject({ $select: z.string().optional(), $skip: z.string().optional() }),
      answer: (call) =>
        answered(() => {
          const folders = mailbox.folders.map((folder) => folderAsTold(mailbox, folder));
          return paged(call, folders, pageSize(call), Number(call.query.$skip ?? 0));
        }),
    }),
    route(`GET ${me}/mailFolders/:folder`, {
      query: z.strictObject({ $select: z.string().optional() }),
      answer: ({ params }) => answered(() => folderAsTold(mailbox, mailbox.folder(params.folder ?? ''))),
    }),
    route(`POST ${me}/mailFolders`, {
      query: nothing,
      body: z.strictObject({ displayName: z.string().min(1), isHidden: z.boolean().optional() }),
      answer: ({ body }) => answered(() => folderAsTold(mailbox, mailbox.addFolder(body.displayName)), 201),
    }),
    route(`GET ${me}/mailFolders/:folder/messages/delta`, {
      query: z.strictObject({ ...select, $deltatoken: z.string().optional(), $skiptoken: z.string().optional() }),
      answer: (call) =>
        answered(() => {
          const token = call.query.$deltatoken ?? call.query.$skiptoken;
          const folder = mailbox.folder(call.params.folder ?? '').id;
          const page =
            token === undefined
              ? deltas.begin(folder, call.query.$select, pageSize(call))
              : deltas.goOn(token, pageSize(call));
          return deltaPage(call, page);
        }),
    }),
    route(`GET ${me}/mailFolders/:folder/messages`, {
      query: list,
      answer: (call) => messagesIn(call, call.params.folder),
    }),
    route(`GET ${me}/messages`, { query: list, answer: (call) => messagesIn(call, undefined) }),
    route(`POST ${me}/messages`, {
      query: nothing,
      answer: (call) =>
        answered(() => {
          // https://learn.microsoft.com/en-us/graph/api/user-post-messages: MIME in base64 as text/plain, 4 MB at most.
          if (call.headers['content-type'] !== 'text/plain')
            throw new Refused(400, 'ErrorInvalidRequest', 'This double takes MIME alone.');
          if (call.bytes.length > requestBytes)
            throw new Refused(413, 'RequestEntityTooLarge', 'The maximum request length supported is 4MB.');
          const raw = Buffer.from(call.bytes.toString('latin1'), 'base64');
          if (!headersIn(raw).some(({ name }) => name.toLowerCase() === 'mime-version'))
            throw new Refused(400, 'ErrorMimeContentInvalidBase64String', 'Invalid MIME content.');
          return told(call, mailbox.add(raw, { folder: 'drafts', isDraft: true }).id);
        }, 201),
    }),
    route(`GET ${me}/messages/:id`, {
      query: z.strictObject({ ...select }),
      answer: (call) => answered(() => told(call, call.params.id ?? '', call.query.$select)),
    }),
    route(`PATCH ${me}/messages/:id`, {
      query: nothing,
      body: Patch,
      answer: (call) =>
        answered(() => {
          const { isRead, importance, categories, inferenceClassification: inference, flag } = call.body;
          mailbox.change(call.params.id ?? '', {
            ...(isRead === undefined ? {} : { isRead }),
            ...(importance === undefined ? {} : { importance }),
            ...(categories === undefined ? {} : { categories }),
            ...(inference === undefined ? {} : { inference }),
            ...(flag === undefined ? {} : { flagged: flag.flagStatus === 'flagged' }),
          });
          return told(call, call.params.id ?? '');
        }),
    }),
    route(`GET ${me}/messages/:id/$value`, {
      query: nothing,
      answer: ({ params }) => {
        const refused = answered(() => mailbox.message(params.id ?? '').id);
        return refused.status === 200 ? { bytes: mailbox.source(params.id ?? ''), type: 'text/plain' } : refused;
      },
    }),
    route(`POST ${me}/messages/:id/move`, {
      query: nothing,
      body: z.strictObject({ destinationId: z.string() }),
      answer: (call) => answered(() => told(call, mailbox.move(call.params.id ?? '', call.body.destinationId).id), 201),
    }),
    route(`POST ${me}/messages/:id/send`, {
      query: nothing,
      answer: ({ params }) => answered(() => mailbox.send(params.id ?? ''), 202),
    }),
    route(`POST ${me}/messages/:id/permanentDelete`, {
      query: nothing,
      answer: ({ params }) => answered(() => mailbox.delete(params.id ?? '')),
    }),
  ];
}
