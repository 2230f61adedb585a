import { Refused } from './state.ts';

interface Token {
  readonly kind: 'user' | 'app';
  scopes: readonly string[];
  state: 'good' | 'revoked' | 'expired';
}
/** Tokens unlike any other word in a log, so that a test can look for them. */
export const userToken = 'xoxp-sim-secret-user-2871904-7Qm';
export const appToken = 'xapp-sim-secret-app-5519022-4Kd';

export class Tokens {
  readonly #held = new Map<string, Token>();

  constructor(scopes: readonly string[]) {
    this.#held.set(userToken, { kind: 'user', scopes, state: 'good' });
    this.#held.set(appToken, { kind: 'app', scopes: ['connections:write'], state: 'good' });
  }
  /** The person removes the app, or the token runs out. */
  become(token: string, state: Token['state']): void {
    const held = this.#held.get(token);
    if (held) held.state = state;
  }
  grant(token: string, scopes: readonly string[]): void {
    const held = this.#held.get(token);
    if (held) held.scopes = scopes;
  }
  /** Refuses as Slack does; else answers the token. One of `scopes` is enough. */
  check(authorization: string | undefined, kind: Token['kind'], scopes: readonly string[]): Token {
    const given = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    if (given === undefined) throw new Refused('not_authed');
    const held = this.#held.get(given);
    if (!held) throw new Refused('invalid_auth');
    if (held.state === 'revoked') throw new Refused('token_revoked');
    if (held.state === 'expired') throw new Refused('token_expired');
    if (held.kind !== kind) throw new Refused('not_allowed_token_type');
    if (scopes.length > 0 && !scopes.some((scope) => held.scopes.includes(scope)))
      throw new Refused('missing_scope', { needed: scopes.join(','), provided: held.scopes.join(',') });
    return held;
  }
}
