import { z } from 'zod';
import type { SessionContext } from '../../../src-shared/channel.ts';
import { asCursor, type ChannelEvent, type LabelKey, MessageKey } from '../../../src-shared/model/index.ts';
import { folderLabel, parseRef } from '../ids.ts';

/**
 * Messages that left a folder and have not been met in another. IMAP has no word for "moved": a message is gone here
 * and, in its own time, new there (RFC 6851 tells nobody but the one who moved it). So a message is only declared
 * removed once every folder was looked at after it left, and each is known whole.
 */
export interface Orphans {
  /** To be called before the removal from the folder is committed. */
  suspect(keys: readonly MessageKey[]): Promise<void>;
  /** Those waiting for a judgement now: to be taken before a round over all folders. */
  waiting(): Promise<readonly MessageKey[]>;
  /** After a complete round: `counts` says how many messages each folder that is read holds on the server. */
  judge(
    keys: readonly MessageKey[],
    folders: readonly { path: string; uidValidity: string; count: number }[],
  ): Promise<void>;
}

const scope = 'orphans';
/** More than this many at once (a wiped mailbox) are left in place unjudged, oldest first: a bound on the checkpoint. */
const most = 5_000;

export function trackOrphans(context: SessionContext): Orphans {
  let list: readonly MessageKey[] | undefined;
  const load = async (): Promise<readonly MessageKey[]> => {
    if (!list) {
      const cursor = await context.checkpoint(scope);
      list = cursor === undefined ? [] : (z.array(MessageKey).safeParse(JSON.parse(cursor)).data ?? []);
    }
    return list;
  };
  const save = async (next: readonly MessageKey[], events: readonly ChannelEvent[]): Promise<void> => {
    await context.emit({
      events,
      origin: 'live',
      checkpoint: { scope, cursor: next.length === 0 ? undefined : asCursor(JSON.stringify(next)) },
    });
    list = next;
  };
  /** Folders once found whole stay so: catch-up adds and takes away with the server. */
  const whole = new Set<string>();
  const isWhole = async (folder: { path: string; uidValidity: string; count: number }): Promise<boolean> => {
    const id = `${folder.uidValidity}:${folder.path}`;
    if (whole.has(id)) return true;
    const label: LabelKey = folderLabel(folder.path);
    const here = (await context.lookup.refs(label)).filter((ref) => parseRef(ref)?.uidValidity === folder.uidValidity);
    if (here.length < folder.count) return false;
    whole.add(id);
    return true;
  };

  return {
    async suspect(keys) {
      const now = await load();
      const next = [...new Set([...now, ...keys])].slice(-most);
      await save(next, []);
    },
    waiting: load,
    async judge(keys, folders) {
      if (keys.length === 0) return;
      const placements = await context.lookup.placements(keys);
      const placed = new Set(
        keys.filter((key) => (placements.get(key) ?? []).some(({ label }) => label.startsWith('folder:'))),
      );
      const lost = keys.filter((key) => !placed.has(key));
      let certain = true;
      for (const folder of folders) certain = certain && (lost.length === 0 || (await isWhole(folder)));
      const settled = new Set(certain ? keys : placed);
      if (settled.size === 0) return;
      const at = context.clock.now();
      const rest = (await load()).filter((key) => !settled.has(key));
      await save(
        rest,
        lost.filter((key) => settled.has(key)).map((target) => ({ type: 'removed', target, at })),
      );
    },
  };
}
