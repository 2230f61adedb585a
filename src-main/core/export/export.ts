import type { Output, Parsed } from '../../../src-shared/ipc/index.ts';
import {
  type IncomingMessage,
  type MessageId,
  mediaOf,
  type OutgoingMessage,
} from '../../../src-shared/model/index.ts';
import type { MailExporter } from '../../ports/index.ts';
import type { ExportItem, Store } from '../../store/api.ts';
import type { Attachments } from '../attachments/index.ts';
import { collect } from '../attachments/index.ts';
import { CallError, wordsOf } from '../errors.ts';
import { WholeFile } from './file.ts';
import { type Entry, type ExportedFile, jsonLine } from './jsonl.ts';
import { mboxEntry } from './mbox.ts';

export interface ExportOptions {
  readonly store: Store;
  readonly attachments: Attachments;
  readonly mail: MailExporter | undefined;
}

/** Messages held in memory at a time. */
const pageSize = 25;

/** Writes messages to a file that appears only when it is whole; what cannot be written is named, never left out in silence. */
export async function exportTo(
  options: ExportOptions,
  { path, format, account, conversation }: Parsed<'export.start'>,
): Promise<Output<'export.start'>> {
  if (format === 'mbox' && !options.mail) throw new CallError('unsupported', 'This host cannot write an mbox.');
  const identitiesOf = await identities(options.store);
  const file = await WholeFile.create(path);
  const skipped: { message: MessageId; reason: string }[] = [];
  let messages = 0;
  try {
    let after: string | null | undefined;
    do {
      const page = await options.store.query('export.page', {
        limit: pageSize,
        ...(account === undefined ? {} : { account }),
        ...(conversation === undefined ? {} : { conversation }),
        ...(after ? { after } : {}),
      });
      for (const item of page.items) {
        try {
          await file.write(
            format === 'mbox' ? await mboxOf(options, item) : await jsonOf(options, item, identitiesOf(item)),
          );
          messages += 1;
        } catch (error) {
          if (!(error instanceof Skip)) throw error;
          skipped.push({ message: item.id, reason: error.message });
        }
      }
      after = page.next;
    } while (after);
    await file.keep();
  } catch (error) {
    await file.discard();
    throw error;
  }
  return { messages, skipped };
}

async function identities(store: Store): Promise<(item: ExportItem) => Entry['account']['identities']> {
  const rows = await store.query('accounts', {});
  return ({ account }) =>
    rows
      .find((row) => row.channel === account.channel && row.description.key === account.key)
      ?.description.identities.map(({ key, name }) => ({ key, ...(name === undefined ? {} : { name }) })) ?? [];
}

/** Bytes of files that one line takes; what is beyond stays where it is. */
const mostFileBytes = 100 * 1024 * 1024;

/** A line with the files that are here. A source has its files in it. */
async function jsonOf(
  { attachments }: ExportOptions,
  item: ExportItem,
  identitiesOf: Entry['account']['identities'],
): Promise<Buffer> {
  const files: ExportedFile[] = [];
  let room = item.source ? 0 : mostFileBytes;
  for (const { media, hash } of item.attachments) {
    const blob = hash === null ? undefined : await attachments.kept(hash);
    if (!blob || blob.bytes > room) continue;
    room -= blob.bytes;
    files.push({ ref: media.ref, bytes: await collect(blob.stream()) });
  }
  return jsonLine(item, identitiesOf, files);
}

/** One message cannot be exported; the others can. */
class Skip extends Error {}

async function mboxOf(options: ExportOptions, item: ExportItem): Promise<Buffer> {
  const message = messageOf(item);
  const sender = message.from.is === 'system' ? '' : (message.from.key ?? item.account.key);
  if (item.source) return mboxEntry(item.source, sender, message.at);
  const mail = options.mail;
  if (!mail) throw new CallError('unsupported', 'This host cannot write an mbox.');
  if (message.from.is === 'system') throw new Skip('A notice of the network, not a message anyone wrote.');
  try {
    const bytes = await mail.compose({
      message: outgoingOf(message),
      messageId: message.links?.[0] ?? message.key,
      from: { name: message.from.name ?? '', address: sender },
      attachments: await filesOf(options, item),
    });
    return mboxEntry(bytes, sender, message.at);
  } catch (error) {
    throw new Skip(wordsOf(error), { cause: error });
  }
}

function messageOf(item: ExportItem): IncomingMessage {
  for (const event of item.events) if (event.type === 'message') return event.message;
  throw new Skip('It has no content.');
}

function outgoingOf(message: IncomingMessage): OutgoingMessage {
  const { at, parts, subject, recipients, links } = message;
  return {
    at,
    parts,
    ...(subject === undefined ? {} : { subject }),
    ...(recipients === undefined ? {} : { recipients }),
    ...(links && links.length > 1 ? { references: links.slice(1, 200) } : {}),
  };
}

async function filesOf(options: ExportOptions, item: ExportItem) {
  const wanted = new Set(
    messageOf(item)
      .parts.flatMap(mediaOf)
      .map((media) => media.ref),
  );
  const files: { ref: ExportItem['attachments'][number]['media']['ref']; bytes: Uint8Array }[] = [];
  for (const { id, media } of item.attachments) {
    if (!wanted.has(media.ref)) continue;
    const opened = await options.attachments.open(id);
    files.push({ ref: media.ref, bytes: await collect(opened.stream()) });
  }
  return files;
}
