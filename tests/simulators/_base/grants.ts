import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Reply, type Route, route } from './routes.ts';
import type { NetworkTime } from './time.ts';

/** A vendor's login, by RFC 6749, 7636 and 8628, with what vendors add. */
export interface GrantsOptions {
  readonly time: NetworkTime;
  /** The client that was registered; a secret is demanded when it has one. */
  readonly client: { readonly id: string; readonly secret?: string };
  readonly paths: { readonly authorize: string; readonly token: string; readonly device?: string };
  /** Parameters of the page of consent the vendor knows besides the standard ones. */
  readonly parameters?: readonly string[];
  /** Scopes the vendor knows; others are refused. */
  readonly scopes: readonly string[];
  /** The refresh token changes at each use and the former one is worth nothing. */
  readonly rotates?: boolean;
  readonly lifeSeconds?: number;
  /** What the person does on the page of consent. */
  consent?: 'allow' | 'deny';
}
interface Grant {
  readonly subject: string;
  readonly scope: string;
  refresh: string;
}

/** Who may do what until when. */
export class Grants {
  /** May be changed while it runs: the next person on the page of consent denies. */
  consent: 'allow' | 'deny';
  /** The person has typed the code of the device login. */
  deviceAllowed = false;
  readonly #options: GrantsOptions;
  readonly #codes = new Map<string, { challenge: string; redirect: string; scope: string }>();
  readonly #access = new Map<string, { grant: Grant; until: number }>();
  readonly #refresh = new Map<string, Grant>();
  readonly #devices = new Map<string, { scope: string }>();
  #serial = 0;

  constructor(options: GrantsOptions) {
    this.#options = options;
    this.consent = options.consent ?? 'allow';
  }

  authenticate(token: string): { readonly subject: string } | { readonly refused: 'invalid' | 'expired' } {
    const held = this.#access.get(token);
    if (!held) return { refused: 'invalid' };
    return held.until > this.#options.time.now() ? { subject: held.grant.subject } : { refused: 'expired' };
  }
  /** What a token is good for. */
  scopesOf(token: string): readonly string[] {
    return this.#access.get(token)?.grant.scope.split(' ') ?? [];
  }
  /** Access tokens handed out so far stop working; refreshing helps. */
  expire(): void {
    for (const held of this.#access.values()) held.until = 0;
  }
  /** The person has taken the access back: nothing helps but logging in again. */
  revoke(): void {
    this.#access.clear();
    this.#refresh.clear();
  }
  /** Tokens as after a login, for tests that begin logged in. */
  issue(subject = 'me', scope = this.#options.scopes.join(' ')) {
    return this.#hand({ subject, scope, refresh: '' });
  }
  /** Refresh tokens that are good now. */
  get refreshTokens(): readonly string[] {
    return [...this.#refresh.keys()];
  }

  routes(): readonly Route[] {
    const { paths, parameters = [] } = this.#options;
    const extra = Object.fromEntries(parameters.map((name) => [name, z.string().optional()]));
    const authorize = route(`GET ${paths.authorize as `/${string}`}`, {
      open: true,
      query: z.strictObject({
        response_type: z.literal('code'),
        client_id: z.literal(this.#options.client.id),
        redirect_uri: z.string().regex(/^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/?/),
        scope: z.string(),
        state: z.string().min(16),
        code_challenge: z.string().min(43),
        code_challenge_method: z.literal('S256'),
        ...extra,
      }),
      answer: ({ query }) => {
        const back = new URL(query.redirect_uri);
        back.searchParams.set('state', query.state);
        const known = query.scope.split(' ').every((scope) => this.#options.scopes.includes(scope));
        if (!known) back.searchParams.set('error', 'invalid_scope');
        else if (this.consent === 'deny') back.searchParams.set('error', 'access_denied');
        else {
          const code = this.#next('code');
          this.#codes.set(code, { challenge: query.code_challenge, redirect: query.redirect_uri, scope: query.scope });
          back.searchParams.set('code', code);
        }
        return { status: 302, headers: { location: back.href } };
      },
    });
    const token = route(`POST ${paths.token as `/${string}`}`, {
      open: true,
      query: z.strictObject({}),
      body: z.looseObject({ grant_type: z.string(), client_id: z.string() }),
      answer: ({ body }) => this.#token(body),
    });
    const device = paths.device as `/${string}` | undefined;
    if (device === undefined) return [authorize, token];
    return [
      authorize,
      token,
      route(`POST ${device}`, {
        open: true,
        query: z.strictObject({}),
        body: z.looseObject({ client_id: z.literal(this.#options.client.id), scope: z.string() }),
        answer: ({ body }) => {
          const code = this.#next('device');
          this.#devices.set(code, { scope: body.scope });
          return {
            json: {
              device_code: code,
              user_code: 'BELL-TOWR',
              verification_uri: 'https://login.example/device',
              expires_in: 900,
              interval: 1,
            },
          };
        },
      }),
    ];
  }

  #token(body: Readonly<Record<string, unknown>>): Reply {
    const { client } = this.#options;
    if (body.client_id !== client.id || (client.secret !== undefined && body.client_secret !== client.secret))
      return refused('invalid_client', 'The OAuth client was not found.', 401);
    switch (body.grant_type) {
      case 'authorization_code': {
        const code = this.#codes.get(String(body.code));
        this.#codes.delete(String(body.code));
        const digest = createHash('sha256').update(String(body.code_verifier)).digest('base64url');
        if (!code || code.challenge !== digest || code.redirect !== body.redirect_uri)
          return refused('invalid_grant', 'Malformed auth code.');
        return { json: this.#hand({ subject: 'me', scope: code.scope, refresh: '' }) };
      }
      case 'refresh_token': {
        const grant = this.#refresh.get(String(body.refresh_token));
        if (!grant) return refused('invalid_grant', 'Token has been expired or revoked.');
        const { refresh_token: refresh, ...rest } = this.#hand(grant);
        return { json: this.#options.rotates ? { ...rest, refresh_token: refresh } : rest };
      }
      case 'urn:ietf:params:oauth:grant-type:device_code': {
        const device = this.#devices.get(String(body.device_code));
        if (!device) return refused('expired_token', 'The code has run out.');
        if (!this.deviceAllowed) return refused('authorization_pending', 'The person has not answered yet.');
        this.#devices.delete(String(body.device_code));
        return { json: this.#hand({ subject: 'me', scope: device.scope, refresh: '' }) };
      }
      default:
        return refused('unsupported_grant_type', 'Invalid grant_type.');
    }
  }
  #hand(grant: Grant) {
    const life = this.#options.lifeSeconds ?? 3599;
    if (this.#options.rotates && grant.refresh !== '') this.#refresh.delete(grant.refresh);
    if (this.#options.rotates || grant.refresh === '') grant.refresh = this.#next('refresh');
    this.#refresh.set(grant.refresh, grant);
    const access = this.#next('access');
    this.#access.set(access, { grant, until: this.#options.time.now() + life * 1000 });
    return {
      access_token: access,
      refresh_token: grant.refresh,
      expires_in: life,
      scope: grant.scope,
      token_type: 'Bearer',
    };
  }
  /** Unlike any other word in a log, so that a test can look for it. */
  #next(kind: string): string {
    this.#serial++;
    const digest = createHash('sha256')
      .update(`${this.#options.client.id}/${kind}/${this.#serial}`)
      .digest('base64url');
    return `sim-secret-${kind}-${digest}`;
  }
}

const refused = (error: string, description: string, status = 400): Reply => ({
  status,
  json: { error, error_description: description },
});
