import './head.css';
import { Check, ListFilter, X } from 'lucide-react';
import type { Ref } from 'react';
import { useKeys } from '../../commands/useCaps.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { usePlaceTitle } from '../navigation/usePlaceTitle.ts';
import { type ListFilter as Filter, noFilter } from './filter.ts';
import { SelectionHead } from './SelectionHead.tsx';
import { sizeOf } from './selection.ts';

/** `news` is given where the list may say what came in above it, and null once there is no room for that. */
export function ListHead({ news }: { news?: Ref<HTMLElement> }) {
  const selected = useFeature('list', (state) => sizeOf(state, state.total));
  return selected > 0 ? <SelectionHead count={selected} /> : <PlaceHead news={news} />;
}

function PlaceHead({ news }: { news: Ref<HTMLElement> | undefined }) {
  const t = useT();
  const title = usePlaceTitle();
  const entries = useFilterEntries();
  const chips = useChips();
  const setFilter = useFeature('list', (state) => state.setFilter);
  return (
    <>
      <header className="list-head">
        <h1 className="list-title truncate" dir="auto">
          {title}
        </h1>
        <span ref={news} />
        <Menu
          trigger={
            <IconButton label={t('filter.label')}>
              <ListFilter />
            </IconButton>
          }
          entries={entries}
        />
      </header>
      {chips.length > 0 ? (
        <ul className="list-chips" aria-label={t('filter.active')}>
          {chips.map(({ text, off }) => (
            <li key={text}>
              <button type="button" className="chip" onClick={() => void setFilter(off)}>
                <span className="truncate">{text}</span>
                <X aria-label={t('filter.remove')} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

interface Chip {
  readonly text: string;
  readonly off: Partial<Filter>;
}
function useChips(): readonly Chip[] {
  const t = useT();
  const filter = useFeature('list', (state) => state.filter);
  const known = useFeature('accounts', (state) => state.accounts);
  const channels = useFeature('accounts', (state) => state.channels);
  const chips: (Chip | false)[] = [
    filter.unread && { text: t('filter.unread'), off: { unread: false } },
    filter.hasAttachment && { text: t('filter.attachments'), off: { hasAttachment: false } },
    filter.starred && { text: t('filter.starred'), off: { starred: false } },
    filter.account !== null && {
      text: known?.find(({ id }) => id === filter.account)?.label ?? '',
      off: { account: noFilter.account },
    },
    filter.channel !== null && {
      text: channels.find(({ id }) => id === filter.channel)?.name ?? filter.channel,
      off: { channel: noFilter.channel },
    },
    filter.person !== null && {
      text: t('filter.person', { name: filter.person.name }),
      off: { person: noFilter.person },
    },
    filter.sort === 'oldest' && { text: t('filter.oldest'), off: { sort: noFilter.sort } },
    filter.sort === 'unread' && { text: t('filter.unreadFirst'), off: { sort: noFilter.sort } },
  ];
  return chips.filter((chip) => chip !== false);
}

function useFilterEntries(): readonly (MenuEntry | null)[] {
  const t = useT();
  const keys = useKeys();
  const { list, navigation } = useWorkspace();
  const filter = useFeature('list', (state) => state.filter);
  const place = useFeature('navigation', (state) => state.place);
  const accounts = useFeature('accounts', (state) => state.accounts) ?? [];
  const known = useFeature('accounts', (state) => state.channels);
  const cursor = useFeature('list', (state) => state.rows.find((row) => row.id === state.cursor));
  const set = (change: Partial<Filter>) => () => void list.getState().setFilter(change);
  const entry = (label: string, on: boolean, change: Partial<Filter>): MenuEntry => ({
    label,
    ...(on ? { icon: <Check aria-label={t('filter.on')} /> } : {}),
    run: set(change),
  });
  const bound = place.is === 'label' || (place.is === 'view' && place.account !== null);
  const channels = [...new Set(accounts.map((account) => account.channel))];
  const person = cursor?.people[0];
  const who = person?.person ? { id: person.person, name: person.name } : null;
  return [
    entry(t('filter.unread'), filter.unread, { unread: !filter.unread }),
    entry(t('filter.attachments'), filter.hasAttachment, { hasAttachment: !filter.hasAttachment }),
    entry(t('filter.starred'), filter.starred, { starred: !filter.starred }),
    ...(who && place.is !== 'people' ? [entry(t('filter.person', { name: who.name }), false, { person: who })] : []),
    ...(bound || channels.length < 2
      ? []
      : [
          null,
          ...channels.map((id) =>
            entry(known.find((channel) => channel.id === id)?.name ?? id, filter.channel === id, {
              channel: filter.channel === id ? null : id,
            }),
          ),
        ]),
    ...(bound || accounts.length < 2
      ? []
      : [
          null,
          ...accounts.map((account) =>
            entry(account.label, filter.account === account.id, {
              account: filter.account === account.id ? null : account.id,
            }),
          ),
        ]),
    null,
    entry(t('filter.newest'), filter.sort === 'newest', { sort: 'newest' }),
    entry(t('filter.oldest'), filter.sort === 'oldest', { sort: 'oldest' }),
    entry(t('filter.unreadFirst'), filter.sort === 'unread', { sort: 'unread' }),
    null,
    ...(place.is === 'view' && place.view === 'drafts'
      ? []
      : [{ label: t('command.goDay'), keys: keys('go-day'), run: () => navigation.getState().show({ is: 'day' }) }]),
    { label: t('command.selectAll'), run: () => list.getState().selectAll() },
  ];
}
