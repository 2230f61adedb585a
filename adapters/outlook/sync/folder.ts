import { z } from 'zod';
import { ChannelError } from '../../../src-shared/channel.ts';
import { asCursor, type ChannelEvent, type Cursor } from '../../../src-shared/model/index.ts';
import { fetchMessages } from '../fetch.ts';
import { folderLabel, folderScope, historyScope, messageKey } from '../ids.ts';
import { Page, stateProperties } from '../wire.ts';
import type { Working } from '../working.ts';
import { changesIn, compare, completed, elsewhere, toChangeEvents } from './changes.ts';

/** States of messages, without their words, are small. */
const pageSize = 200;
/** Of a first round at each look, so that a folder with a hundred thousand messages keeps no other waiting. */
const firstPagesAtOnce = 5;
/** Messages that are fetched one by one; for more the history is begun anew, which tells the words of everything again. */
const fewMissing = 40;

/**
 * Where the delta of a folder was left. Until its first round has ended (`following`) it tells what has lain there for
 * long, which is the history's to bring.
 */
const FolderCursor = z.object({ link: z.string(), following: z.boolean() });
type FolderCursor = z.infer<typeof FolderCursor>;
function readCursor(cursor: Cursor | undefined): FolderCursor | undefined {
  if (cursor === undefined) return undefined;
  try {
    return FolderCursor.safeParse(JSON.parse(cursor)).data;
  } catch {
    return undefined;
  }
}

export interface FollowedFolder {
  readonly id: string;
  /** Its first round has ended: a look tells what has happened since. */
  isFollowing(): Promise<boolean>;
  /** Tells what has happened in it. Answers whether anything had, or whether there is more to tell. */
  look(signal: AbortSignal): Promise<boolean>;
}

export interface FollowOptions {
  /** What arrived then or later is new, Unix ms by Outlook's clock. */
  since(): number;
  /** Events that have just been told. */
  told(events: readonly ChannelEvent[]): void;
}
export function followFolder(working: Working, id: string, { since, told: tell }: FollowOptions): FollowedFolder {
  const { context, graph } = working;
  const scope = folderScope(id);
  const first = `/me/mailFolders/${encodeURIComponent(id)}/messages/delta`;
  let left: FolderCursor | undefined;
  let loaded = false;
  /** What the first round has told of so far; only memory knows it, so a round that was broken off begins again. */
  const seen = new Set<string>();

  async function load(): Promise<void> {
    if (loaded) return;
    const read = readCursor(await context.checkpoint(scope));
    left = read?.following ? read : undefined;
    loaded = true;
  }

  /** Known here but not told of: moved or deleted after the history has brought it, and before this was asked. */
  async function missed(at: number, signal: AbortSignal): Promise<readonly ChannelEvent[]> {
    const refs = await context.lookup.refs(folderLabel(id));
    const { there, gone } = await elsewhere(
      working,
      refs.filter((ref) => !seen.has(ref)),
      { signal },
    );
    seen.clear();
    return [
      ...(await compare(working, there, at)),
      ...gone.map((one) => ({ type: 'removed' as const, target: messageKey(one), at })),
    ];
  }

  async function page(link: string | undefined, signal: AbortSignal): Promise<z.infer<typeof Page>> {
    const ask = link === undefined ? { path: first, query: { $select: stateProperties } } : { path: link };
    const call = { signal, background: left?.following !== true };
    return await graph.ask(Page, { ...ask, prefer: [`odata.maxpagesize=${pageSize}`] }, call);
  }
  const after = ({ '@odata.nextLink': next, '@odata.deltaLink': delta }: z.infer<typeof Page>): FolderCursor => {
    const link = next ?? delta;
    if (link === undefined) throw new ChannelError('protocol', 'not-done', 'Outlook did not say how to go on.');
    return { link, following: left?.following === true || next === undefined };
  };
  async function commit(events: readonly ChannelEvent[], cursor: FolderCursor): Promise<void> {
    const checkpoint = { scope, cursor: asCursor(JSON.stringify(cursor)) };
    await context.emit({ events, origin: 'live', checkpoint });
    left = cursor;
    tell(events);
  }

  /**
   * Outlook has forgotten where we were: everything that lies here is compared, which takes states alone. What is not
   * here yet is fetched, unless it is so much that the history, begun anew, is to bring it. It is committed at the end: cut
   * off, it begins again.
   */
  async function startAnew(signal: AbortSignal): Promise<void> {
    context.log.info('the changes of a folder since the last look are not to be had; comparing what lies there');
    const here = new Set(await context.lookup.refs(folderLabel(id)));
    let cursor: FolderCursor | undefined;
    const missing: string[] = [];
    do {
      const askedAt = context.clock.now();
      const told = await page(cursor?.link, signal);
      context.proven();
      const { present } = await completed(working, changesIn(told.value), { signal });
      const known = await context.lookup.known(present.map((one) => messageKey(one.id)));
      for (const one of present) here.delete(one.id);
      missing.push(...present.flatMap((one) => (known.has(messageKey(one.id)) ? [] : [one.id])));
      const events = await compare(
        working,
        present.filter((one) => known.has(messageKey(one.id))),
        askedAt,
      );
      if (events.length > 0) await context.emit({ events, origin: 'history' });
      cursor = { ...after(told), following: told['@odata.nextLink'] === undefined };
    } while (!cursor.following);
    const at = context.clock.now();
    seen.clear();
    const { there, gone } = await elsewhere(working, [...here], { signal });
    const events: readonly ChannelEvent[] = [
      ...(await compare(working, there, at)),
      ...gone.map((one) => ({ type: 'removed' as const, target: messageKey(one), at })),
      ...(missing.length > fewMissing ? [{ type: 'gap' as const, scope: historyScope }] : []),
    ];
    const fetched = missing.length > fewMissing ? [] : await fetchMessages(working, missing, { signal });
    if (fetched.length > 0) await context.emit({ events: fetched, origin: 'history' });
    await commit(events, cursor);
  }

  return {
    id,
    async isFollowing() {
      await load();
      return left?.following === true;
    },
    async look(signal) {
      await load();
      let happened = false;
      for (let pages = 1; ; pages++) {
        const askedAt = context.clock.now();
        let told: z.infer<typeof Page>;
        try {
          told = await page(left?.link, signal);
        } catch (error) {
          if (!(error instanceof ChannelError) || error.code !== 'gone') throw error;
          await startAnew(signal);
          return true;
        }
        context.proven();
        const changes = changesIn(told.value);
        if (changes.odd > 0) {
          context.log.warn('a part of the changes of a folder cannot be read', { items: changes.odd });
          left = undefined;
          await startAnew(signal);
          return true;
        }
        const whole = await completed(working, changes, { signal });
        const first = left?.following !== true;
        if (first) for (const one of whole.present) seen.add(one.id);
        const changed = await toChangeEvents(working, whole, left?.following ? undefined : since(), askedAt, {
          signal,
        });
        const cursor = after(told);
        const events =
          first && cursor.following ? [...changed, ...(await missed(context.clock.now(), signal))] : changed;
        if (events.length > 0 || cursor.link !== left?.link) await commit(events, cursor);
        happened ||= events.length > 0;
        if (told['@odata.nextLink'] === undefined) return happened;
        if (!cursor.following && pages >= firstPagesAtOnce) return true;
      }
    },
  };
}
