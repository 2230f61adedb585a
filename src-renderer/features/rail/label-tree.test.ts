import { expect, test } from 'vitest';
import { AccountId, LabelId } from '../../../src-shared/ids.ts';
import type { LabelView } from '../../../src-shared/ipc/index.ts';
import { type LabelNode, labelTree, unreadIn } from './label-tree.ts';

const label = (id: number, name: string, unread = 0): LabelView => ({
  id: LabelId.parse(id),
  account: AccountId.parse(1),
  name,
  kind: 'folder',
  role: null,
  colour: null,
  unread,
  conversations: unread,
});
const drawn = (nodes: readonly LabelNode[], depth = 0): readonly string[] =>
  nodes.flatMap((node) => [
    `${'  '.repeat(depth)}${node.name}${node.label ? '' : ' -'}`,
    ...drawn(node.children, depth + 1),
  ]);

test('labels lie in one another by their names, whatever order they come in', () => {
  const tree = labelTree([
    label(1, 'Work/Berlin/Rent', 2),
    label(2, 'Travel'),
    label(3, 'Work', 1),
    label(4, 'Work/Łódź', 4),
    label(5, 'Lists/a//b'),
  ]);
  expect(drawn(tree)).toEqual(['Lists -', '  a -', '    b', 'Travel', 'Work', '  Berlin -', '    Rent', '  Łódź']);
  const work = tree.find((node) => node.name === 'Work');
  expect(work && unreadIn(work)).toBe(7);
});
