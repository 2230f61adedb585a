import { z } from 'zod';
import { type AccountDescription, ChannelError } from '../../../src-shared/channel.ts';
import { asCursor, type ChannelEvent, type Cursor } from '../../../src-shared/model/index.ts';
import { fetchMessages } from '../fetch.ts';
import { historyScope, liveScope, messageKey, userKey } from '../ids.ts';
import { endedEvents, labelEvents } from '../labels.ts';
import { History, HistoryRecord, LabelList, Profile, type SendAs, SendAsList } from '../wire.ts';
import type { Working } from '../working.ts';
import { changeEvents, fold, resting } from './history.ts';
import { resync } from './resync.ts';

/** Records of one page: what is committed together, and done again after a crash. */
const recordsAtOnce = 100;

/** Looks between two readings of labels and addresses: their names and colours change without a word in the history. */
const settingEvery = 20;

/** Where the history was left, and the labels there were: one that is missing later was taken away meanwhile. */
const LiveCursor = z.object({ historyId: z.string(), labels: z.array(z.string()) });
type LiveCursor = z.infer<typeof LiveCursor>;
function readCursor(cursor: Cursor | undefined): LiveCursor | undefined {
  if (cursor === undefined) return undefined;
  try {
    return LiveCursor.safeParse(JSON.parse(cursor)).data;
  } catch {
    return undefined;
  }
}

/** What is new, from wherever it was left. */
export interface Live {
  /** Tells the setting: labels, own addresses, the history there is. Then all that happened since. */
  arrive(signal: AbortSignal): Promise<void>;
  /** One look. Answers whether anything had happened. */
  look(signal: AbortSignal): Promise<boolean>;
  /** Messages in the mailbox when it was last told; undefined before. */
  readonly total: number | undefined;
}

/**
 * Addresses one may write from, the one Gmail writes from by itself first. A name of an address's own is optional; without
 * one Gmail takes the account's (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs).
 */
function identitiesOf(sendAs: readonly SendAs[]): AccountDescription['identities'] {
  const accountName = sendAs.find(({ isPrimary }) => isPrimary)?.displayName;
  const rank = ({ isDefault, isPrimary }: SendAs): number => (isDefault ? 2 : 0) + (isPrimary ? 1 : 0);
  return sendAs
    .filter(({ isPrimary, verificationStatus }) => isPrimary === true || verificationStatus === 'accepted')
    .toSorted((a, b) => rank(b) - rank(a))
    .map(({ sendAsEmail, displayName }) => {
      const name = displayName || accountName;
      return { key: userKey(sendAsEmail), ...(name ? { name } : {}) };
    });
}

