import type { CallOptions } from '../../_kit/http/index.ts';
import { Page } from '../wire.ts';
import type { Working } from '../working.ts';

/** Empty pages one after the other; behind so many there is taken to be nothing. */
const mostEmpty = 50;

/** A page that holds anything: Graph may fill one with less than was asked for, or with nothing, and go on behind it. */
export async function somePage(
  { graph, context }: Working,
  path: string,
  query: Readonly<Record<string, string>>,
  call: CallOptions,
): Promise<{ value: readonly unknown[]; more: boolean }> {
  let page = await graph.ask(Page, { path, query }, call);
  context.proven();
  for (let empty = 0; page.value.length === 0 && page['@odata.nextLink'] !== undefined && empty < mostEmpty; empty++)
    page = await graph.ask(Page, { path: page['@odata.nextLink'] }, call);
  return { value: page.value, more: page['@odata.nextLink'] !== undefined };
}
