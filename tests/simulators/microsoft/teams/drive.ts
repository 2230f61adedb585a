import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Call, type Route, route } from '../../_base/index.ts';
import { answered } from '../mail.ts';
import { Refused } from '../mailbox.ts';

const nothing = z.strictObject({});
const NewSession = z.strictObject({
  item: z.strictObject({
    '@microsoft.graph.conflictBehavior': z.enum(['rename', 'replace', 'fail']),
    name: z.string().optional(),
    description: z.string().optional(),
  }),
});
/** https://learn.microsoft.com/en-us/graph/api/driveitem-createuploadsession: multiples of 320 KiB but the last. */
const pieceBytes = 320 * 1024;
const site = 'https://northwind-my.sharepoint.example/personal/alex/Documents';

export interface DriveFile {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly guid: string;
  readonly bytes: Buffer;
  /** Ids of people who may open it. */
  readonly open: Set<string>;
}

/** OneDrive and SharePoint, as far as files of messages lie there. */
export class Drive {
  readonly #files = new Map<string, DriveFile>();
  get files(): readonly DriveFile[] {
    return [...this.#files.values()];
  }
  put(folder: string, wanted: string, bytes: Buffer): DriveFile {
    const dot = wanted.lastIndexOf('.');
    const [stem, ending] = dot > 0 ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, ''];
    const taken = (name: string) => this.files.some((one) => one.url === `${site}/${folder}/${name}`);
    let name = wanted;
    for (let copy = 1; taken(name); copy++) name = `${stem} ${copy}${ending}`;
    const digest = createHash('sha256').update(`${folder}/${name}/${this.#files.size}`).digest('hex');
    const guid = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
    const file = {
      id: `01${digest.slice(0, 30).toUpperCase()}`,
      name,
      url: `${site}/${folder}/${name}`,
      guid,
      bytes,
      open: new Set<string>(),
    };
    this.#files.set(file.id, file);
    return file;
  }
  file(id: string): DriveFile {
    const found = this.#files.get(id);
    if (!found) throw new Refused(404, 'itemNotFound', 'The resource could not be found.');
    return found;
  }
}

export function driveRoutes(drive: Drive, isKnown: (person: string) => boolean): readonly Route[] {
  const sessions = new Map<string, { folder: string; name: string; held: Buffer }>();
  const begin = (call: Pick<Call, 'headers'>, folder: string, named: string) =>
    answered(() => {
      const name = named.replace(/:$/, '');
      if (!named.endsWith(':') || /["*:<>?/\\|]/.test(name))
        throw new Refused(400, 'invalidRequest', 'The name is invalid.');
      const token = `sim-secret-drive-${createHash('sha256').update(`${name}${sessions.size}`).digest('base64url')}`;
      sessions.set(token, { folder, name, held: Buffer.alloc(0) });
      return {
        uploadUrl: `http://${call.headers.host}/drive-upload/${token}`,
        expirationDateTime: '2099-01-01T00:00:00Z',
      };
    });
  return [
    route('POST /v1.0/me/drive/root:/:folder/:name/createUploadSession', {
      query: nothing,
      body: NewSession,
      answer: (call) => begin(call, call.params.folder ?? '', call.params.name ?? ''),
    }),
    route('POST /v1.0/drives/:drive/items/:item/:name/createUploadSession', {
      query: nothing,
      body: NewSession,
      answer: (call) => begin(call, (call.params.item ?? '').replace(/:$/, ''), call.params.name ?? ''),
    }),
    route('PUT /drive-upload/:session', {
      open: true,
      query: nothing,
      answer: ({ params, bytes, headers }) => {
        const said = answered(() => {
          const session = sessions.get(params.session ?? '');
          if (!session) throw new Refused(404, 'itemNotFound', 'The upload session was not found.');
          if (headers.authorization !== undefined)
            throw new Refused(401, 'unauthenticated', 'Do not send a token here.');
          const [, start, end, size] = (/^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? []).map(
            Number,
          );
          // A piece that is here already is taken for said again.
          if (start !== undefined && end !== undefined && end < session.held.length)
            return { nextExpectedRanges: [`${session.held.length}-`] };
          const fits =
            start === session.held.length &&
            end === session.held.length + bytes.length - 1 &&
            (bytes.length % pieceBytes === 0 || end + 1 === size);
          if (!fits) throw new Refused(416, 'invalidRange', 'The range is not what was expected.');
          session.held = Buffer.concat([session.held, bytes]);
          if (session.held.length < (size ?? 0)) return { nextExpectedRanges: [`${session.held.length}-`] };
          const { id, name, url, guid } = drive.put(session.folder, session.name, session.held);
          return { id, name, size, eTag: `"{${guid.toUpperCase()},1}"`, webUrl: url, webDavUrl: url, file: {} };
        });
        // 202 for a piece, 201 for the last.
        const more = typeof said.json === 'object' && said.json !== null && 'nextExpectedRanges' in said.json;
        return said.status === 200 ? { ...said, status: more ? 202 : 201 } : said;
      },
    }),
    route('POST /v1.0/me/drive/items/:item/invite', {
      query: nothing,
      body: z.strictObject({
        recipients: z
          .array(z.strictObject({ objectId: z.string() }))
          .min(1)
          .max(100),
        roles: z.array(z.enum(['read', 'write'])).min(1),
        requireSignIn: z.boolean(),
        sendInvitation: z.boolean(),
      }),
      answer: ({ params, body }) =>
        answered(() => {
          const file = drive.file(params.item ?? '');
          for (const { objectId } of body.recipients) {
            if (!isKnown(objectId)) throw new Refused(400, 'invalidRequest', 'A recipient is not known.');
            file.open.add(objectId);
          }
          return { value: [] };
        }),
    }),
    route('GET /v1.0/shares/:share/driveItem/content', {
      query: nothing,
      answer: ({ params }) => {
        const url = Buffer.from((params.share ?? '').replace(/^u!/, ''), 'base64url').toString('utf8');
        const file = drive.files.find((one) => one.url === url);
        if (!file) return answered(() => drive.file(''));
        return { bytes: file.bytes, type: 'application/octet-stream' };
      },
    }),
  ];
}
