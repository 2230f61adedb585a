import type { z } from 'zod';
import { ChannelError, type Done, type OperationOptions, type SendOptions } from '../../../src-shared/channel.ts';
import type { ChannelEvent, MessageKey, OutgoingMessage, TxnId } from '../../../src-shared/model/index.ts';
import { fetchMessages } from '../fetch.ts';
import { idOf, messageKey } from '../ids.ts';
import { txnIn } from '../map.ts';
import { Draft, DraftList } from '../wire.ts';
import type { Working } from '../working.ts';
import { composeFor } from './compose.ts';
import { handOver } from './hand-over.ts';
import { headersOf } from './send.ts';

const pageSize = 500;
/** Newest drafts that are looked through for one a former try has saved. */
const lookedThrough = 3;

/** All drafts, newest first. Gmail numbers drafts apart from their messages, which change with every save. */
async function draftsOf({ google }: Working, signal: AbortSignal): Promise<readonly z.infer<typeof Draft>[]> {
  const found: z.infer<typeof Draft>[] = [];
  let pageToken: string | undefined;
  do {
    const page = await google.call(DraftList, { signal }, () =>
      google.users.drafts.list({
        userId: 'me',
        maxResults: pageSize,
        ...(pageToken === undefined ? {} : { pageToken }),
      }),
    );
    found.push(...(page.drafts ?? []));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return found;
}
/** The draft a former try of the same save has made. */
async function savedBefore(
  working: Working,
  drafts: readonly z.infer<typeof Draft>[],
  txn: TxnId,
  signal: AbortSignal,
): Promise<z.infer<typeof Draft> | undefined> {
  for (const draft of drafts.slice(0, lookedThrough))
    if (txnIn((await headersOf(working, draft.message.id, signal))?.payload) === txn) return draft;
  return undefined;
}

/**
 * Saves a draft in the place of the one it replaces. `elsewhere` when that is gone without a former try of this save
 * being the reason: other hands were at it.
 */
export async function saveDraft(
  working: Working,
  draft: OutgoingMessage,
  replaces: MessageKey | undefined,
  options: OperationOptions & Pick<SendOptions, 'open'>,
): Promise<Done & { key: MessageKey; elsewhere: boolean }> {
  const { google, context } = working;
  const { signal, txn } = options;
  const drafts = await draftsOf(working, signal);
  const former = replaces === undefined ? undefined : drafts.find(({ message }) => message.id === replaces);
  const before = former ? undefined : await savedBefore(working, drafts, txn, signal);
  let saved = before;
  if (!saved) {
    const composed = await composeFor(working, draft, { ...options, draft: true });
    const unseen = { signal, progress: () => undefined };
    saved = await handOver(google, Draft, composed, unseen, ({ message, media, root }) => {
      const asked = { userId: 'me', requestBody: { message }, ...media };
      return former
        ? google.users.drafts.update({ ...asked, id: former.id }, root)
        : google.users.drafts.create(asked, root);
    });
  }
  working.lookAround();
  const events = await fetchMessages(working, [saved.message], { signal });
  const key = messageKey(saved.message.id);
  const ended: readonly ChannelEvent[] =
    replaces === undefined || replaces === key ? [] : [{ type: 'removed', target: replaces, at: context.clock.now() }];
  return { key, elsewhere: replaces !== undefined && !former && !before, events: [...events, ...ended] };
}

export async function discardDraft(working: Working, key: MessageKey, { signal }: OperationOptions): Promise<Done> {
  const id = idOf(key);
  const draft = (await draftsOf(working, signal)).find(({ message }) => message.id === id);
  const { google, context } = working;
  if (draft) {
    try {
      await google.tell({ signal, repeatable: true }, () => google.users.drafts.delete({ userId: 'me', id: draft.id }));
    } catch (error) {
      if (!(error instanceof ChannelError) || error.code !== 'not-found') throw error;
    }
  }
  working.lookAround();
  return { events: [{ type: 'removed', target: key, at: context.clock.now() }] };
}
