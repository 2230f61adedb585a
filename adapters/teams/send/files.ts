import { z } from 'zod';
import { ChannelError, type SendOptions } from '../../../src-shared/channel.ts';
import type { Media } from '../../../src-shared/model/index.ts';
import { type Place, placePath, userKey } from '../ids.ts';
import { everything, isClosed } from '../sync/setting.ts';
import { DriveItem, Folder, Member, Upload } from '../wire.ts';
import type { Working } from '../working.ts';

/** A file that lies in OneDrive or SharePoint, as a message points to it. */
export const Filed = z.object({
  id: z.string(),
  contentType: z.literal('reference'),
  contentUrl: z.string(),
  name: z.string(),
});
export type Filed = z.infer<typeof Filed>;

/** https://learn.microsoft.com/en-us/graph/api/driveitem-createuploadsession: multiples of 320 KiB, below 60 MiB. */
const pieceBytes = 10 * 320 * 1024;
/** Where Teams itself puts what is sent in chats. */
const chatFolder = 'Microsoft Teams Chat Files';
/** A file is opened to so many people with one request. */
const invitedAtOnce = 100;

/** Puts the files up, one after the other; nobody sees them until a message points to them. */
export async function fileAll(
  working: Working,
  place: Place,
  media: readonly Media[],
  options: SendOptions,
): Promise<readonly Filed[]> {
  const filed: Filed[] = [];
  const total = media.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  let carried = 0;
  options.progress(0, total);
  for (const { ref, name } of media) {
    const bytes = await options.open(ref);
    const item = await upload(working, place, nameFor(name), bytes, options, (sent) =>
      options.progress(carried + sent, Math.max(total, carried + sent)),
    );
    carried += bytes.byteLength;
    filed.push(toReference(item));
    if (place.is === 'chat') await share(working, place, item, options);
  }
  return filed;
}

/** Signs OneDrive does not take in a name (https://support.microsoft.com/office/64883a5d-228e-48f5-b3d2-eb39e07630fa). */
const nameFor = (name: string | undefined): string =>
  (name ?? 'file')
    .replace(/["*:<>?/\\|#%]/g, '_')
    .replace(/^[\s.~]+|[\s.]+$/g, '')
    .slice(0, 200) || 'file';

async function upload(
  { graph }: Working,
  place: Place,
  name: string,
  bytes: Uint8Array,
  { signal }: SendOptions,
  progress: (sent: number) => void,
): Promise<DriveItem> {
  const path = `${await folderPath(graph, place, signal)}${encodeURIComponent(name)}:/createUploadSession`;
  // A second file of a name gets another one.
  const json = { item: { '@microsoft.graph.conflictBehavior': 'rename' } };
  const { uploadUrl } = await graph.ask(Upload, { method: 'POST', path, json }, { signal, repeatable: true });
  let made: unknown;
  const total = bytes.byteLength;
  if (total === 0) throw new ChannelError('empty', 'refused', `“${name}” is empty, and Teams takes no empty files.`);
  for (let start = 0; start < total; start += pieceBytes) {
    const piece = new Uint8Array(bytes.subarray(start, Math.min(total, start + pieceBytes)));
    made = await graph.piece(uploadUrl, piece, { start, total }, { signal, repeatable: true, timeoutMs: 300_000 });
    progress(Math.min(total, start + pieceBytes));
  }
  const read = DriveItem.safeParse(made);
  if (read.success) return read.data;
  throw new ChannelError('protocol', 'not-done', 'OneDrive did not say where it put the file.');
}

/** In a chat one's own OneDrive, in a channel the folder its team has for it. */
async function folderPath(graph: Working['graph'], place: Place, signal: AbortSignal): Promise<string> {
  if (place.is === 'chat') return `/me/drive/root:/${encodeURIComponent(chatFolder)}/`;
  const { id, parentReference } = await graph.ask(Folder, { path: placePath(place, '/filesFolder') }, { signal });
  return `/drives/${encodeURIComponent(parentReference.driveId)}/items/${encodeURIComponent(id)}:/`;
}

/** https://learn.microsoft.com/en-us/graph/api/chatmessage-post, example 4: the id is the GUID in the eTag of the file. */
function toReference({ eTag, webUrl, webDavUrl, name }: DriveItem): Filed {
  const id = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/i.exec(eTag)?.[0]?.toLowerCase();
  if (id === undefined) throw new ChannelError('protocol', 'not-done', 'OneDrive did not say which file it made.');
  return { id, contentType: 'reference', contentUrl: webDavUrl ?? webUrl, name };
}

/** Who is in the chat may open it (https://learn.microsoft.com/en-us/graph/api/driveitem-invite). */
async function share(
  working: Working,
  place: Place & { is: 'chat' },
  { id }: DriveItem,
  { signal }: SendOptions,
): Promise<void> {
  const { graph, me, context } = working;
  try {
    const members = (await everything(working, placePath(place, '/members'), { signal })).flatMap(
      (raw) => Member.safeParse(raw).data ?? [],
    );
    const others = [...new Set(members.map(({ userId }) => userKey(userId)))].filter((key) => key !== me);
    for (let start = 0; start < others.length; start += invitedAtOnce) {
      const json = {
        recipients: others.slice(start, start + invitedAtOnce).map((objectId) => ({ objectId })),
        roles: ['read'],
        requireSignIn: true,
        sendInvitation: false,
      };
      const path = `/me/drive/items/${encodeURIComponent(id)}/invite`;
      await graph.tell({ method: 'POST', path, json }, { signal, repeatable: true });
    }
  } catch (error) {
    // The organisation may forbid sharing, and of some chats Graph does not know the members: the message goes all the same,
    // and who cannot open the file can ask for it.
    if (!isClosed(error) && !(error instanceof ChannelError && error.code === 'server')) throw error;
    context.log.info('a file could not be opened to the members of a chat', { code: error.code });
  }
}
