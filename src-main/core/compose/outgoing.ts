import type { Composition } from '../../../src-shared/ipc/index.ts';
import { type Degraded, degrade } from '../../../src-shared/model/degrade.ts';
import {
  type BlobRef,
  type Mention,
  mediaOf,
  type OutgoingMessage,
  type Part,
} from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import type { Whereabouts } from '../accounts/directory.ts';
import type { Attachments } from '../attachments/index.ts';
import { CallError, notFound } from '../errors.ts';
import { authorOf, nameOf } from './author.ts';
import { textOf, withWords } from './quote.ts';

/** RFC 5322 asks for no limit, but a header of ten thousand identifiers helps nobody: the first and the latest tell the thread. */
const mostReferences = 100;

/** What was written, as the channel can carry it, with all that would be changed on the way. */
export async function fitComposition(store: Store, composition: Composition, where: Whereabouts): Promise<Degraded> {
  const answered = composition.replyTo === null ? null : await store.query('message', { message: composition.replyTo });
  const text: readonly Part[] =
    composition.text === '' ? [] : [{ kind: 'text', format: composition.format, text: composition.text }];
  return degrade(
    {
      subject: composition.subject ?? undefined,
      parts: [...text, ...composition.parts],
      answers: answered
        ? { author: nameOf(authorOf(answered, where.row.description)), text: textOf(answered) }
        : undefined,
      mentions: named(composition).length,
    },
    where.limits,
  );
}

/** The message as it goes into the outbox. Rejects with words when the channel cannot carry it, or nobody would get it. */
export async function outgoing(
  store: Store,
  attachments: Attachments,
  composition: Composition,
  where: Whereabouts,
  at: number,
): Promise<OutgoingMessage> {
  if (where.readOnly !== null) throw new CallError('read-only', where.readOnly);
  const fitted = await fitComposition(store, composition, where);
  const rejected = fitted.problems.filter((problem) => problem.level === 'rejected');
  if (rejected.length > 0) throw new CallError('refused', rejected.map((problem) => problem.why).join(' '));
  const { recipients, conversation, forwards } = composition;
  if (where.limits.recipients ? recipients.length === 0 : conversation === null && recipients.length === 0)
    throw new CallError('no-recipient', 'Say whom it is for.');
  if (fitted.parts.length === 0 && (fitted.subject ?? '') === '')
    throw new CallError('empty', 'There is nothing to send.');
  const forwarded = forwards === null ? null : await forwardedFrom(store, attachments, composition, fitted.parts);
  return {
    ...(await addressed(store, composition, where, fitted, at)),
    parts: (forwarded?.parts ?? fitted.parts).map(withWords),
    ...(forwarded?.key ? { forwards: forwarded.key } : {}),
  };
}

/** A draft that weighs more stays on this machine: it would be sent over whole with every change. Bytes. */
const heaviestDraft = 10_000_000;

/**
 * A draft as its network may keep it, finished or not. Undefined where it stays here: what the channel could not send, a
 * heavy one, and files of another account's message.
 */
export async function draftOut(
  store: Store,
  composition: Composition,
  where: Whereabouts,
  at: number,
): Promise<OutgoingMessage | undefined> {
  const fitted = await fitComposition(store, composition, where);
  const media = fitted.parts.flatMap(mediaOf);
  const heavy = media.reduce((sum, { bytes = 0 }) => sum + bytes, 0) > heaviestDraft;
  if (where.readOnly !== null || heavy || fitted.problems.some(({ level }) => level === 'rejected')) return undefined;
  const { forwards } = composition;
  const original = forwards === null ? null : await store.query('message', { message: forwards });
  if (forwards !== null && media.length > 0 && original?.account !== composition.account) return undefined;
  const own = original?.account === composition.account ? original.key : undefined;
  return { ...(await addressed(store, composition, where, fitted, at)), ...(own ? { forwards: own } : {}) };
}

/** All but the files of what is sent on. */
async function addressed(
  store: Store,
  composition: Composition,
  where: Whereabouts,
  fitted: Degraded,
  at: number,
): Promise<OutgoingMessage> {
  const { recipients, from, replyTo } = composition;
  const { identities } = where.row.description;
  const identity = identities.find((each) => each.key === from) ?? identities[0];
  const thread = replyTo === null ? null : await store.query('message.thread', { message: replyTo });
  const within = composition.thread ? await store.query('message.thread', { message: composition.thread }) : null;
  if (composition.thread && !within) throw notFound('The thread');
  const mentions = where.limits.mentions === 'full' ? named(composition) : [];
  return {
    at,
    parts: [...fitted.parts],
    ...(fitted.subject === undefined ? {} : { subject: fitted.subject }),
    ...(where.conversation ? { conversation: where.conversation.key } : {}),
    ...(identity ? { from: identity.key } : {}),
    ...(identity?.name ? { fromName: identity.name } : {}),
    ...(recipients.length > 0 ? { recipients } : {}),
    ...(thread && fitted.keepsReply ? { replyTo: thread.key } : {}),
    ...(within ? { threadRoot: within.root } : {}),
    ...(mentions.length > 0 ? { mentions } : {}),
    ...(thread && thread.links.length > 0 ? { references: shortened(thread.links) } : {}),
  };
}

/** People the text still names: whoever was struck out of it is not called. */
const named = ({ text, mentions = [] }: Composition): Mention[] =>
  mentions.filter(({ name }) => name !== undefined && name !== '' && text.includes(`@${name}`));

const shortened = (links: readonly string[]): string[] =>
  links.length <= mostReferences ? [...links] : [...links.slice(0, 1), ...links.slice(1 - mostReferences)];

/**
 * The key of the message sent on, when its own account sends it: its files are then fetched when it goes out. Another
 * account cannot reach them, so for it they are fetched now and taken in as uploads.
 */
async function forwardedFrom(
  store: Store,
  attachments: Attachments,
  composition: Composition,
  parts: readonly Part[],
): Promise<{ key: OutgoingMessage['forwards']; parts: readonly Part[] }> {
  const original =
    composition.forwards === null ? null : await store.query('message', { message: composition.forwards });
  if (!original) throw notFound('The message to forward');
  if (original.account === composition.account) return { key: original.key, parts };
  const refs = new Map<BlobRef, BlobRef>();
  const used = new Set(parts.flatMap(mediaOf).map((media) => media.ref));
  for (const { id, ref } of original.attachments) if (used.has(ref)) refs.set(ref, await attachments.asUpload(id));
  return { key: undefined, parts: parts.map((part) => withRefs(part, refs)) };
}

function withRefs(part: Part, refs: ReadonlyMap<BlobRef, BlobRef>): Part {
  if (!('media' in part) || typeof part.media !== 'object') return part;
  const ref = refs.get(part.media.ref);
  return ref ? { ...part, media: { ...part.media, ref } } : part;
}
