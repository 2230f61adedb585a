import { z } from 'zod';
import { faceOf, type Route, route } from '../../_base/index.ts';
import { blocks } from '../blocks.ts';
import { json, method, type Place } from '../method.ts';
import { Refused, type SlackFile } from '../state.ts';
import type { Workspace } from '../workspace.ts';
import { byApp } from './chat.ts';

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  txt: 'text/plain',
  pdf: 'application/pdf',
  m4a: 'audio/mp4',
};
export const typeOfName = (name: string): string =>
  types[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';

/** https://docs.slack.dev/reference/objects/file-object */
export function fileObject(workspace: Workspace, file: SlackFile, address: string) {
  const { id, name, title, mimetype, user, bytes, shares } = file;
  const url = `${address}/files-pri/${workspace.team.id}-${id}/${encodeURIComponent(name)}`;
  const of = (open: boolean) =>
    Object.fromEntries(
      shares
        .filter(({ channel }) => (workspace.channels.get(channel)?.kind === 'public') === open)
        .map(({ channel, ts }) => [
          channel,
          [{ ts, channel_name: workspace.channels.get(channel)?.name, team_id: workspace.team.id }],
        ]),
    );
  return {
    id,
    created: 1_700_000_000,
    name,
    title,
    mimetype,
    filetype: name.split('.').at(-1) ?? '',
    user,
    size: bytes?.byteLength ?? 0,
    mode: 'hosted',
    is_external: false,
    url_private: url,
    url_private_download: `${url}?download=1`,
    permalink: `https://northwind.slack.example/files/${user}/${id}/${name}`,
    shares: { public: of(true), private: of(false) },
  };
}

/** The three steps of putting files up (https://docs.slack.dev/messaging/working-with-files), and fetching them. */
export function fileMethods(place: Place): readonly Route[] {
  const { workspace, tokens, address } = place;
  const file = (id: string) => {
    const found = workspace.files.get(id);
    if (!found) throw new Refused('file_not_found');
    return found;
  };
  /** Shown, but not to be seen yet. */
  const waiting = new Map<string, { left: number; readonly show: () => void }>();
  return [
    method(place, 'files.getUploadURLExternal', {
      scopes: ['files:write'],
      arguments: {
        filename: z.string().min(1),
        length: z.coerce.number().int().positive(),
        alt_txt: z.string().optional(),
      },
      answer({ filename }) {
        const id = workspace.id('F');
        workspace.files.set(id, {
          id,
          name: filename,
          title: filename,
          bytes: undefined,
          mimetype: typeOfName(filename),
          user: workspace.me,
          completed: false,
          shares: [],
        });
        return { upload_url: `${address()}/upload/v1/${id}`, file_id: id };
      },
    }),
    route('POST /upload/v1/:id', {
      open: true,
      query: z.strictObject({}),
      answer({ params, bytes }) {
        const found = workspace.files.get(params.id ?? '');
        if (!found || found.completed) return { status: 404 };
        found.bytes = Uint8Array.from(bytes);
        return { bytes: Buffer.from(`OK - ${bytes.byteLength}`), type: 'text/plain' };
      },
    }),
    method(place, 'files.completeUploadExternal', {
      scopes: ['files:write'],
      arguments: {
        files: json(z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1)),
        channel_id: z.string().optional(),
        thread_ts: z.string().optional(),
        initial_comment: z.string().optional(),
        blocks: blocks.optional(),
      },
      answer({ files, channel_id: channel, thread_ts: thread, initial_comment: text, blocks }) {
        const found = files.map(({ id }) => file(id));
        // "This method can only be called once."
        if (found.some(({ bytes, completed }) => completed || bytes === undefined)) throw new Refused('file_not_found');
        if (channel !== undefined && !workspace.channel(channel).members.includes(workspace.me))
          throw new Refused('not_in_channel');
        for (const [at, one] of found.entries()) {
          one.completed = true;
          one.title = files[at]?.title ?? one.title;
        }
        const show = () => {
          if (channel === undefined) return;
          const ts = workspace.ts();
          for (const one of found) one.shares.push({ channel, ts });
          workspace.post(channel, {
            ...byApp,
            user: workspace.me,
            ts,
            subtype: 'file_share',
            text: text ?? '',
            // "If the initial_comment field is provided, the blocks field is ignored."
            ...(text === undefined && blocks && { blocks }),
            upload: true,
            files: found.map((one) => fileObject(workspace, one, address())),
            ...(thread !== undefined && { thread_ts: thread }),
          });
        };
        // "File sharing is asynchronous": it may take a moment until there is a message.
        if (workspace.shownAfter > 0) waiting.set(found[0]?.id ?? '', { left: workspace.shownAfter, show });
        else show();
        return { files: found.map(({ id, title }) => ({ id, title })) };
      },
    }),
    method(place, 'files.info', {
      scopes: ['files:read'],
      arguments: { file: z.string() },
      answer({ file: id }) {
        const found = file(id);
        if (!found.completed) throw new Refused('file_not_found');
        const late = waiting.get(id);
        if (late && late.left-- <= 0) {
          waiting.delete(id);
          late.show();
        }
        return { file: fileObject(workspace, found, address()), comments: [] };
      },
    }),
    route('GET /files-pri/:place/:name', {
      open: true,
      query: z.strictObject({ download: z.string().optional() }),
      answer({ params, headers }) {
        const found = workspace.files.get(params.place?.split('-')[1] ?? '');
        try {
          tokens.check(headers.authorization, 'user', ['files:read']);
        } catch {
          // Who may not have it is shown the way to the login, with status 200.
          return {
            bytes: Buffer.from('<!DOCTYPE html><title>Sign in | Slack</title>'),
            type: 'text/html; charset=utf-8',
          };
        }
        return found?.bytes ? { bytes: found.bytes, type: found.mimetype } : { status: 404 };
      },
    }),
    route('GET /avatars/:name', {
      open: true,
      query: z.strictObject({}),
      answer: ({ params }) => ({ bytes: faceOf(params.name ?? ''), type: 'image/png' }),
    }),
    route('GET /emoji/:name', {
      open: true,
      query: z.strictObject({}),
      answer: ({ params }) => ({ bytes: faceOf(params.name ?? ''), type: 'image/png' }),
    }),
  ];
}
/** A picture of one pixel. */
export const dot = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
);
