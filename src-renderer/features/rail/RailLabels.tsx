import { ChevronRight, Folder, Tag } from 'lucide-react';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import type { Place } from '../navigation/place.ts';
import { useFold } from './folds.ts';
import { type LabelNode, unreadIn } from './label-tree.ts';
import { RailEntry } from './RailEntry.tsx';

interface LabelsProps {
  readonly nodes: readonly LabelNode[];
  readonly account: number;
  readonly place: Place;
  readonly go: (place: Place) => void;
}
/** Labels within labels; rows dropped on one get it, or move there. */
export function RailLabels({ nodes, ...shared }: LabelsProps) {
  return (
    <ul className="rail-labels">
      {nodes.map((node) => (
        <Node key={node.path} node={node} {...shared} />
      ))}
    </ul>
  );
}

function Node({ node, account, place, go }: Omit<LabelsProps, 'nodes'> & { node: LabelNode }) {
  const t = useT();
  const { actions } = useWorkspace();
  const [open, toggle] = useFold(`${account}/${node.path}`, false);
  const { label, children } = node;
  const Icon = children.length > 0 || label?.kind === 'folder' ? Folder : Tag;
  return (
    <li className="rail-label">
      <div className="rail-account">
        <RailEntry
          icon={<Icon style={label?.colour ? { color: label.colour } : undefined} />}
          text={node.name}
          count={open ? (label?.unread ?? 0) : unreadIn(node)}
          current={label !== null && place.is === 'label' && place.label === label.id}
          onOpen={() => (label ? go({ is: 'label', label: label.id }) : toggle())}
          {...(label ? { place: { is: 'label', label: label.id } as const } : {})}
          {...(label ? { onRows: (ids) => void actions.label(ids, [label.id], [], label.kind === 'folder') } : {})}
        />
        {children.length > 0 ? (
          <button
            type="button"
            className="rail-fold"
            aria-expanded={open}
            aria-label={t('rail.labelsIn', { label: node.name })}
            onClick={toggle}
          >
            <ChevronRight />
          </button>
        ) : null}
      </div>
      {open && children.length > 0 ? <RailLabels nodes={children} account={account} place={place} go={go} /> : null}
    </li>
  );
}
