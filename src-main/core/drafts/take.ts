import type { Composition, DraftView, MessageView, Parsed } from '../../../src-shared/ipc/index.ts';
import { type MessageId, mediaOf, type Part } from '../../../src-shared/model/index.ts';
import { htmlOf } from '../../../src-shared/text/formats.ts';
import type { Store } from '../../store/api.ts';
import type { Directory } from '../accounts/directory.ts';
import type { Attachments } from '../attachments/index.ts';

interface Options {
  readonly store: Store;
  readonly attachments: Attachments;
  readonly directory: Directory;
  readonly now: () => number;
}

/** Goes on here with a draft of the network. Rejects with a `CallError` when a file of it cannot be fetched now. */
export async function takeDraft(options: Options, input: Parsed<'drafts.take'>): Promise<DraftView | null> {
  const { store, now } = options;
  for (;;) {
    const message = await draftAsked(store, input);
    if (message === undefined) return null;
    // Its version before its words: written anew in between, it is not taken over, but read again.
    const version = await store.query('message.version', { message });
    const view = await store.query('message', { message });
    if (!view || version === null) return null;
    const composition = await compositionOf(options, view);
    const { draft } = await store.command('draft.adopt', { message: view.id, version, composition, now: now() });
    if (draft !== null) return store.query('draft', { draft });
  }
}

async function draftAsked(store: Store, input: Parsed<'drafts.take'>): Promise<MessageId | undefined> {
  const named = 'message' in input ? await store.query('message', { message: input.message }) : null;
  const conversation = 'conversation' in input ? input.conversation : named?.conversation;
  if (conversation === undefined) return undefined;
  const drafts = await store.query('drafts.remote', { conversation, limit: 100 });
  return (named ? drafts.find(({ message }) => message === named.id) : drafts[0])?.message;
}

async function compositionOf({ store, attachments, directory }: Options, view: MessageView): Promise<Composition> {
  const { row } = await directory.of(view.account, null);
  const texts = view.parts.filter((part) => part.kind === 'text');
  const html = texts.some((part) => part.format === 'html');
  const identity = row.description.identities.find(({ key }) => key === view.author?.key);
  return {
    account: view.account,
    conversation: (await isAlone(store, view)) ? null : view.conversation,
    from: identity?.key ?? null,
    recipients: [...view.recipients],
    subject: view.subject ?? '',
    text: html
      ? texts.map((part) => htmlOf(part.text, part.format)).join('<br><br>')
      : texts.map((part) => part.text).join('\n\n'),
    format: html ? 'html' : 'plain',
    parts: await filesOf(attachments, view),
    replyTo: view.replyTo?.id ?? null,
    forwards: null,
  };
}

/** Nobody has said anything in its conversation: a message of its own, not an answer. */
async function isAlone(store: Store, { conversation }: MessageView): Promise<boolean> {
  const page = await store.query('conversation.page', { conversation, limit: 20 });
  return page.messages.every(({ flags }) => flags.draft === true);
}

/** Its files as uploads: the message they are of is replaced with the next change. */
async function filesOf(attachments: Attachments, view: MessageView): Promise<Part[]> {
  const parts: Part[] = [];
  for (const media of view.parts.flatMap((part) => (part.kind === 'text' ? [] : mediaOf(part)))) {
    const attachment = view.attachments.find(({ ref }) => ref === media.ref);
    if (!attachment) continue;
    const ref = await attachments.asUpload(attachment.id);
    parts.push({ kind: media.mime.startsWith('image/') ? 'image' : 'document', media: { ...media, ref } });
  }
  return parts;
}
