import { ChannelError } from '../../../src-shared/channel.ts';
import type { CallOptions } from '../../_kit/http/index.ts';
import { isGone } from '../fetch.ts';
import { type FolderRole, roles } from '../labels.ts';
import { all } from '../pages.ts';
import { Category, Folder, folderProperties, Named } from '../wire.ts';
import type { Working } from '../working.ts';

/** Every folder a person sees, however deep: the delta of folders tells them all in one list. */
export async function readFolders(working: Working, call: CallOptions): Promise<readonly Folder[]> {
  const folders = await all(
    working,
    Folder,
    { path: '/me/mailFolders/delta', query: { $select: folderProperties } },
    call,
  );
  return folders.filter(({ isHidden }) => isHidden !== true);
}

/** Folders by what they are for. Their names are in the person's language, so they are asked for one by one. */
export async function readRoles({ graph }: Working, call: CallOptions): Promise<ReadonlyMap<string, FolderRole>> {
  const found = await Promise.all(
    Object.entries(roles).map(async ([name, role]) => {
      try {
        const { id } = await graph.ask(Named, { path: `/me/mailFolders/${name}`, query: { $select: 'id' } }, call);
        return [[id, role] as const];
      } catch (error) {
        // Not every mailbox has an archive.
        if (isGone(error)) return [];
        throw error;
      }
    }),
  );
  return new Map(found.flat());
}

/** None where the person did not allow it: mail works without. */
export async function readCategories(working: Working, call: CallOptions): Promise<readonly Category[]> {
  try {
    return await all(working, Category, { path: '/me/outlook/masterCategories' }, call);
  } catch (error) {
    if (!(error instanceof ChannelError) || !['scope', 'forbidden'].includes(error.code)) throw error;
    working.context.log.info('categories are not open to this login', { code: error.code });
    return [];
  }
}
