import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { headerOf } from '../../adapters/_kit/mail/headers.ts';
import { parseMail } from '../../adapters/_kit/mail/index.ts';
import { realClock } from '../../adapters/_kit/testing/index.ts';
import archive from '../../adapters/archive/index.ts';
import { type Bench, openBench } from '../../src-main/core/testing/harness.ts';
import type { Channel } from '../../src-shared/channel.ts';
import type { ImportView } from '../../src-shared/ipc/index.ts';
import type { ConversationId, MessageId } from '../../src-shared/model/index.ts';
import { corpus, describeCorpus } from './corpus.ts';

/** A message is known by its Message-ID and the Date it came with, in seconds (adapters/_kit/mail/key.ts). */
const idOf = (key: string): string => key.slice(0, key.lastIndexOf('|'));

describeCorpus('Three public lists, imported whole through the hub', 'mail/list-10670.mbox', () => {
  let bench: Bench;
  let view: ImportView;
  /** What the store made of each message, by key. */
  const here = new Map<string, { readonly message: MessageId; readonly conversation: ConversationId }>();
  /** The threads notmuch finds: Message-IDs by thread. */
  const threads = new Map<string, string[]>();

  beforeAll(async () => {
    const channels: readonly Channel[] = [archive];
    bench = await openBench({ clock: realClock, channels: () => channels });
    await bench.call('import.start', { path: corpus('mail/list-10670.mbox') });
    do {
      // Nothing is told of the end but the list of imports itself.
      await new Promise((resolve) => setTimeout(resolve, 100));
      const [now] = await bench.call('import.list', {});
      if (!now) throw new Error('there is no import');
      view = now;
    } while (view.state === 'running');
    let cursor: string | undefined;
    do {
      const page = await bench.call('inbox.page', { view: 'all', limit: 200, ...(cursor ? { cursor } : {}) });
      const rows = await bench.store.query('targets', { conversations: page.rows.map(({ id }) => id) });
      for (const { key, id, conversationId } of rows) here.set(key, { message: id, conversation: conversationId });
      cursor = page.next;
    } while (cursor !== undefined);
    const lines = readFileSync(corpus('mail/list-10670.threads.tsv'), 'utf8').trim().split('\n').slice(1);
    for (const line of lines) {
      const [thread = '', , , id = ''] = line.split('\t');
      threads.set(thread, [...(threads.get(thread) ?? []), id]);
    }
  }, 280_000);
  afterAll(() => bench?.close());

  it('are all there, each once; only what was posted anew under an old Message-ID is a message of its own', () => {
    expect(view).toMatchObject({ state: 'done', messages: 10_670, added: 10_617, damagedCount: 1 });
    const byId = Map.groupBy(here.keys(), idOf);
    expect(new Set(byId.keys())).toEqual(new Set([...threads.values()].flat()));
    // Eight Message-IDs came under two or three Dates: patches sent again by git send-email, some with other words, and
    // one answer that a server dated twice. Taking the Message-ID alone would swallow the ones with other words.
    const again = [...byId.values()].filter((keys) => keys.length > 1);
    expect([again.length, again.flat().length]).toEqual([8, 19]);
    for (const keys of again) {
      expect(new Set(keys.map((key) => key.slice(key.lastIndexOf('|')))).size, keys.join()).toBe(keys.length);
      expect(new Set(keys.map((key) => here.get(key)?.conversation)).size, keys.join()).toBe(1);
    }
  });

  it('stand in the conversations notmuch finds, but where it does not read an In-Reply-To without brackets', async () => {
    const conversationOf = new Map([...here].map(([key, { conversation }]) => [idOf(key), conversation]));
    const ours = Map.groupBy(conversationOf.keys(), (id) => conversationOf.get(id));
    const differing = [...threads.values()].filter((ids) => {
      const mine = new Set(ours.get(conversationOf.get(ids[0] ?? '')));
      return mine.size !== ids.length || !ids.every((id) => mine.has(id));
    });
    const [different, all] = [differing.flat().length, conversationOf.size];
    console.info(`conversations in the store: ${all - different} of ${all} messages stand as notmuch has them`);
    expect(different / all).toBeLessThanOrEqual(0.005);

    const bare = async (message: MessageId): Promise<boolean> => {
      const found = await bench.store.query('message.source', { message });
      const { headers } = parseMail(found?.source ?? new Uint8Array());
      const answered = headerOf(headers, 'in-reply-to')?.trim();
      return answered !== undefined && /^[^<>\s]+@[^<>\s]+$/.test(answered);
    };
    for (const ids of differing) {
      const conversation = conversationOf.get(ids[0] ?? '');
      const messages = [...here.values()].filter((each) => each.conversation === conversation);
      const explained = await Promise.all(messages.map(({ message }) => bare(message)));
      expect(explained, ids.join()).toContain(true);
    }
  });
});
