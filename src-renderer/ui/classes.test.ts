import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
/** What paper looks like is said in one place for all screens. */
const paper = /(^|\/)(print|paper)[\w-]*\.css$/;
const sheets = globSync('**/*.css', { cwd: root })
  .filter((file) => !paper.test(file.replaceAll('\\', '/')))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8').replaceAll(/\/\*.*?\*\//gsu, '') }));
const selectors = ({ text }: { readonly text: string }): string[] =>
  [...text.matchAll(/([^{}]+)\{/gu)].flatMap(([, list = '']) => list.split(',').map((one) => one.trim()));

test('a class is drawn in one stylesheet: two of the same name would be drawn over each other', () => {
  const drawn = new Map<string, Set<string>>();
  for (const sheet of sheets)
    for (const selector of selectors(sheet)) {
      const [, name] = /^\.([\w-]+)$/u.exec(selector) ?? [];
      if (name !== undefined) drawn.set(name, (drawn.get(name) ?? new Set()).add(sheet.file));
    }
  expect(drawn.size).toBeGreaterThan(100);
  expect([...drawn].filter(([, files]) => files.size > 1).map(([name, files]) => [name, ...files])).toEqual([]);
});
