import { ChannelError, type SendOptions, type SendResult } from '../../../src-shared/channel.ts';
import type { ChannelEvent, OutgoingMessage } from '../../../src-shared/model/index.ts';
import type { Account } from '../account.ts';
import { messageKey, messagePlace, orderOf, type Peer, topicOf } from '../ids.ts';
import { messageEvents } from '../map/updates.ts';
import { isWord } from '../remote/errors.ts';
import { childOf, childrenOf, intOf, longOf, type Plain, textOf } from '../remote/plain.ts';
import { type Formatted, withMentions } from './markdown.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { randomId } from './random.ts';
import { upload } from './upload.ts';

/** Where the message goes, and what every call of it carries. */
interface Target {
  readonly peer: Peer;
  readonly input: Plain;
  readonly shared: Readonly<Record<string, unknown>>;
}
/** A message Telegram has taken: its number and time, and it as Telegram tells it, where it did. */
interface Taken {
  readonly id: number;
  readonly at: number | undefined;
  readonly message: Plain | undefined;
}

/**
 * Sends a message, in as many calls as it needs. Each call has a random id of its own that is the same at every try; what
 * Telegram has already it refuses (RANDOM_ID_DUPLICATE), and that is as good as sent.
 */
export async function send(account: Account, message: OutgoingMessage, options: SendOptions): Promise<SendResult> {
  const target = targetOf(account, message);
  const pieces = piecesOf(message);
  if (pieces.length === 0) throw new ChannelError('empty', 'refused', 'There is nothing in this message.');
  const progress = progressOf(pieces, options);
  let first: Taken | undefined;
  let unnamed = false;
  let count = 0;
  const events: ChannelEvent[] = [];
  for (const piece of pieces) {
    const ids = (piece.is === 'files' ? piece.files : [piece]).map(() => randomId(options.txn, count++));
    account.expect(ids[0] ?? '', { txn: options.txn, peer: target.peer });
    const taken = await sendPiece(account, target, piece, ids, message, options, progress);
    if (!taken) unnamed ||= first === undefined;
    else {
      first ??= taken;
      if (taken.message) events.push(...messageEvents(taken.message, account, account.context.clock.now()));
    }
  }
  if (!first || unnamed) return { is: 'await-echo', events };
  const at = first.at ?? account.context.clock.now();
  return { is: 'sent', key: messageKey(target.peer, first.id), at, order: orderOf(first.id), events };
}
function targetOf(account: Account, message: OutgoingMessage): Target {
  const where = message.conversation ?? message.recipients?.[0]?.key;
  const { peer, input } = account.inputOf(where);
  const topic = topicOf(where ?? '');
  const answered = messagePlace(message.replyTo ?? '')?.id;
  const replyToMsgId = answered ?? topic;
  const replyTo =
    replyToMsgId === undefined
      ? {}
      : {
          replyTo: {
            _: 'InputReplyToMessage',
            replyToMsgId,
            ...(topic === undefined ? {} : { topMsgId: topic }),
          },
        };
  return { peer, input, shared: { peer: input, ...replyTo } };
}
/** Bytes of all files together. */
function progressOf(pieces: readonly Piece[], options: SendOptions): (bytes: number) => void {
  const files = pieces.flatMap((piece) => (piece.is === 'files' ? piece.files : []));
  const total = files.reduce((sum, { media }) => sum + (media.bytes ?? 0), 0);
  let done = 0;
  return (bytes) => {
    done += bytes;
    options.progress(done, Math.max(total, done));
  };
}

