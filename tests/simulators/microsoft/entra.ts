import { Buffer } from 'node:buffer';
import { z } from 'zod';
import type { Call, Person, Reply, Route } from '../_base/index.ts';
import { idOf, tenant } from './teams/index.ts';

/**
 * What Microsoft's login knows over and above the standards: parameters of the page of consent
 * (https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow), those of its own libraries among them.
 */
export const asked = [
  'prompt',
  'login_hint',
  'domain_hint',
  'response_mode',
  'nonce',
  'claims',
  'client_info',
  'clidata',
  'client-request-id',
  'x-client-SKU',
  'x-client-VER',
  'x-client-OS',
  'x-client-CPU',
];
const Correlated = z.strictObject({ 'client-request-id': z.string().optional() });
/** Microsoft's libraries ask for it by the former name (https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-device-code). */
const standardGrant = new Map([['device_code', 'urn:ietf:params:oauth:grant-type:device_code']]);

interface Entra {
  readonly client: string;
  readonly owner: Person;
  /** Unix ms. */
  now(): number;
}
/** A login by the standards as Microsoft has it: who has logged in is told to whoever asks for that. */
export const entra = (
  routes: readonly Route[],
  paths: { readonly token: string; readonly device: string },
  options: Entra,
): readonly Route[] =>
  routes.map((route) => {
    if (route.path === paths.device) return { ...route, query: Correlated };
    if (route.path !== paths.token) return route;
    return {
      ...route,
      query: Correlated,
      async answer(call: Call) {
        const body = Form.parse(call.body);
        const grant = standardGrant.get(body.grant_type ?? '') ?? body.grant_type;
        return identified(await route.answer({ ...call, body: { ...body, grant_type: grant } }), body, options);
      },
    };
  });
const Form = z.record(z.string(), z.string());

const encoded = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
/** The id token (https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference), and by which account to keep the tokens. */
function identified(reply: Reply, form: z.infer<typeof Form>, { client, owner, now }: Entra): Reply {
  const given = z.looseObject({ access_token: z.string(), scope: z.string() }).safeParse(reply.json).data;
  if (!given) return form.grant_type === 'refresh_token' ? revoked(reply) : reply;
  const seconds = Math.floor(now() / 1000);
  const claims = {
    aud: client,
    iss: `https://login.microsoftonline.com/${tenant}/v2.0`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3600,
    oid: idOf(owner),
    sub: `sub-${idOf(owner)}`,
    tid: tenant,
    name: owner.name,
    preferred_username: owner.email,
    ver: '2.0',
  };
  const open = `${given.scope} ${form.scope ?? ''}`.split(' ').includes('openid');
  return {
    ...reply,
    json: {
      ...given,
      ...(open && { id_token: `${encoded({ typ: 'JWT', alg: 'RS256' })}.${encoded(claims)}.c2lnbmF0dXJl` }),
      ...(form.client_info === '1' && { client_info: encoded({ uid: idOf(owner), utid: tenant }) }),
    },
  };
}

/** https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes: by `suberror` its libraries know that only a login helps. */
function revoked(reply: Reply): Reply {
  const refused = z.looseObject({ error: z.literal('invalid_grant') }).safeParse(reply.json).data;
  return refused
    ? {
        ...reply,
        json: {
          ...refused,
          error_description: 'AADSTS50173: The provided grant has expired due to it being revoked.',
          error_codes: [50173],
          suberror: 'bad_token',
        },
      }
    : reply;
}
