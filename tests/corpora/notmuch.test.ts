import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { openPart, parseMail } from '../../adapters/_kit/mail/index.ts';
import { mediaOf } from '../../src-shared/model/index.ts';
import { corpus, describeCorpus, filesOf } from './corpus.ts';

/** What notmuch showed of the mail of its own tests, beside what is made of the same mail here. */
const golden = (name: string): string => readFileSync(corpus(`mime/notmuch/${name}`), 'utf8');

const read = (folder: string) =>
  filesOf(`mime/notmuch/corpora/${folder}`).map(({ name, bytes }) => ({
    name,
    source: bytes(),
    mail: parseMail(bytes()),
  }));
type Read = ReturnType<typeof read>[number];

const isSigned = ({ mail }: Read): boolean =>
  mail.parts.some((part) => part.kind === 'secured' && part.what === 'signed');
const hasFile = ({ mail }: Read): boolean =>
  mail.parts.some((part) => part.kind !== 'secured' && part.kind !== 'text' && mediaOf(part).length > 0);
const openedText = (source: Uint8Array, ref: string): string =>
  Buffer.from(openPart(source, ref)?.bytes ?? []).toString('utf8');
/** The words, and those of text files, which that program shows in their place. */
const textOf = ({ mail, source }: Read): string =>
  mail.parts
    .flatMap((part) => {
      if (part.kind === 'text') return [part.plain ?? part.text];
      const [media] = mediaOf(part);
      return media?.mime.startsWith('text/') ? [openedText(source, media.ref)] : [];
    })
    .join('\n');

describeCorpus('notmuch’s own list, as its tree shows it', 'mime/notmuch/corpora/default', () => {
  it('has the same threads, authors, days, signatures and attachments', () => {
    const theirs: string[][] = [];
    for (const line of golden('emacs-tree.expected-output/notmuch-tree-tag-inbox').split('\n')) {
      const row = /^ {2}(\d{4}-\d\d-\d\d) {2}(.{20}) {2}([│├╰┬─ ]*►).*\(([a-z ]+)\)$/.exec(line);
      if (!row) continue;
      const [, day, author = '', branch = '', tags = ''] = row;
      const marks = ['attachment', 'signed'].filter((tag) => tags.split(' ').includes(tag));
      if (/^[┬─]►/.test(branch)) theirs.push([]);
      theirs.at(-1)?.push([day, author.trim(), ...marks].join(' '));
    }
    const messages = new Map(read('default').map((message) => [message.mail.key, message]));
    const thread = new Map<string, string>();
    const find = (link: string): string => {
      const up = thread.get(link);
      return up === undefined || up === link ? link : find(up);
    };
    for (const { mail } of messages.values())
      for (const link of mail.links) thread.set(find(mail.links[0] ?? ''), find(link));
    const ours = Map.groupBy(messages.values(), ({ mail }) => find(mail.links[0] ?? ''));
    const shown = (message: Read): string => {
      const { from, at } = message.mail;
      const marks = [...(hasFile(message) ? ['attachment'] : []), ...(isSigned(message) ? ['signed'] : [])];
      const author = (from?.name || from?.address || '').slice(0, 20).trim();
      return [new Date(at).toISOString().slice(0, 10), author, ...marks].join(' ');
    };
    const sorted = (threads: Iterable<readonly string[]>) =>
      [...threads].map((rows) => rows.toSorted().join('\n')).toSorted();
    expect(theirs.flat()).toHaveLength(52);
    expect(sorted([...ours.values()].map((group) => group.map(shown)))).toEqual(sorted(theirs));
  });
});

