import './head.css';
import {
  Archive,
  ArrowLeft,
  CalendarSearch,
  CircleCheck,
  Clock,
  EllipsisVertical,
  Forward,
  Inbox,
  MailOpen,
  OctagonAlert,
  PanelRight,
  Pin,
  Reply,
  ReplyAll,
  Search,
  Star,
  Trash2,
  Volume2,
  VolumeX,
} from 'lucide-react';
import type { ConversationView } from '../../../src-shared/ipc/index.ts';
import { commandOf } from '../../commands/registry.ts';
import { useKeys } from '../../commands/useCaps.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useNarrow } from '../../ui/useNarrow.ts';
import { AccountMark } from '../accounts/AccountMark.tsx';
import { accountOf, channelOf, labelOf } from '../accounts/store.ts';
import { namesOf } from '../list/names.ts';
import { ConversationFace } from '../people/Face.tsx';
import { PresenceDot } from '../people/PresenceDot.tsx';

export function ConversationHead({ view }: { view: ConversationView }) {
  const t = useT();
  const keys = useKeys();
  const workspace = useWorkspace();
  // Where no list stands beside it, it heads the page.
  const narrow = useNarrow();
  const Title = narrow || workspace.alone ? 'h1' : 'h2';
  const account = useFeature('accounts', (state) => accountOf(state, view.account));
  const channel = useFeature('accounts', (state) => channelOf(state, view.channel)?.name);
  const row = useFeature('list', (state) => state.rows.find((one) => one.id === view.id)) ?? view;
  const details = useFeature('reader', (state) => state.details);
  const names = namesOf(view, t);
  const title = view.title || names;
  const run = (id: string): void => commandOf(id)?.run(workspace);
  const mail = view.limits.style === 'mail';
  const others = view.title && names !== view.title ? names : null;
  const through = channel !== account?.label ? channel : null;
  // Where not all of it fits, the names go: those stand beside the messages too.
  const where = [account?.label, through, view.parent, others];
  return (
    <header className="head">
      <IconButton className="only-narrow" label={t('command.back')} keys={keys('back')} onClick={() => run('back')}>
        <ArrowLeft />
      </IconButton>
      {mail || narrow ? null : <ConversationFace of={view} name={title} size={34} />}
      <div className="head-text">
        <Title className="head-title" dir="auto">
          {title}
        </Title>
        <div className="head-where">
          <p>
            {account ? <AccountMark account={account} /> : null}
            {view.kind === 'direct' ? <PresenceDot state={view.presence?.[0]?.state} /> : null}
            <span className="truncate" dir="auto">
              {where.filter(Boolean).join(' · ')}
            </span>
          </p>
          <Labels view={view} />
        </div>
      </div>
      <div className="head-actions">
        <IconButton
          label={t(row.inInbox ? 'command.archive' : 'action.toInbox')}
          keys={keys('archive')}
          onClick={() => run('archive')}
        >
          {row.inInbox ? <CircleCheck /> : <Inbox />}
        </IconButton>
        <IconButton label={t('command.snooze')} keys={keys('snooze')} onClick={() => run('snooze')}>
          <Clock />
        </IconButton>
        <IconButton
          label={t(row.starred ? 'action.unstar' : 'command.star')}
          keys={keys('star')}
          className={row.starred ? 'is-starred' : ''}
          aria-pressed={row.starred}
          onClick={() => run('star')}
        >
          <Star />
        </IconButton>
        <IconButton className="only-roomy" label={t('command.find')} keys={keys('find')} onClick={() => run('find')}>
          <Search />
        </IconButton>
        <IconButton
          label={t('command.details')}
          keys={keys('details')}
          aria-pressed={details}
          onClick={() => run('details')}
        >
          <PanelRight />
        </IconButton>
        <Menu
          trigger={
            <IconButton label={t('action.more')}>
              <EllipsisVertical />
            </IconButton>
          }
          entries={[
            ...(mail
              ? [
                  { label: t('command.reply'), icon: <Reply />, keys: keys('reply'), run: () => run('reply') },
                  {
                    label: t('command.replyAll'),
                    icon: <ReplyAll />,
                    keys: keys('reply-all'),
                    run: () => run('reply-all'),
                  },
                  {
                    label: t('command.forward'),
                    icon: <Forward />,
                    keys: keys('forward'),
                    run: () => run('forward'),
                  },
                  null,
                ]
              : []),
            { label: t('command.find'), icon: <Search />, keys: keys('find'), run: () => run('find') },
            {
              label: t('command.jumpToDate'),
              icon: <CalendarSearch />,
              keys: keys('jump-to-date'),
              run: () => run('jump-to-date'),
            },
            null,
            { label: t('command.unread'), icon: <MailOpen />, keys: keys('unread'), run: () => run('unread') },
            {
              label: t(row.muted ? 'action.unmute' : 'command.mute'),
              icon: row.muted ? <Volume2 /> : <VolumeX />,
              keys: keys('mute'),
              run: () => run('mute'),
            },
            {
              label: t(row.pinned ? 'action.unpin' : 'command.pin'),
              icon: <Pin />,
              keys: keys('pin'),
              run: () => run('pin'),
            },
            ...(row.inInbox
              ? []
              : [
                  {
                    label: t('action.toInbox'),
                    icon: <Archive />,
                    run: () => void workspace.actions.moveTo([view.id], 'inbox'),
                  },
                ]),
            null,
            { label: t('command.spam'), icon: <OctagonAlert />, keys: keys('spam'), run: () => run('spam') },
            {
              label: t('command.trash'),
              icon: <Trash2 />,
              keys: keys('trash'),
              danger: true,
              run: () => run('trash'),
            },
          ]}
        />
      </div>
    </header>
  );
}

function Labels({ view }: { view: ConversationView }) {
  const state = useFeature('accounts', (accounts) => accounts);
  const labels = view.labels.map((id) => labelOf(state, id)).filter((label) => label && label.role === null);
  if (labels.length === 0) return null;
  return (
    <p>
      {labels.map((label) =>
        label ? (
          <span className="label-chip truncate" key={label.id} dir="auto">
            {label.name}
          </span>
        ) : null,
      )}
    </p>
  );
}
