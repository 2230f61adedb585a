import type { z } from 'zod';

/** What the double answers. */
export interface Reply {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  /** Media type of `bytes`. */
  readonly type?: string;
}
export interface Call<Q = unknown, B = unknown> {
  /** The `:names` of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Q;
  readonly body: B;
  /** The body as it came. */
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly url: URL;
  /** Whose token it was; empty where the route needs none. */
  readonly subject: string;
}
export interface Route {
  readonly method: string;
  /** `/gmail/v1/users/:user/messages/:id`; a name takes one segment, `:name*` the rest. */
  readonly path: string;
  /** A strict object: parameters it does not name are refused, those it demands are demanded. Repeated ones are arrays. */
  readonly query: z.ZodType;
  /** JSON or a form by the media type; absent: the body is not looked at. */
  readonly body: z.ZodType | undefined;
  /** Needs no token. */
  readonly open: boolean;
  readonly answer: (call: Call) => Reply | Promise<Reply>;
}

interface RouteOptions<Q extends z.ZodType, B extends z.ZodType> {
  readonly query: Q;
  readonly body?: B;
  readonly open?: boolean;
  answer(call: Call<z.infer<Q>, z.infer<B>>): Reply | Promise<Reply>;
}
/** `route('GET /users/:id', { query: z.strictObject({}), answer: ({ params }) => ({ json: ... }) })`. */
export function route<Q extends z.ZodType, B extends z.ZodType = z.ZodUnknown>(
  where: `${string} /${string}`,
  options: RouteOptions<Q, B>,
): Route {
  const [method = '', path = ''] = where.split(' ');
  return {
    method,
    path,
    query: options.query,
    body: options.body,
    open: options.open ?? false,
    // The server has parsed both by these very schemas.
    answer: (call) => options.answer({ ...call, query: call.query as z.infer<Q>, body: call.body as z.infer<B> }),
  };
}

/** The `:names` of a path that fits; undefined when it does not. */
export function match(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  const params: Record<string, string> = {};
  for (const [index, piece] of wanted.entries()) {
    if (piece.startsWith(':') && piece.endsWith('*')) {
      params[piece.slice(1, -1)] = given.slice(index).map(decodeURIComponent).join('/');
      return params;
    }
    const segment = given[index];
    if (segment === undefined) return undefined;
    if (piece.startsWith(':')) {
      if (segment === '') return undefined;
      params[piece.slice(1)] = decodeURIComponent(segment);
    } else if (piece !== segment) return undefined;
  }
  return wanted.length === given.length ? params : undefined;
}

/** Parameters as schemas want them: text, or an array where one is repeated. */
export function parametersOf(search: URLSearchParams): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    found[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return found;
}