describeCorpus('notmuch’s own list, as its messages are shown', 'mime/notmuch/corpora/default', () => {
  it('hands out the very attachment', () => {
    const message = read('default').find(({ mail }) =>
      mail.key.startsWith('cf0c4d610911171136h1713aa59w9cf9aa31f052ad0a'),
    );
    const [file] = message?.mail.parts.flatMap((part) => (part.kind === 'document' ? [part.media] : [])) ?? [];
    if (!message || !file) throw new Error('there is no attachment');
    const bytes = openedText(message.source, file.ref);
    expect(file.name).toMatch(/^0001-Deal-with-situation-where-sysconf-_SC_GETPW_R_SIZE_M/);
    expect(bytes).toBe(golden('emacs.expected-output/attachment'));
  });
});

/** A screen of messages one below the other: who, when, header lines, and the words as that program lays them out. */
interface Shown {
  readonly from: string;
  readonly day: string;
  /** Unix ms; undefined where its header is folded away. */
  readonly date: number | undefined;
  readonly words: readonly string[];
}
function messagesOf(screen: string): Shown[] {
  const found: { from: string; day: string; head: string[]; body: string[] }[] = [];
  for (const line of screen.split('\n')) {
    const start = /^\s*(.*?) \((\d{4}-\d\d-\d\d)\) \([a-z ]+\)$/.exec(line);
    const last = found.at(-1);
    if (start) found.push({ from: start[1] ?? '', day: start[2] ?? '', head: [], body: [] });
    else if (last && last.body.length === 0 && /^\s*(?:Subject|To|Cc|Date): /.test(line)) last.head.push(line.trim());
    // Buttons, and parts by their type.
    else if (!/^\s*\[ .* \]$/.test(line)) last?.body.push(line);
  }
  return found.flatMap(({ from, day, head, body }) => {
    const date = head.find((line) => line.startsWith('Date: '));
    const words = wordsOf(body.join('\n'));
    // A message folded up is a line and no words.
    if (words.length === 0 && date === undefined) return [];
    return [{ from, day, date: date === undefined ? undefined : Date.parse(date.slice(6)), words }];
  });
}
/** Words in order, without marks of quotation: lines are broken elsewhere there. */
const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '' && !/^[>|]+$/.test(word));
/** The first word of theirs that ours do not have in its place; undefined when all are there in order. */
function firstMissing(theirs: readonly string[], ours: readonly string[]): string | undefined {
  let at = 0;
  for (const [index, word] of theirs.entries()) {
    const next = ours.indexOf(word, at);
    if (next < 0) return theirs.slice(Math.max(0, index - 3), index + 3).join(' ');
    at = next + 1;
  }
  return undefined;
}

/** Screens without words of a message: counters, settings, lists. The list is compared above, as a tree. */
const noWords =
  /hello|search|tree|unthreaded|setup|test-verbose|collapsed$|hidden-messages$|config|duplicate|raw-message|result-format|attachment$/;
/** What is shown there and not here, by screen, each for a reason. */
const accepted: Readonly<Record<string, string>> = {
  'notmuch-show-decrypted-message': 'a secret key opens it there; here what is encrypted is shown as encrypted',
};

describeCorpus('Messages as notmuch shows them', 'mime/notmuch', () => {
  const all = ['default', 'crypto', 'protected-headers', 'html', 'broken', 'lkml'].flatMap(read);
  const screens = filesOf('mime/notmuch').filter(
    ({ name }) => name.includes('expected-output/') && !noWords.test(name),
  );
  for (const { name, bytes } of screens.filter((screen) => accepted[basename(screen.name)] === undefined)) {
    it(`have every word of ${name}, in order`, () => {
      const shown = messagesOf(bytes().toString('utf8'));
      expect(shown.length).toBeGreaterThan(0);
      for (const { from, day, date, words } of shown) {
        const candidates = all.filter(
          ({ mail }) =>
            from.includes(mail.from?.address ?? '-') &&
            (date === undefined ? new Date(mail.at).toISOString().startsWith(day) : mail.at === date),
        );
        if (candidates.length === 0) throw new Error(`the message of ${from} is missing`);
        const missing = candidates.map((message) => firstMissing(words, wordsOf(textOf(message))));
        expect(missing.includes(undefined), `${from}: ${missing.join(' / ')}`).toBe(true);
      }
    });
  }
});
