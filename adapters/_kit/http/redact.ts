/** Longer pieces of a path are identifiers at best and secrets at worst (upload tickets, bot tokens). Characters. */
const longestSegment = 40;

/**
 * An address as the log may show it: user and password, long pieces of the path and all values of the query are cut
 * out, except of the parameters named in `shown`.
 */
export function shownUrl(url: URL, shown: ReadonlySet<string>): string {
  const path = url.pathname
    .split('/')
    .map((segment) => (segment.length > longestSegment || segment.includes(':') ? '…' : segment))
    .join('/');
  const query = [...url.searchParams].map(([name, value]) => `${name}=${shown.has(name) ? value : '…'}`).join('&');
  return `${url.host}${path}${query === '' ? '' : `?${query}`}`;
}
