import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { ChannelError, type Reconciled, type SendOptions, type SendResult } from '../../../src-shared/channel.ts';
import type { Media, OutgoingMessage } from '../../../src-shared/model/index.ts';
import type { Ask } from '../../_kit/graph/index.ts';
import type { CallOptions } from '../../_kit/http/index.ts';
import { conversationKey, messageKey, orderOf, type Place, paddedId, placeOf, placePath, spotIn } from '../ids.ts';
import { type Seen, see } from '../map/message.ts';
import { readOne, tellOne } from '../sync/one.ts';
import { somePage } from '../sync/page.ts';
import type { Working } from '../working.ts';
import { type Composed, compose, placeFor } from './compose.ts';
import { digest, digestOfSeen } from './digest.ts';
import { Filed, fileAll } from './files.ts';
import { recentOwn } from './recent.ts';

/**
 * How far a former try came. Teams has no key by which it would know a second try: what was sent is known again by standing
 * after `after`, the newest message there was, with the same words and files (docs/decisions/teams-sending.md).
 */
const Stage = z.object({
  place: z.string(),
  files: z.array(Filed),
  /** Id of the newest message there was just before it was offered; absent until then. */
  after: z.string().optional(),
  /** Set by a look that did not find it: since when no request can still have been begun, Unix ms. */
  sought: z.number().optional(),
  /** Key of what Teams has taken. */
  sent: z.string().optional(),
});
type Stage = z.infer<typeof Stage>;
function readStage(text: string | undefined): Stage | undefined {
  if (text === undefined) return undefined;
  try {
    return Stage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** One's own message that was taken there is the newest, as far as telling tries apart goes, for so long. Ms. */
const newestForMs = 10_000;
/** Who was told that a message did not arrive sends it at once; nobody has looked away since. Ms. */
const lookedForMs = 5000;
/** A request that was cut off may still be worked on at Teams for this long, ms. */
const settlingMs = 20_000;
/** https://learn.microsoft.com/en-us/graph/api/chatmessage-post: pictures of so many bytes in all stand within the words. */
const mostInlineBytes = 3_000_000;
const inlineTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export interface Outgoing {
  send(message: OutgoingMessage, options: SendOptions): Promise<SendResult>;
  /** Did it arrive? One's own messages since it was offered are looked through. */
  reconcile(message: OutgoingMessage, options: SendOptions): Promise<Reconciled>;
}

/** `opened`: when this session began, Unix ms; whatever an earlier one had under way was broken off by then. */
export function outgoing(working: Working, opened: number): Outgoing {
  const { context, graph } = working;
  /** When this session last offered each transaction, Unix ms. */
  const offeredAt = new Map<string, number>();
  /** When a look last found that a transaction did not arrive, and never will, Unix ms. */
  const absentAt = new Map<string, number>();
  /** The last message of one's own that was taken in a chat, channel or thread, and when, Unix ms. */
  const taken = new Map<string, { readonly id: string; readonly at: number }>();

  async function resultOf(place: Place, seen: Seen, { txn }: SendOptions): Promise<SendResult> {
    working.offered.settled(txn);
    const id = seen.message?.id ?? '';
    const root = rootIn(place, seen);
    const order = orderOf(id);
    const events = await tellOne(working, { place, id, root }, seen);
    return {
      is: 'sent',
      key: seen.key,
      at: seen.createdAt,
      ...(order !== undefined && { order }),
      events: events.map((event) =>
        event.type === 'message' ? { ...event, message: { ...event.message, txn } } : event,
      ),
    };
  }
  /** What a former try has brought there: named by its key, or found again. */
  async function arrived(composed: Composed, stage: Stage, call: CallOptions): Promise<Seen | undefined> {
    const spot = stage.sent === undefined ? undefined : spotIn(stage.sent);
    const seen = spot && (await readOne(working, spot, call));
    return seen?.message ? seen : await look(composed, stage, call);
  }
  async function look(composed: Composed, stage: Stage, call: CallOptions): Promise<Seen | undefined> {
    if (stage.after === undefined) return undefined;
    const own = await recentOwn(working, composed, stage.after, call);
    const digest = digestOf(composed, stage.files);
    return own.find((seen) => digestOfSeen(seen) === digest);
  }

  /** The newest message there is. What was just sent there needs no asking, so that many go one after the other at half the price. */
  async function newest(composed: Composed, call: CallOptions): Promise<string> {
    const last = taken.get(whereOf(composed));
    return last && context.clock.now() - last.at < newestForMs ? last.id : await newestId(working, composed, call);
  }

  return {
    async send(message, options) {
      const { signal, txn } = options;
      const before = readStage(options.stage);
      const place = (before && placeOf(before.place)) ?? (await placeFor(working, message, options));
      const composed = compose(message, place);
      let stage: Stage = before ?? { place: conversationKey(place), files: [] };
      // A group that was begun for it is there: the next try must not begin another.
      if (!before && message.conversation === undefined) await options.reached(JSON.stringify(stage));
      const lookedAt = absentAt.get(txn);
      absentAt.delete(txn);
      if (stage.after !== undefined && (lookedAt === undefined || context.clock.now() - lookedAt > lookedForMs)) {
        // Should it have arrived since somebody looked, it must not go again.
        const there = await arrived(composed, stage, { signal });
        if (there) return await resultOf(place, there, options);
      }
      const inline = await inlined(composed.media, options);
      const files = composed.media.filter((media) => !inline.some((one) => one.media === media));
      if (stage.files.length < files.length) {
        stage = { ...stage, files: [...(await fileAll(working, place, files, options))] };
        await options.reached(JSON.stringify(stage));
      }
      if (stage.after === undefined) {
        stage = { ...stage, after: await newest(composed, { signal }) };
        await options.reached(JSON.stringify(stage));
      } else if (stage.sought !== undefined) {
        // From here on a request may be under way again.
        stage = { ...stage, sought: undefined };
        await options.reached(JSON.stringify(stage));
      }
      const at = context.clock.now();
      working.offered.note(txn, { place, at, after: stage.after ?? '0', digest: digestOf(composed, stage.files) });
      let raw: unknown;
      try {
        raw = await graph.ask(z.unknown(), requestFor(composed, stage.files, inline), { signal, repeatable: false });
      } catch (error) {
        offeredAt.set(txn, context.clock.now());
        if (error instanceof ChannelError && error.outcome !== 'unknown') working.offered.settled(txn);
        throw error;
      }
      offeredAt.delete(txn);
      const seen = see(place, raw, composed.root);
      if (seen.message) {
        taken.set(whereOf(composed), { id: seen.message.id, at: context.clock.now() });
        // It is sent, whether or not that can still be noted.
        await options
          .reached(JSON.stringify({ ...stage, sent: seen.key }))
          .catch((error: unknown) => context.log.warn('that a message was sent could not be noted', { error }));
        return await resultOf(place, seen, options);
      }
      // It was taken, but the answer cannot be read: it is looked for as if nothing had come back.
      offeredAt.set(txn, context.clock.now());
      throw new ChannelError('protocol', 'unknown', 'Teams took the message and answered something unexpected.');
    },
    async reconcile(message, options) {
      const stage = readStage(options.stage);
      const place = stage && placeOf(stage.place);
      if (!stage || !place || stage.after === undefined) return { is: 'absent' };
      const composed = compose(message, place);
      const there = await arrived(composed, stage, { signal: options.signal });
      if (there) return { is: 'sent', result: await resultOf(place, there, options) };
      const sought = offeredAt.get(options.txn) ?? stage.sought ?? opened;
      const againInMs = sought + settlingMs - context.clock.now();
      if (againInMs <= 0) {
        absentAt.set(options.txn, context.clock.now());
        return { is: 'absent' };
      }
      // A program that is started again and again does not begin to wait anew.
      if (stage.sought === undefined) await options.reached(JSON.stringify({ ...stage, sought }));
      return { is: 'undecided', why: 'Teams may still be working on the message.', againInMs };
    },
  };
}

const whereOf = ({ place, root = '' }: Composed): string => `${conversationKey(place)}|${root}`;
const rootIn = (place: Place, { key, message }: Seen): string | undefined => {
  const id = message?.id ?? '';
  const root = message?.replyToId;
  return root !== undefined && place.is === 'channel' && key === messageKey(place, id, root) ? root : undefined;
};

interface Inline {
  readonly media: Media;
  readonly bytes: Uint8Array;
}
/** Pictures that go within the words, as far as all of them are small. */
async function inlined(media: readonly Media[], { open }: SendOptions): Promise<readonly Inline[]> {
  const pictures: Inline[] = [];
  let total = 0;
  for (const one of media) {
    if (!inlineTypes.has(one.mime) || (one.bytes ?? Number.POSITIVE_INFINITY) + total > mostInlineBytes) continue;
    const bytes = await open(one.ref);
    if (bytes.byteLength === 0 || bytes.byteLength + total > mostInlineBytes) continue;
    total += bytes.byteLength;
    pictures.push({ media: one, bytes });
  }
  return pictures;
}

function requestFor(
  { place, root, quotes, html, mentions }: Composed,
  files: readonly Filed[],
  inline: readonly Inline[],
): Ask {
  const pictures = inline.map(
    (_, index) => `<div><img src="../hostedContents/${index + 1}/$value" alt="picture"></div>`,
  );
  const content = [html, ...pictures, ...files.map(({ id }) => `<attachment id="${id}"></attachment>`)].join('');
  const json = {
    body: { contentType: 'html', content },
    ...(mentions.length > 0 && { mentions }),
    ...(files.length > 0 && { attachments: files }),
    ...(inline.length > 0 && {
      hostedContents: inline.map(({ media, bytes }, index) => ({
        '@microsoft.graph.temporaryId': String(index + 1),
        contentBytes: Buffer.from(bytes).toString('base64'),
        contentType: media.mime,
      })),
    }),
  };
  // https://learn.microsoft.com/en-us/graph/api/chatmessage-replywithquote
  if (quotes !== undefined)
    return {
      method: 'POST',
      path: placePath(place, '/messages/replyWithQuote'),
      json: { messageIds: [quotes], replyMessage: json },
    };
  const path = root === undefined ? '/messages' : `/messages/${encodeURIComponent(root)}/replies`;
  return { method: 'POST', path: placePath(place, path), json };
}

/** The newest message there is, whoever wrote it: ids grow. "0" where there is none. */
async function newestId(working: Working, { place, root }: Composed, call: CallOptions): Promise<string> {
  const inChat = { $top: '1', $orderby: 'createdDateTime desc' };
  // First messages of a channel come in an order of their own.
  const query = place.is === 'chat' ? inChat : { $top: root === undefined ? '20' : '1' };
  const path = placePath(place, root === undefined ? '/messages' : `/messages/${encodeURIComponent(root)}/replies`);
  const { value } = await somePage(working, path, query, call);
  const ids = value.flatMap((raw) => see(place, raw).message?.id ?? []);
  return ids.toSorted((a, b) => (paddedId(a) < paddedId(b) ? 1 : -1))[0] ?? '0';
}

const digestOf = ({ html, media }: Composed, files: readonly Filed[]): string =>
  digest(
    html,
    files.map(({ id }) => id),
    media.length - files.length,
  );
