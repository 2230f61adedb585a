import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { SessionContext } from '../../../src-shared/channel.ts';
import type { ChannelEvent, MessageKey, Placement } from '../../../src-shared/model/index.ts';
import { fromPieces, type MailJob, type MailParser, toIncoming } from '../../_kit/mail/index.ts';
import { keywordLabel, refOf } from '../ids.ts';
import { keywordName, keywordsOf, planParts, type TextSection, toFlags, uidSet } from '../map.ts';
import type { Folder } from './folders.ts';
import type { Trouble } from './trouble.ts';

/** Messages up to this size are fetched whole: one round trip, attachments and all. Bytes. */
export const wholeBytes = 128 * 1024;
/** Of a text part, no more is fetched than this. Bytes. */
const textBytes = 2 * 1024 * 1024;
/** A message without Message-ID is told from others by its content, so even large ones come whole, up to this. Bytes. */
const anonymousBytes = 32 * 1024 * 1024;
/** Whole messages fetched by one command, together. Bytes. */
const batchBytes = 1024 * 1024;

export interface Fetching {
  readonly context: SessionContext;
  readonly parser: Pick<MailParser, 'map'>;
  readonly trouble: Trouble;
  /** The account's own addresses, lower case. */
  readonly own: () => ReadonlySet<string>;
}

interface Seen {
  readonly uid: number;
  readonly flags: ReadonlySet<string>;
  readonly size: number;
  readonly receivedAt: number | undefined;
  /** Undefined where the headers alone do not tell. */
  readonly key: MessageKey | undefined;
}

const timeOf = (date: Date | string | undefined): number | undefined => {
  const time = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isFinite(time) && time >= 0 ? time : undefined;
};

/** The fields a message's key is made of. */
const keyHeaders = ['message-id', 'x-message-id', 'date'];
function keyOfHeaders(headers: Uint8Array): MessageKey | undefined {
  const { key } = fromPieces({ headers, attachments: [] });
  return key.startsWith('sha256:') ? undefined : key;
}

/** What messages are, without their words: enough to know again those that another folder showed already. */
export async function glance(client: ImapFlow, uids: readonly number[]): Promise<readonly Seen[]> {
  if (uids.length === 0) return [];
  const found = await client.fetchAll(
    uidSet(uids),
    { uid: true, flags: true, size: true, internalDate: true, headers: keyHeaders },
    { uid: true },
  );
  const wanted = new Set(uids);
  return found
    .filter((item) => wanted.has(item.uid))
    .map((item) => ({
      uid: item.uid,
      flags: item.flags ?? new Set<string>(),
      size: item.size ?? 0,
      receivedAt: timeOf(item.internalDate),
      key: item.headers ? keyOfHeaders(item.headers) : undefined,
    }));
}

/** The folder's own label and one for each keyword a person may have set. */
function placements(folder: Folder, uidValidity: bigint, seen: Seen): Placement[] {
  return [
    { label: folder.label, ref: refOf(uidValidity, seen.uid) },
    ...keywordsOf(seen.flags).map((keyword) => ({ label: keywordLabel(keyword) })),
  ];
}

/** A label event for every keyword in use, so that it has a name wherever it is shown. */
export function keywordEvents(flags: Iterable<ReadonlySet<string>>, at: number): ChannelEvent[] {
  const keywords = new Set<string>();
  for (const set of flags) for (const keyword of keywordsOf(set)) keywords.add(keyword);
  return [...keywords].map((keyword) => ({
    type: 'label',
    key: keywordLabel(keyword),
    patch: { name: keywordName(keyword), kind: 'keyword', exists: true },
    at,
  }));
}

/**
 * Everything the local database should know about these messages of the selected folder. Those it has already are only
 * placed and flagged; the others are fetched. Must run while the connection is held with the folder open.
 */
export async function fetchMessages(
  client: ImapFlow,
  folder: Folder,
  uidValidity: bigint,
  uids: readonly number[],
  fetching: Fetching,
): Promise<readonly ChannelEvent[]> {
  return await fetching.trouble.guard(
    { path: folder.path, uidValidity },
    uids,
    async (some) => await fetchSome(client, folder, uidValidity, some, fetching),
    () => !client.usable,
  );
}

