import { ArrowDownUp, CircleCheck, ListFilter, MailOpen, Paperclip, Star, Trash2, X } from 'lucide-react';
import { keysOf } from '../../commands/registry.ts';
import { targetsOf } from '../../commands/target.ts';
import { useCaps } from '../../commands/useCaps.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { usePlaceTitle } from '../navigation/usePlaceTitle.ts';

export function ListHead() {
  const selected = useFeature('list', (state) => state.selected.size);
  return selected > 0 ? <SelectionHead count={selected} /> : <PlaceHead />;
}

function PlaceHead() {
  const t = useT();
  const title = usePlaceTitle();
  const filter = useFeature('list', (state) => state.filter);
  const setFilter = useFeature('list', (state) => state.setFilter);
  const active = [
    ...(filter.unread ? [{ text: t('filter.unread'), off: { unread: false } }] : []),
    ...(filter.hasAttachment ? [{ text: t('filter.attachments'), off: { hasAttachment: false } }] : []),
    ...(filter.sort === 'oldest' ? [{ text: t('filter.oldest'), off: { sort: 'newest' as const } }] : []),
  ];
  return (
    <header className="list-head">
      <h1 className="list-title truncate" dir="auto">
        {title}
      </h1>
      {active.map(({ text, off }) => (
        <button type="button" key={text} className="chip" onClick={() => void setFilter(off)}>
          {text}
          <X aria-label={t('filter.remove')} />
        </button>
      ))}
      <Menu
        trigger={
          <IconButton label={t('filter.label')}>
            <ListFilter />
          </IconButton>
        }
        entries={[
          { label: t('filter.unread'), icon: <MailOpen />, run: () => void setFilter({ unread: !filter.unread }) },
          {
            label: t('filter.attachments'),
            icon: <Paperclip />,
            run: () => void setFilter({ hasAttachment: !filter.hasAttachment }),
          },
          null,
          {
            label: filter.sort === 'newest' ? t('filter.oldest') : t('filter.newest'),
            icon: <ArrowDownUp />,
            run: () => void setFilter({ sort: filter.sort === 'newest' ? 'oldest' : 'newest' }),
          },
        ]}
      />
    </header>
  );
}

function SelectionHead({ count }: { count: number }) {
  const t = useT();
  const caps = useCaps();
  const workspace = useWorkspace();
  const ids = (): ReturnType<typeof targetsOf> => targetsOf(workspace);
  return (
    <header className="list-head">
      <h1 className="list-title truncate" aria-live="polite">
        {t('list.selected', { count })}
      </h1>
      <IconButton
        label={t('command.archive')}
        keys={caps(keysOf('archive'))}
        onClick={() => void workspace.actions.archive(ids())}
      >
        <CircleCheck />
      </IconButton>
      <IconButton
        label={t('command.star')}
        keys={caps(keysOf('star'))}
        onClick={() => void workspace.actions.star(ids(), true)}
      >
        <Star />
      </IconButton>
      <IconButton
        label={t('command.read')}
        keys={caps(keysOf('read'))}
        onClick={() => void workspace.actions.read(ids(), true)}
      >
        <MailOpen />
      </IconButton>
      <IconButton
        label={t('command.trash')}
        keys={caps(keysOf('trash'))}
        onClick={() => void workspace.actions.moveTo(ids(), 'trash')}
      >
        <Trash2 />
      </IconButton>
      <IconButton label={t('list.clear')} keys="Esc" onClick={() => workspace.list.getState().clearSelection()}>
        <X />
      </IconButton>
    </header>
  );
}