export function followHistory(working: Working): Live {
  const { context, google } = working;
  let from: string | undefined;
  let total: number | undefined;
  /** Labels that are known here; an unknown one in the history is a new one. */
  let labels: ReadonlySet<string> = new Set();
  /** The labels as they were last told, to the letter. */
  let toldLabels = '';
  let looks = 0;
  const cursorAt = (historyId: string): Cursor => asCursor(JSON.stringify({ historyId, labels: [...labels] }));

  async function readLabels(signal: AbortSignal): Promise<readonly ChannelEvent[]> {
    const at = context.clock.now();
    const list = await google.call(LabelList, { signal }, () => google.users.labels.list({ userId: 'me' }));
    const told = list.labels ?? [];
    const before = labels;
    toldLabels = JSON.stringify(told);
    labels = new Set(told.map(({ id }) => id));
    const ended = [...before].filter((id) => !labels.has(id));
    return [...labelEvents(told, at), ...endedEvents(ended, at)];
  }
  async function readIdentities(signal: AbortSignal): Promise<void> {
    const { sendAs = [] } = await google.call(SendAsList, { signal }, () =>
      google.users.settings.sendAs.list({ userId: 'me' }),
    );
    const identities = identitiesOf(sendAs);
    if (identities.length > 0 && JSON.stringify(identities) !== JSON.stringify(context.account.identities))
      await context.describe({ identities });
  }

  /** History is gone, or cannot be read: compare by ids, and fetch what is new with the history, begun anew. */
  async function startAnew(signal: AbortSignal): Promise<void> {
    context.log.info('the history since the last look is not to be had; comparing ids');
    const profile = await google.call(Profile, { signal }, () => google.users.getProfile({ userId: 'me' }));
    for await (const events of resync(working, signal))
      if (events.length > 0) await context.emit({ events, origin: 'history' });
    await context.emit({
      events: [{ type: 'gap', scope: historyScope }],
      origin: 'history',
      checkpoint: { scope: liveScope, cursor: cursorAt(profile.historyId) },
    });
    from = profile.historyId;
    total = profile.messagesTotal;
  }

  async function retell(signal: AbortSignal): Promise<void> {
    const before = toldLabels;
    const events = await readLabels(signal);
    await readIdentities(signal);
    if (from !== undefined && toldLabels !== before)
      await context.emit({ events, origin: 'history', checkpoint: { scope: liveScope, cursor: cursorAt(from) } });
  }

  async function look(signal: AbortSignal): Promise<boolean> {
    if (from === undefined) return false;
    looks++;
    if (looks % settingEvery === 0) await retell(signal);
    let pageToken: string | undefined;
    let happened = false;
    const start = from;
    do {
      const askedAt = context.clock.now();
      let page: z.infer<typeof History>;
      try {
        page = await google.call(History, { signal }, () =>
          google.users.history.list({
            userId: 'me',
            startHistoryId: start,
            maxResults: recordsAtOnce,
            ...(pageToken === undefined ? {} : { pageToken }),
          }),
        );
      } catch (error) {
        if (!(error instanceof ChannelError) || error.code !== 'not-found') throw error;
        await startAnew(signal);
        return true;
      }
      context.proven();
      const { history: told = [], nextPageToken } = page;
      const records = told.flatMap((one) => HistoryRecord.safeParse(one).data ?? []);
      if (records.length < told.length) {
        context.log.warn('a part of the history cannot be read', { records: told.length - records.length });
        await startAnew(signal);
        return true;
      }
      const folded = fold(records);
      const news = records.some(({ labelsAdded = [] }) =>
        labelsAdded.some(({ labelIds = [] }) => labelIds.some((id) => !labels.has(id))),
      );
      const known = await context.lookup.known(folded.added.map(({ id }) => messageKey(id)));
      const added = await fetchMessages(
        working,
        folded.added.filter(({ id }) => !known.has(messageKey(id))),
        { signal },
      );
      const events: readonly ChannelEvent[] = [
        ...(news ? await readLabels(signal) : []),
        ...added,
        // A message fetched just now was seen later than this page: its own labels win.
        ...changeEvents(folded.labels, askedAt, await resting(context.lookup, folded.labels)),
        ...folded.deleted.map((id) => ({ type: 'removed' as const, target: messageKey(id), at: askedAt })),
      ];
      pageToken = nextPageToken;
      const reached = pageToken === undefined ? page.historyId : (records.at(-1)?.id ?? start);
      if (events.length > 0 || reached !== from) {
        await context.emit({
          events,
          origin: 'live',
          checkpoint: { scope: liveScope, cursor: cursorAt(reached) },
        });
        from = reached;
      }
      happened ||= records.length > 0;
    } while (pageToken !== undefined);
    return happened;
  }

  return {
    async arrive(signal) {
      const left = readCursor(await context.checkpoint(liveScope));
      // Before anything is listed: what happens from here on is in the history.
      const profile = await google.call(Profile, { signal }, () => google.users.getProfile({ userId: 'me' }));
      context.proven();
      total = profile.messagesTotal;
      from = left?.historyId ?? profile.historyId;
      labels = new Set(left?.labels);
      await readIdentities(signal);
      const setting = await readLabels(signal);
      await context.emit({
        events: [
          ...setting,
          { type: 'history', scope: historyScope, title: 'All Mail', ...(total === undefined ? {} : { total }) },
        ],
        origin: 'history',
        checkpoint: { scope: liveScope, cursor: cursorAt(from) },
      });
      if (left !== undefined) await look(signal);
    },
    look,
    get total() {
      return total;
    },
  };
}