async function fetchSome(
  client: ImapFlow,
  folder: Folder,
  uidValidity: bigint,
  uids: readonly number[],
  { context, parser, own }: Fetching,
): Promise<readonly ChannelEvent[]> {
  const observedAt = context.clock.now();
  const seen = await glance(client, uids);
  const known = await context.lookup.known(seen.flatMap(({ key }) => (key ? [key] : [])));
  const events: ChannelEvent[] = keywordEvents(
    seen.map(({ flags }) => flags),
    observedAt,
  );
  const whole: Seen[] = [];
  const large: Seen[] = [];
  const jobOf = (item: Seen) => ({
    placements: placements(folder, uidValidity, item),
    flags: toFlags(item.flags),
    observedAt,
    ...(item.receivedAt === undefined ? {} : { receivedAt: item.receivedAt }),
  });
  for (const item of seen) {
    if (item.key && known.has(item.key)) {
      for (const { label, ref } of placements(folder, uidValidity, item))
        events.push({
          type: 'placed',
          target: item.key,
          label,
          ...(ref === undefined ? {} : { ref }),
          on: true,
          at: observedAt,
        });
      events.push({ type: 'flags', target: item.key, flags: toFlags(item.flags), at: observedAt });
    } else if (item.size <= (item.key ? wholeBytes : anonymousBytes)) whole.push(item);
    else large.push(item);
  }

  const byUid = new Map(whole.map((item) => [item.uid, item]));
  // While one batch is parsed on its own thread, the next comes over the wire.
  const parsing: ReturnType<typeof parser.map>[] = [];
  for (const batch of batches(whole)) {
    const { found, refused } = await fetchSources(client, batch);
    large.push(...refused.flatMap((uid) => byUid.get(uid) ?? []));
    const jobs = found.flatMap(({ uid, source }): MailJob[] => {
      const item = byUid.get(uid);
      return item ? [{ source, ...jobOf(item) }] : [];
    });
    const results = parser.map(jobs, { own: own() });
    // Should a later batch fail, nobody will ask for this one any more.
    results.catch(() => undefined);
    parsing.push(results);
  }
  for (const results of parsing)
    for (const result of await results) {
      if (result.damage.length > 0)
        context.log.info('damaged message', { folder: folder.path, damage: result.damage.join('; ').slice(0, 300) });
      events.push(...result.users, { type: 'message', message: result.message });
    }

  for (const item of large) {
    const pieces = await fetchWords(client, item.uid).catch((error: unknown) => {
      if (!client.usable) throw error;
      // One message the server itself cannot read must not keep all others from coming in.
      context.log.warn('the server cannot hand out a message', { folder: folder.path, uid: item.uid });
      return undefined;
    });
    if (!pieces) continue;
    const parsed = fromPieces(pieces, item.receivedAt === undefined ? {} : { receivedAt: item.receivedAt });
    const { receivedAt: _, ...place } = jobOf(item);
    const mapped = toIncoming(parsed, { own: own(), ...place });
    events.push(...mapped.users, { type: 'message', message: mapped.message });
  }
  return events;
}

interface Source {
  readonly uid: number;
  readonly source: Uint8Array<ArrayBuffer>;
}
/** Whole messages by one command; where the server refuses, one by one, so that only those it cannot read are missing. */
async function fetchSources(
  client: ImapFlow,
  uids: readonly number[],
): Promise<{ found: readonly Source[]; refused: readonly number[] }> {
  const fetch = async (set: readonly number[]): Promise<readonly Source[]> =>
    (await client.fetchAll(uidSet(set), { uid: true, source: true }, { uid: true })).flatMap(({ uid, source }) =>
      source ? [{ uid, source: new Uint8Array(source) }] : [],
    );
  try {
    return { found: await fetch(uids), refused: [] };
  } catch (error) {
    if (!client.usable) throw error;
  }
  const found: Source[] = [];
  const refused: number[] = [];
  for (const uid of uids)
    try {
      found.push(...(await fetch([uid])));
    } catch (error) {
      if (!client.usable) throw error;
      refused.push(uid);
    }
  return { found, refused };
}

/** UIDs in groups whose messages together stay below `batchBytes`. */
function batches(items: readonly Seen[]): number[][] {
  const result: number[][] = [];
  let room = 0;
  for (const { uid, size } of items) {
    if (result.length === 0 || size > room) {
      result.push([]);
      room = batchBytes;
    }
    result.at(-1)?.push(uid);
    room -= size;
  }
  return result;
}

/** Headers and text of a large message; its attachments stay on the server until somebody opens one. */
async function fetchWords(client: ImapFlow, uid: number) {
  const outline = await client.fetchOne(String(uid), { uid: true, bodyStructure: true, headers: true }, { uid: true });
  if (!outline) return undefined;
  if (!outline.bodyStructure || !outline.headers) return undefined;
  const plan = planParts(outline.bodyStructure);
  const sections = [plan.text, plan.html].filter((part) => part !== undefined);
  const texts =
    sections.length === 0
      ? undefined
      : await client.fetchOne(
          String(uid),
          { uid: true, bodyParts: sections.map(({ section }) => ({ key: section, maxLength: textBytes })) },
          { uid: true },
        );
  const text = wordsOf(texts, plan.text);
  const html = wordsOf(texts, plan.html);
  return {
    headers: outline.headers,
    attachments: plan.attachments,
    ...(text ? { text } : {}),
    ...(html ? { html } : {}),
  };
}

function wordsOf(fetched: FetchMessageObject | false | undefined, section: TextSection | undefined) {
  const bytes = section && fetched ? fetched.bodyParts?.get(section.section) : undefined;
  if (!section || !bytes) return undefined;
  return {
    bytes,
    contentType: section.contentType,
    ...(section.transferEncoding === undefined ? {} : { transferEncoding: section.transferEncoding }),
  };
}
