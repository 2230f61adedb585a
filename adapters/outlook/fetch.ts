import { z } from 'zod';
import { ChannelError } from '../../src-shared/channel.ts';
import type { ChannelEvent } from '../../src-shared/model/index.ts';
import type { CallOptions } from '../_kit/http/index.ts';
import type { MailJob } from '../_kit/mail/index.ts';
import { jobOf, toEvents, unreadable } from './map.ts';
import { all } from './pages.ts';
import { needsWhole, shownTypes, toSource } from './source.ts';
import { File, fileProperties, Message, messageProperties, Named } from './wire.ts';
import { messagePath, type Working } from './working.ts';

/** Calendars and cards up to this size are fetched with the message. Bytes. */
const shownBytes = 256 * 1024;

/** What a message is made of, as far as it has to be asked for. */
interface Gathered {
  readonly id: string;
  readonly said: unknown;
  readonly readable: { readonly message: Message; readonly files: readonly File[]; readonly job: MailJob } | undefined;
}

export const isGone = (error: unknown): boolean => error instanceof ChannelError && error.code === 'not-found';

/** These messages as events, in the order given; those that are gone meanwhile are left out. */
export async function fetchMessages(
  working: Working,
  ids: readonly string[],
  call: CallOptions,
): Promise<readonly ChannelEvent[]> {
  const at = working.context.clock.now();
  const said = await Promise.all(
    ids.map(async (id) => {
      try {
        return await working.graph.ask(
          z.unknown(),
          { path: messagePath(id), query: { $select: messageProperties } },
          call,
        );
      } catch (error) {
        if (isGone(error)) return undefined;
        // It was answered, but not in words that can be read: kept as what it is.
        if (error instanceof ChannelError && error.code === 'protocol') return { id };
        throw error;
      }
    }),
  );
  const named = said.flatMap((one, index) => (one === undefined ? [] : [{ id: ids[index] ?? '', said: one }]));
  return await toModel(working, named, at, call);
}

/** What was told of messages, as events. Never rejects for what a message holds. `at`: when it was asked for, Unix ms. */
export async function toModel(
  working: Working,
  told: readonly { readonly id: string; readonly said: unknown }[],
  at: number,
  call: CallOptions,
): Promise<readonly ChannelEvent[]> {
  const gathered = await Promise.all(told.map(({ id, said }) => gather(working, id, said, at, call)));
  const here = gathered.filter((one) => one !== undefined);
  const jobs = here.flatMap(({ readable }) => (readable ? [readable.job] : []));
  const results = (await working.parser.map(jobs, { own: working.own() })).values();
  return here.flatMap(({ id, said, readable }) => {
    const result = readable && results.next().value;
    return readable && result ? toEvents(readable.message, readable.files, result) : [unreadable(id, said, at)];
  });
}

async function gather(
  working: Working,
  id: string,
  said: unknown,
  at: number,
  call: CallOptions,
): Promise<Gathered | undefined> {
  const read = Message.safeParse(said).data;
  // What was asked for is what it is about, whatever else is wrong with the answer.
  if (!read || read.id !== id || read.body === undefined) {
    working.context.log.warn('a message came in a form that cannot be read', { id });
    return { id, said, readable: undefined };
  }
  try {
    if (needsWhole(read)) {
      const source = await working.graph.bytes({ path: messagePath(id, '/$value') }, call);
      return { id, said, readable: { message: read, files: [], job: jobOf(read, new Uint8Array(source), at) } };
    }
    // Pictures within the text alone do not count as attachments for `hasAttachments`.
    const some = read.hasAttachments === true || /\bcid:/i.test(read.body.content ?? '');
    const files = some ? await filesOf(working, id, call) : [];
    const shown = new Map<string, Uint8Array>();
    for (const file of files)
      if (shownTypes.has(file.contentType?.toLowerCase() ?? '') && (file.size ?? 0) <= shownBytes)
        shown.set(file.id, await fetchFile(working, id, file.id, call));
    return { id, said, readable: { message: read, files, job: jobOf(read, toSource(read, files, shown), at) } };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

const filesOf = (working: Working, id: string, call: CallOptions): Promise<readonly File[]> =>
  all(working, File, { path: messagePath(id, '/attachments'), query: { $select: fileProperties } }, call);
export const fetchFile = ({ graph }: Working, id: string, file: string, call: CallOptions): Promise<Uint8Array> =>
  graph.bytes({ path: messagePath(id, `/attachments/${encodeURIComponent(file)}/$value`) }, call);

/** Items of a page that name a message at all. */
export const namedIn = (value: readonly unknown[]): readonly { readonly id: string; readonly said: unknown }[] =>
  value.flatMap((said) => {
    const read = Named.safeParse(said);
    return read.success ? [{ id: read.data.id, said }] : [];
  });