/** Undefined: Telegram has it, but does not say as what. */
async function sendPiece(
  account: Account,
  target: Target,
  piece: Piece,
  ids: readonly string[],
  message: OutgoingMessage,
  options: SendOptions,
  progress: (bytes: number) => void,
): Promise<Taken | undefined> {
  const [id = ''] = ids;
  const known = account.sentAs(id);
  if (known !== undefined) return { id: known, at: undefined, message: undefined };
  const words = withMentions(piece.words, message.mentions ?? [], (key) => inputUser(account, key));
  try {
    const { method, fields } = await callOf(account, target, piece, words, ids, options, progress);
    const answer = await account.call(method, fields, { signal: options.signal, changes: true });
    return await take(account, target, answer, id, fields);
  } catch (cause) {
    if (!isWord(cause, 'RANDOM_ID_DUPLICATE')) throw cause;
    return found(account, target, id, words, message.at, options.signal);
  }
}
const inputUser = (account: Account, key: string): Plain | undefined => {
  const id = /^u(\d+)$/.exec(key)?.[1];
  return id === undefined ? undefined : account.peers.inputUser({ kind: 'user', id });
};
async function callOf(
  account: Account,
  target: Target,
  piece: Piece,
  { text, entities }: Formatted,
  ids: readonly string[],
  options: SendOptions,
  progress: (bytes: number) => void,
): Promise<{ method: string; fields: Record<string, unknown> }> {
  const [randomId = ''] = ids;
  const said = { message: text, ...(entities.length > 0 ? { entities } : {}) };
  if (piece.is === 'text') return { method: 'messages.SendMessage', fields: { ...target.shared, ...said, randomId } };
  if (piece.is === 'media') {
    const fields = { ...target.shared, ...said, media: piece.media, randomId };
    return { method: 'messages.SendMedia', fields };
  }
  const media: Plain[] = [];
  for (const [index, file] of piece.files.entries())
    media.push(await upload(account, file, ids[index] ?? '', options, progress));
  const [only] = media;
  if (media.length === 1)
    return { method: 'messages.SendMedia', fields: { ...target.shared, ...said, media: only, randomId } };
  const multiMedia: Plain[] = [];
  for (const [index, one] of media.entries()) {
    const stored = await store(account, target, one, options.signal);
    const caption = index === 0 ? said : { message: '' };
    multiMedia.push({ _: 'InputSingleMedia', media: stored, randomId: ids[index], ...caption });
  }
  return { method: 'messages.SendMultiMedia', fields: { ...target.shared, multiMedia } };
}
/** An album takes only files Telegram has as media already (core.telegram.org/api/files#albums-grouped-media). */
async function store(account: Account, target: Target, media: Plain, signal: AbortSignal): Promise<Plain> {
  const answer = await account.call('messages.UploadMedia', { peer: target.input, media }, { signal });
  const made = childOf(answer, 'photo') ?? childOf(answer, 'document');
  const kind = childOf(answer, 'photo') ? 'Photo' : 'Document';
  const pointer = { id: made?.id, accessHash: made?.accessHash, fileReference: made?.fileReference };
  return { _: `InputMedia${kind}`, id: { ...pointer, _: `Input${kind}` } };
}

/** Reads the message's number out of the answer and lets the stream of updates take it in. */
async function take(
  account: Account,
  target: Target,
  answer: Plain,
  randomId: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<Taken | undefined> {
  const full = answer._ === 'UpdateShortSentMessage' ? spelledOut(account, target, answer, randomId, fields) : answer;
  const updates = full._ === 'Updates' || full._ === 'UpdatesCombined' ? childrenOf(full, 'updates') : [full];
  const named = updates.find((one) => one._ === 'UpdateMessageID' && longOf(one, 'randomId') === randomId);
  const id = intOf(named, 'id');
  if (id !== undefined) account.became(randomId, id);
  // The message was sent, whatever becomes of following; what is missed is asked for when the line is back.
  await account.settle(full).catch(() => undefined);
  if (id === undefined) return undefined;
  const message = updates.map((one) => childOf(one, 'message')).find((one) => intOf(one, 'id') === id);
  const date = intOf(message, 'date');
  return { id, at: date === undefined ? undefined : date * 1000, message };
}
/** core.telegram.org/constructor/updateShortSentMessage: what follows from the request is left out. */
function spelledOut(
  account: Account,
  target: Target,
  answer: Plain,
  randomId: string,
  fields: Readonly<Record<string, unknown>>,
): Plain {
  const replyTo = isReply(fields.replyTo)
    ? { replyTo: { _: 'MessageReplyHeader', replyToMsgId: fields.replyTo.replyToMsgId } }
    : {};
  const { pts, ptsCount, date, id, entities, media } = answer;
  const message: Plain = {
    _: 'Message',
    id,
    out: true,
    date,
    peerId: { _: 'PeerUser', userId: target.peer.id },
    fromId: { _: 'PeerUser', userId: account.me },
    message: typeof fields.message === 'string' ? fields.message : '',
    entities: entities ?? fields.entities,
    media,
    ...replyTo,
  };
  return {
    _: 'Updates',
    date,
    seq: 0,
    users: [],
    chats: [],
    updates: [
      { _: 'UpdateMessageID', id, randomId },
      { _: 'UpdateNewMessage', pts, ptsCount, message },
    ],
  };
}
const isReply = (value: unknown): value is { replyToMsgId: number } =>
  typeof value === 'object' && value !== null && 'replyToMsgId' in value;

/** Telegram has the message but this session never heard as what: it is looked for among our own, newest first. */
async function found(
  account: Account,
  target: Target,
  randomId: string,
  words: Formatted,
  since: number,
  signal: AbortSignal,
): Promise<Taken | undefined> {
  const known = account.sentAs(randomId);
  if (known !== undefined) return { id: known, at: undefined, message: undefined };
  const page = { offsetId: 0, offsetDate: 0, addOffset: 0, limit: 50, maxId: 0, minId: 0, hash: '0' };
  const answer = await account.call('messages.GetHistory', { peer: target.input, ...page }, { signal });
  const claimed = new Set(account.sent.map(([, id]) => id));
  const same = childrenOf(answer, 'messages').find((one) => {
    const late = ((intOf(one, 'date') ?? 0) + 60) * 1000 >= since;
    return one.out === true && late && textOf(one, 'message') === words.text && !claimed.has(intOf(one, 'id') ?? 0);
  });
  const id = intOf(same, 'id');
  if (id === undefined) return undefined;
  account.became(randomId, id);
  return { id, at: (intOf(same, 'date') ?? 0) * 1000, message: same };
}
