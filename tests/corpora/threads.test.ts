import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { headerOf } from '../../adapters/_kit/mail/headers.ts';
import { parseMail } from '../../adapters/_kit/mail/index.ts';
import { openBytes } from '../../adapters/archive/bytes.ts';
import { readMbox } from '../../adapters/archive/mbox.ts';
import { corpus, describeCorpus } from './corpus.ts';

/** Messages that share a link, however indirectly, are one conversation: ingest's rule, by union-find. */
class Union {
  readonly #parent = new Map<string, string>();
  find(id: string): string {
    let top = id;
    for (let up = this.#parent.get(top); up !== undefined && up !== top; up = this.#parent.get(top)) top = up;
    this.#parent.set(id, top);
    return top;
  }
  join(a: string, b: string): void {
    this.#parent.set(this.find(a), this.find(b));
  }
}

interface Linked {
  readonly links: readonly string[];
  /** The links without an In-Reply-To that lacks the angle brackets RFC 5322 asks for. */
  readonly strict: readonly string[];
}

async function readAll(): Promise<Linked[]> {
  const all: Linked[] = [];
  const bytes = await openBytes(corpus('mail/list-10670.mbox'), new AbortController().signal);
  for await (const { source } of readMbox(bytes, 0, 'mboxrd')) {
    const { links, headers } = parseMail(source);
    const answered = headerOf(headers, 'in-reply-to')?.trim();
    const references = headerOf(headers, 'references') ?? '';
    all.push({ links, strict: links.filter((id) => id !== answered || references.includes(`<${id}>`)) });
  }
  await bytes.close();
  return all;
}

/** Threads of the oracle that our conversations do not match exactly, message for message. */
function differences(messages: readonly Linked[], theirs: ReadonlyMap<string, readonly string[]>): string[][] {
  const union = new Union();
  for (const { links } of messages) for (const link of links) union.join(links[0] ?? '', link);
  const ours = Map.groupBy(new Set(messages.map(({ links }) => links[0] ?? '')), (id) => union.find(id));
  return [...theirs.values()]
    .filter((ids) => {
      const mine = new Set(ours.get(union.find(ids[0] ?? '')));
      return mine.size !== ids.length || !ids.every((id) => mine.has(id));
    })
    .map((ids) => [...ids]);
}

describeCorpus('Threads of three public lists', 'mail/list-10670.mbox', () => {
  it('are those notmuch finds but where it does not read an In-Reply-To without brackets', async () => {
    const messages = await readAll();
    const rows = readFileSync(corpus('mail/list-10670.threads.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'));
    const theirs = new Map<string, string[]>();
    for (const [thread = '', , , id = ''] of rows) theirs.set(thread, [...(theirs.get(thread) ?? []), id]);

    expect(new Set(messages.map(({ links }) => links[0])).size).toBe(rows.length);
    const differing = differences(messages, theirs).flat().length;
    console.info(`threads: ${rows.length - differing} of ${rows.length} messages agree`);
    expect(differing / rows.length).toBeLessThanOrEqual(0.005);
    // Reading the list server's `In-Reply-To: id` is right, and it explains every difference: without it there is none.
    const asTheyRead = messages.map(({ strict }) => ({ links: strict, strict }));
    expect(differences(asTheyRead, theirs)).toEqual([]);
  });
});
