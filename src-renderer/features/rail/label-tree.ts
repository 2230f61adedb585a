import type { LabelView } from '../../../src-shared/ipc/index.ts';

export interface LabelNode {
  /** The last piece of the name. */
  readonly name: string;
  readonly path: string;
  /** Null for a folder that only holds others. */
  readonly label: LabelView | null;
  readonly children: readonly LabelNode[];
}
interface Growing extends LabelNode {
  label: LabelView | null;
  readonly children: Growing[];
}
const separator = '/';

/** "Work/Berlin" lies in "Work", whether or not that is a label itself. By name, as people sort. */
export function labelTree(labels: readonly LabelView[]): readonly LabelNode[] {
  const roots: Growing[] = [];
  for (const label of labels) {
    let siblings = roots;
    let path = '';
    let node: Growing | undefined;
    for (const name of label.name.split(separator).filter((piece) => piece.trim() !== '')) {
      path = path === '' ? name : `${path}${separator}${name}`;
      node = siblings.find((one) => one.name === name);
      if (!node) {
        node = { name, path, label: null, children: [] };
        siblings.push(node);
      }
      siblings = node.children;
    }
    if (node) node.label ??= label;
  }
  const sort = (nodes: Growing[]): Growing[] => {
    nodes.sort((a, b) => a.name.localeCompare(b.name));
    for (const node of nodes) sort(node.children);
    return nodes;
  };
  return sort(roots);
}

/** Unread of a label and everything in it. */
export const unreadIn = ({ label, children }: LabelNode): number =>
  children.reduce((sum, child) => sum + unreadIn(child), label?.unread ?? 0);
