import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { open } from '../connection/open.ts';
import { migrate } from '../migrations/run.ts';
import { docOf } from './doc.ts';
import { learnInWorker } from './learn.ts';
import type { Terms } from './terms.ts';
import { Vocabulary } from './vocabulary.ts';

const termsOf = (words: Readonly<Record<string, number>>): Terms => {
  const sorted = Object.keys(words).sort();
  return { words: sorted.join('\n'), docs: Uint32Array.from(sorted, (word) => words[word] ?? 0) };
};

describe('the vocabulary', () => {
  it('is not ready before it was learnt and knows nothing then', () => {
    const vocabulary = new Vocabulary(async () => termsOf({ hello: 3 }));
    expect(vocabulary.ready).toBe(false);
    expect(vocabulary.count('hello')).toBe(0);
  });
  it('completes with the most frequent words first', async () => {
    const vocabulary = new Vocabulary(async () => termsOf({ invoice: 50, invite: 9, inverse: 70, other: 1000, in: 5 }));
    await vocabulary.refresh(100);
    expect(vocabulary.beginningWith('inv', 2)).toEqual({ words: ['inverse', 'invoice'], total: 129 });
    expect(vocabulary.count('invite')).toBe(9);
  });
  it('finds words two changes away, letters only', async () => {
    const vocabulary = new Vocabulary(async () => termsOf({ snapshot: 5, abc1234: 50 }));
    await vocabulary.refresh(100);
    expect(vocabulary.near('snapshto', 2)).toEqual(['snapshot']);
    expect(vocabulary.near('abc1243', 2)).toEqual([]);
  });
  it('learns anew only once the database has grown by a quarter', async () => {
    let learnt = 0;
    const vocabulary = new Vocabulary(async () => {
      learnt += 1;
      return termsOf({});
    });
    for (const size of [100, 100, 120, 126, 130]) await vocabulary.refresh(size);
    expect(learnt).toBe(2);
  });
  it('leaves searching possible when the words cannot be read', async () => {
    const vocabulary = new Vocabulary(() => Promise.reject(new Error('disk')));
    await vocabulary.refresh(100);
    expect(vocabulary.ready).toBe(true);
    expect(vocabulary.beginningWith('a', 5)).toEqual({ words: [], total: 0 });
  });
});

describe('the words of an encrypted index', () => {
  let folder: string | undefined;
  afterEach(() => folder && rmSync(folder, { recursive: true, force: true }));

  it('are read on another thread, without tags, rarities and private words', async () => {
    folder = mkdtempSync(join(tmpdir(), 'carillon-terms-'));
    const setup = { file: join(folder, 'carillon.db'), key: new Uint8Array(32).fill(9) };
    const sql = open({ ...setup, readonly: false, cacheKib: 1024 });
    migrate(sql);
    for (let id = 1; id <= 3; id += 1)
      sql.run(
        'INSERT INTO message_fts (rowid, body, tags) VALUES (CAST(? AS INTEGER), ?, ?)',
        docOf(id),
        `lantern ${id === 1 ? 'hapax' : ''} x1y2`,
        '\u{E010}a1',
      );
    sql.db.close();
    const { words, docs } = await learnInWorker(setup)();
    expect(words.split('\n')).toEqual(['lantern']);
    expect([...docs]).toEqual([3]);
  });
});
