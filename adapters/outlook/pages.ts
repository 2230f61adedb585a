import type { z } from 'zod';
import type { CallOptions } from '../_kit/http/index.ts';
import { Page } from './wire.ts';
import type { Working } from './working.ts';

/** Everything of a list whose pages are linked; what does not fit `item` is left out. */
export async function all<S extends z.ZodType>(
  { graph }: Pick<Working, 'graph'>,
  item: S,
  first: { readonly path: string; readonly query?: Readonly<Record<string, string>> },
  call: CallOptions,
): Promise<readonly z.infer<S>[]> {
  const found: z.infer<S>[] = [];
  let ask: { readonly path: string; readonly query?: Readonly<Record<string, string>> } | undefined = first;
  while (ask) {
    const page: z.infer<typeof Page> = await graph.ask(Page, { ...ask, prefer: ['odata.maxpagesize=200'] }, call);
    for (const one of page.value) {
      const read = item.safeParse(one);
      if (read.success) found.push(read.data);
    }
    const next = page['@odata.nextLink'];
    ask = next === undefined ? undefined : { path: next };
  }
  return found;
}
