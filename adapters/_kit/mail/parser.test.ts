import { describe, expect, it } from 'vitest';
import { createMailParser, parseMail, toIncoming } from './index.ts';

const own: ReadonlySet<string> = new Set(['me@example.org']);
const source = (n: number) =>
  new TextEncoder().encode(`From: a@example.org\nMessage-ID: <m${n}@example.org>\n\nWords ${n}\n`);

describe('The parser thread', () => {
  it('gives what parsing here would, in the order of the jobs, with the bytes when wanted', async () => {
    const parser = createMailParser();
    const jobs = [1, 2, 3].map((n) => ({ source: source(n), flags: { read: true }, receivedAt: n }));
    const results = await parser.map(jobs, { own, keepSource: true });
    expect(results).toEqual(
      jobs.map(({ source: bytes, flags, receivedAt }) => {
        const mail = parseMail(bytes, { receivedAt });
        return { ...toIncoming(mail, { own, flags, source: bytes }), damage: mail.damage };
      }),
    );
    await parser.close();
  });

  it('answers several askers, and refuses once it is closed', async () => {
    const parser = createMailParser();
    const answers = await Promise.all([1, 2, 3].map((n) => parser.map([{ source: source(n) }], { own })));
    expect(answers.map(([result]) => result?.message.links?.[0])).toEqual([1, 2, 3].map((n) => `m${n}@example.org`));
    await parser.close();
    await expect(parser.map([{ source: source(1) }], { own })).rejects.toThrow('closed');
  });

  it('rejects what was under way when it is closed', async () => {
    const parser = createMailParser();
    const under = parser.map([{ source: source(1) }], { own });
    const outcome = expect(under).rejects.toThrow('ended');
    await parser.close();
    await outcome;
  });
});
