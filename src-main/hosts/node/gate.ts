import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Whether a request may pass, and if not, why: `stranger` gets 401, `elsewhere` 403. */
export type Passage = 'open' | 'stranger' | 'elsewhere';

/**
 * Who may speak to the server. Two separate questions: does the request come from this server's own page or from a
 * program (not from a site that resolved its name to 127.0.0.1, nor from a form on one), and does it carry the token.
 */
export interface Gate {
  readonly token: string;
  readonly cookie: string;
  /** Must be told once, before anything is let in. */
  listensOn(port: number): void;
  check(request: IncomingMessage): Passage;
  /** The token handed over in the address, which buys the cookie. */
  accepts(token: string): boolean;
  /** Value for `Set-Cookie`. */
  issue(): string;
}

export const createGate = (token: string = randomBytes(32).toString('base64url')): Gate => {
  const expected = digest(token);
  let hosts: readonly string[] = [];
  let cookieName = 'carillon';
  const accepts = (offered: string): boolean => timingSafeEqual(digest(offered), expected);
  return {
    token,
    get cookie() {
      return cookieName;
    },
    listensOn(port) {
      hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
      // Cookies do not know ports: two hosts on one machine must not overwrite each other's.
      cookieName = `carillon-${port}`;
    },
    check(request) {
      if (!fromHere(request, hosts)) return 'elsewhere';
      const offered = bearer(request) ?? cookieNamed(request, cookieName);
      return offered !== undefined && accepts(offered) ? 'open' : 'stranger';
    },
    accepts,
    issue: () => `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/`,
  };
};

/** Equal lengths whatever was offered, so that comparing tells nothing (`timingSafeEqual` wants them equal). */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The Host header is what a rebound name cannot fake; Origin is what another site cannot leave out of a call that
 * changes anything; Sec-Fetch-Site catches what carries no Origin (images, navigations with a body).
 */
const fromHere = (request: IncomingMessage, hosts: readonly string[]): boolean => {
  const { host, origin } = request.headers;
  if (host === undefined || !hosts.includes(host)) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const site = request.headers['sec-fetch-site'];
  const navigates = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
  return site === undefined || site === 'same-origin' || site === 'none' || navigates;
};

const bearer = (request: IncomingMessage): string | undefined =>
  /^Bearer +([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];

const cookieNamed = (request: IncomingMessage, name: string): string | undefined =>
  request.headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
