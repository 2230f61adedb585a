import './row.css';
import { AlarmClock, Check, CircleAlert, CircleCheck, Paperclip, PencilLine, Pin, Star, VolumeX } from 'lucide-react';
import { memo } from 'react';
import type { ConversationRow } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { KindMark } from '../../ui/ChannelMark.tsx';
import { colourOf } from '../accounts/colour.ts';
import { accountOf } from '../accounts/store.ts';
import { ConversationFace } from '../people/Face.tsx';
import { dragConversations } from './drag.ts';
import { namesOf } from './names.ts';
import { RowPresence, RowPreview } from './RowNow.tsx';

interface RowProps {
  readonly row: ConversationRow;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly now: number;
  /** The one row the Tab key reaches. */
  readonly entry: boolean;
  readonly open: boolean;
  readonly selected: boolean;
  readonly onFocus: () => void;
  /** Opens it, takes it into the selection, or all up to it. */
  readonly onOpen: (how: 'open' | 'toggle' | 'range') => void;
}

export const Row = memo(RowView, (before, after) => {
  const keys = ['row', 'index', 'top', 'height', 'now', 'entry', 'open', 'selected'] as const;
  return keys.every((key) => before[key] === after[key]);
});

/** Where the row stands and what it does: all that is drawn anew when rows come in above it. */
function RowView({ row, index, top, height, now, entry, open, selected, onFocus, onOpen }: RowProps) {
  const workspace = useWorkspace();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter and the rest come through the command registry
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be placed by position
    <div
      role="row"
      className="row"
      tabIndex={entry ? 0 : -1}
      data-entry={entry ? '' : undefined}
      data-unread={row.unread > 0}
      data-open={open}
      data-conversation={row.id}
      aria-selected={selected || open}
      aria-rowindex={index + 1}
      style={{ height, transform: `translateY(${top}px)` }}
      onFocus={onFocus}
      draggable
      onDragStart={(event) => dragConversations(event, workspace, row.id)}
      onMouseDown={(event) => {
        // Shift would select the text in between.
        if (event.shiftKey) event.preventDefault();
      }}
      onClick={(event) => onOpen(event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'open')}
    >
      <RowBody row={row} now={now} selected={selected} />
    </div>
  );
}

const RowBody = memo(function RowBody({ row, now, selected }: Pick<RowProps, 'row' | 'now' | 'selected'>) {
  const t = useT();
  const formats = useFormats();
  const { actions } = useWorkspace();
  const account = useFeature('accounts', (state) => accountOf(state, row.account));
  const names = namesOf(row, t);
  const heading = row.kind === 'thread' || row.title === '' ? names : row.title;
  const subject = row.kind === 'thread' ? row.title || t('row.noSubject') : null;
  const unread = row.unread > 0;
  const preview = row.lastFromMe && row.preview !== '' ? t('row.mine', { text: row.preview }) : row.preview;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be placed by position
    // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus
    <div role="gridcell" className="row-body">
      <span className="row-face">
        {selected ? (
          <span className="row-check">
            <Check />
          </span>
        ) : (
          <ConversationFace of={row} name={heading} />
        )}
        <KindMark kind={row.kind} colour={colourOf(account)} />
        <RowPresence row={row} now={now} />
      </span>
      <span className="row-text">
        <span className="row-line">
          {unread ? <span className="visually-hidden">{t('row.unread', { count: row.unread })}</span> : null}
          <span className="row-names truncate" dir="auto">
            {heading}
          </span>
          {row.messages > 1 && row.kind === 'thread' ? <span className="row-size">{row.messages}</span> : null}
          <Marks row={row} />
          <time className="row-time" dateTime={new Date(row.lastAt).toISOString()}>
            {row.snoozedUntil === null ? formats.brief(row.lastAt, now) : formats.brief(row.snoozedUntil, now)}
          </time>
        </span>
        {subject === null ? null : (
          <span className="row-line">
            <span className="row-subject truncate" dir="auto">
              {subject}
            </span>
          </span>
        )}
        <span className="row-line row-last">
          <RowPreview row={row} text={preview} lines={subject === null ? 2 : 1} />
          {unread ? (
            <span className="row-badge" aria-hidden="true">
              {row.unread > 99 ? '99+' : row.unread}
            </span>
          ) : null}
        </span>
      </span>
      <span className="row-actions">
        <button
          type="button"
          tabIndex={-1}
          aria-label={t(row.inInbox ? 'command.archive' : 'action.toInbox')}
          onClick={(event) => {
            event.stopPropagation();
            void actions.archive([row.id], row.inInbox);
          }}
        >
          <CircleCheck />
        </button>
        <button
          type="button"
          tabIndex={-1}
          aria-label={t(row.starred ? 'action.unstar' : 'command.star')}
          aria-pressed={row.starred}
          onClick={(event) => {
            event.stopPropagation();
            void actions.star([row.id], !row.starred);
          }}
        >
          <Star />
        </button>
      </span>
    </div>
  );
});

function Marks({ row }: { row: ConversationRow }) {
  const t = useT();
  return (
    <span className="row-marks">
      {row.hasFailed ? <CircleAlert className="mark-failed" aria-label={t('mark.failed')} /> : null}
      {row.hasDraft ? <PencilLine className="mark-draft" aria-label={t('mark.draft')} /> : null}
      {row.snoozedUntil === null ? null : <AlarmClock className="mark-snoozed" aria-label={t('mark.snoozed')} />}
      {row.hasAttachment ? <Paperclip aria-label={t('mark.attachment')} /> : null}
      {row.muted ? <VolumeX aria-label={t('mark.muted')} /> : null}
      {row.pinned ? <Pin aria-label={t('mark.pinned')} /> : null}
      {row.starred ? <Star className="mark-star" aria-label={t('mark.starred')} /> : null}
    </span>
  );
}
