import './head.css';
import { CircleCheck, Clock, FolderInput, MailOpen, Star, Tag, Trash2, X } from 'lucide-react';
import { targetsOf } from '../../commands/target.ts';
import { useKeys } from '../../commands/useCaps.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';

/** What can be done with the rows that are selected, and the way to all the others that match. */
export function SelectionHead({ count }: { count: number }) {
  const t = useT();
  const keysOf = useKeys();
  const workspace = useWorkspace();
  const { actions, navigation, list } = workspace;
  const total = useFeature('list', (state) => state.total);
  const allMatching = useFeature('list', (state) => state.allMatching);
  const allHere = useFeature('list', (state) => state.selected.size >= state.rows.length);
  const ids = (): ReturnType<typeof targetsOf> => targetsOf(workspace);
  const tools = [
    { id: 'archive', label: t('command.archive'), icon: <CircleCheck />, run: () => void actions.archive(ids()) },
    {
      id: 'snooze',
      label: t('command.snooze'),
      icon: <Clock />,
      run: () => navigation.getState().show({ is: 'snooze' }),
    },
    { id: 'star', label: t('command.star'), icon: <Star />, run: () => void actions.star(ids(), true) },
    { id: 'read', label: t('command.read'), icon: <MailOpen />, run: () => void actions.read(ids(), true) },
    { id: 'label', label: t('command.label'), icon: <Tag />, run: () => navigation.getState().show({ is: 'label' }) },
    {
      id: 'move',
      label: t('command.move'),
      icon: <FolderInput />,
      run: () => navigation.getState().show({ is: 'move' }),
    },
    { id: 'trash', label: t('command.trash'), icon: <Trash2 />, run: () => void actions.moveTo(ids(), 'trash') },
  ];
  return (
    <>
      <header className="list-head list-head-tools">
        <h1 className="list-title list-selected truncate" aria-live="polite">
          {t('list.selected', { count })}
        </h1>
        {tools.map(({ id, label, icon, run }) => (
          <IconButton key={id} label={label} keys={keysOf(id)} onClick={run}>
            {icon}
          </IconButton>
        ))}
        <IconButton label={t('list.clear')} keys={keysOf('back')} onClick={() => list.getState().clearSelection()}>
          <X />
        </IconButton>
      </header>
      {allMatching || (allHere && count < total) ? (
        <div className="list-all">
          <span>{allMatching ? t('list.allSelected', { count }) : t('list.hereSelected', { count })}</span>
          {allMatching ? null : (
            <button type="button" onClick={() => list.getState().selectMatching()}>
              {t('list.selectMatching', { count: total })}
            </button>
          )}
        </div>
      ) : null}
    </>
  );
}
