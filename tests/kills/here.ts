import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessageView, SystemView } from '../../src-shared/ipc/index.ts';
import type { AccountId, ChannelEvent, ConversationId } from '../../src-shared/model/index.ts';
import type { Facts } from './network.ts';
import type { HubProcess } from './process.ts';

/** Everything the person can see, as the window is told it. */
export interface Here {
  readonly facts: ReadonlyMap<string, Facts>;
  /** In which conversation a message stands, and where in it. */
  readonly places: ReadonlyMap<string, { readonly conversation: ConversationId; readonly at: number }>;
  /** Messages shown more than once. */
  readonly twice: readonly string[];
}
/** Between them they show every conversation. */
const views: readonly SystemView[] = ['all', 'trash', 'spam'];
const atOnce = 200;

export async function lookHere(hub: HubProcess, account: AccountId): Promise<Here> {
  const labels = new Map((await hub.call('labels.list', { account })).map(({ id, name }) => [id, name]));
  const facts = new Map<string, Facts>();
  const places = new Map<string, { conversation: ConversationId; at: number }>();
  const twice: string[] = [];
  for (const conversation of await conversations(hub, account)) {
    for (const [at, message] of (await messagesOf(hub, conversation)).entries()) {
      if (message.removed) continue;
      if (facts.has(message.key)) twice.push(message.key);
      facts.set(
        message.key,
        factsOf(message, (id) => labels.get(id) ?? '?'),
      );
      places.set(message.key, { conversation, at });
    }
  }
  return { facts, places, twice };
}

async function conversations(hub: HubProcess, account: AccountId): Promise<ReadonlySet<ConversationId>> {
  const found = new Set<ConversationId>();
  for (const view of views)
    for (let cursor: string | undefined; ; ) {
      const page = await hub.call('inbox.page', {
        view,
        account,
        limit: atOnce,
        ...(cursor !== undefined && { cursor }),
      });
      for (const { id } of page.rows) found.add(id);
      cursor = page.next;
      if (cursor === undefined) break;
    }
  return found;
}

/** Oldest first. */
async function messagesOf(hub: HubProcess, conversation: ConversationId): Promise<readonly MessageView[]> {
  const pages: (readonly MessageView[])[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await hub.call('conversation.page', {
      conversation,
      limit: atOnce,
      ...(cursor !== undefined && { cursor }),
    });
    pages.unshift(page.messages);
    cursor = page.older;
    if (cursor === undefined) return pages.flat();
  }
}

function factsOf(message: MessageView, labelled: (id: MessageView['labels'][number]) => string): Facts {
  const { parts, subject, reactions, flags, labels } = message;
  const [text = ''] = parts.flatMap((part) => (part.kind === 'text' ? [part.plain ?? part.text] : []));
  return {
    text,
    subject: subject ?? '',
    reactions: marks(reactions.map(({ emoji, count }) => `${emoji} ${count}`)),
    flags: marks([...(flags.read ? ['read'] : []), ...(flags.starred ? ['starred'] : [])]),
    labels: marks(labels.map(labelled)),
  };
}
/** Several things as one text, in an order of their own. */
export const marks = (all: readonly string[]): string => all.toSorted().join(', ');

/** Texts of messages that the database holds twice, by message and version. */
export async function toldTwice(hub: HubProcess, account: AccountId, folder: string): Promise<readonly string[]> {
  const path = join(folder, 'all.jsonl');
  await hub.call('export.start', { path, format: 'jsonl', account });
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  await rm(path);
  const times = new Map<string, number>();
  for (const line of lines) {
    const { events }: { events: readonly ChannelEvent[] } = JSON.parse(line);
    for (const event of events) {
      const told =
        event.type === 'message'
          ? `${event.message.key} ${event.message.version ?? 0}`
          : event.type === 'edited'
            ? `${event.target} ${event.version}`
            : undefined;
      if (told !== undefined) times.set(told, (times.get(told) ?? 0) + 1);
    }
  }
  return [...times].flatMap(([told, often]) => (often > 1 ? [told] : []));
}
