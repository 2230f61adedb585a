import { z } from 'zod';
import { type Reply, type Route, route } from '../_base/index.ts';
import { Refused } from './state.ts';
import type { Tokens } from './tokens.ts';
import type { Workspace } from './workspace.ts';

/** What a method works with. */
export interface Place {
  readonly workspace: Workspace;
  readonly tokens: Tokens;
  /** `http://127.0.0.1:<port>`, known once it listens. */
  readonly address: () => string;
}
/** Arguments come as a form: numbers and yes or no as text, objects as JSON. */
export const count = z.coerce.number().int().positive();
export const yes = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');
export const json = <T extends z.ZodType>(inner: T) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(inner);
export const page = { cursor: z.string().optional(), limit: count.optional() };

/**
 * A method of the Web API (https://docs.slack.dev/apis/web-api): by POST, with a token that has one of `scopes`, and with
 * the arguments its page names and no others. It answers 200, and says in the body whether it did anything.
 */
export function method<A extends z.ZodRawShape>(
  place: Place,
  name: string,
  options: {
    readonly scopes: readonly string[];
    /** Which token; default the person's. */
    readonly token?: 'user' | 'app';
    readonly arguments: A;
    answer(args: z.infer<z.ZodObject<A, z.core.$strict>>): object;
  },
): Route {
  const schema = z.strictObject(options.arguments);
  return route(`POST /api/${name}`, {
    open: true,
    query: z.strictObject({}),
    body: z.unknown(),
    answer({ headers, body }): Reply {
      try {
        const token = place.tokens.check(headers.authorization, options.token ?? 'user', options.scopes);
        const args = schema.safeParse(body ?? {});
        if (!args.success) {
          const messages = args.error.issues.map(
            ({ path, message }) => `[ERROR] ${message} [json-pointer:/${path.join('/')}]`,
          );
          throw new Refused('invalid_arguments', { response_metadata: { messages } });
        }
        const answer = options.answer(args.data);
        return { headers: { 'x-oauth-scopes': token.scopes.join(',') }, json: { ok: true, ...answer } };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return { json: { ok: false, error: error.message, ...error.more } };
      }
    },
  });
}

/** One page of a list, and the cursor of the next. */
export function paged<T>(items: readonly T[], cursor: string | undefined, limit: number) {
  const from =
    cursor === undefined ? 0 : Number(/^page:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) throw new Refused('invalid_cursor');
  const next = from + limit < items.length ? Buffer.from(`page:${from + limit}`).toString('base64') : '';
  return { items: items.slice(from, from + limit), response_metadata: { next_cursor: next } };
}
