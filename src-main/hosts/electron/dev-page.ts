import { pagePolicy } from '../web/policy.ts';

/** Where the page comes from while somebody works on it; undefined in every finished program. */
export interface DevPage {
  readonly url: URL;
  readonly policy: string;
}

/**
 * The development server `CARILLON_DEV_PAGE` names (npm run dev), on this machine alone. Its page may run what that server
 * writes into it and hear of changes from it; everything else the page's policy forbids as ever.
 */
export const devPage = (packaged: boolean, env: NodeJS.ProcessEnv = process.env): DevPage | undefined => {
  if (packaged || !env.CARILLON_DEV_PAGE || !URL.canParse(env.CARILLON_DEV_PAGE)) return undefined;
  const url = new URL(env.CARILLON_DEV_PAGE);
  if (url.protocol !== 'http:' || url.hostname !== '127.0.0.1') return undefined;
  const policy = pagePolicy(`ws://${url.host}`)
    .replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");
  return { url, policy };
};

/** A file of the page as that server has it now. */
export const fromDevPage = async ({ url, policy }: DevPage, path: string): Promise<Response> => {
  const found = await fetch(`${url.origin}${path}`);
  // Whole, so that nothing can break it off half way to the page.
  return new Response(await found.arrayBuffer(), {
    status: found.status,
    headers: {
      'content-type': found.headers.get('content-type') ?? 'application/octet-stream',
      'content-security-policy': policy,
      'cache-control': 'no-store',
    },
  });
};
