import { AlarmClock, CircleCheck, Reply, X } from 'lucide-react';
import { useState } from 'react';
import type { NotificationGroup } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { KindMark } from '../../ui/ChannelMark.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useNow } from '../../ui/useNow.ts';
import { colourOf } from '../accounts/colour.ts';
import { accountOf } from '../accounts/store.ts';
import { laterTimes } from '../actions/later.ts';
import { namesOf } from '../list/names.ts';
import { ConversationFace } from '../people/Face.tsx';
import { QuickReply } from './QuickReply.tsx';

/** One conversation's notices, with what one would do about them. */
export function Notice({ group, entry }: { group: NotificationGroup; entry: boolean }) {
  const t = useT();
  const formats = useFormats();
  const now = useNow(60_000);
  const { navigation, list, notices, actions, refocus, report } = useWorkspace();
  const { conversation, messages, count, lastAt } = group;
  const open = useFeature('navigation', (state) => state.conversation === conversation.id);
  const account = useFeature('accounts', (state) => accountOf(state, conversation.account));
  const [replying, setReplying] = useState(false);
  const names = namesOf(conversation, t);
  const thread = conversation.kind === 'thread';
  const heading = thread || conversation.title === '' ? names : conversation.title;
  const first = messages[0];
  const hidden = count - messages.length;
  const seenTo = (work: Promise<unknown>): void => {
    notices.getState().hide(conversation.id, work);
    refocus();
    work.catch(report);
  };
  return (
    <li className="notice" data-open={open}>
      <button
        type="button"
        className="notice-open"
        data-item=""
        data-conversation={conversation.id}
        data-entry={entry ? '' : undefined}
        onFocus={() => list.getState().moveTo(conversation.id)}
        onClick={() => navigation.getState().open(conversation.id, first?.message ?? null)}
      >
        <span className="row-face">
          <ConversationFace of={group.conversation} name={heading} />
          <KindMark kind={conversation.kind} colour={colourOf(account)} />
        </span>
        <span className="notice-text">
          <span className="row-line">
            <strong className="truncate" dir="auto">
              {heading}
            </strong>
            <time className="row-time">{formats.brief(lastAt, now)}</time>
          </span>
          {thread ? (
            <span className="truncate notice-subject" dir="auto">
              {conversation.title || t('row.noSubject')}
            </span>
          ) : null}
          {hidden > 0 ? <span className="notice-hidden">{t('notices.earlier', { count: hidden })}</span> : null}
          {messages.map((message) => (
            <span className="notice-line" key={message.message} dir="auto">
              {message.author === heading ? null : <span className="notice-author">{message.author} </span>}
              {message.preview}
            </span>
          ))}
        </span>
      </button>
      <div className="notice-actions">
        <IconButton label={t('command.reply')} aria-expanded={replying} onClick={() => setReplying(!replying)}>
          <Reply />
        </IconButton>
        <IconButton label={t('command.archive')} onClick={() => seenTo(actions.archive([conversation.id], true))}>
          <CircleCheck />
        </IconButton>
        <Menu
          trigger={
            <IconButton label={t('command.snooze')}>
              <AlarmClock />
            </IconButton>
          }
          entries={laterTimes(now).map((time) => ({
            label: t(time.title),
            run: () => seenTo(actions.snooze([conversation.id], time.at)),
          }))}
        />
        <IconButton label={t('notices.clear')} onClick={() => seenTo(notices.getState().clear(conversation.id))}>
          <X />
        </IconButton>
      </div>
      {replying ? (
        <QuickReply
          group={group}
          onCancel={() => {
            setReplying(false);
            refocus();
          }}
          onSent={() => seenTo(actions.read([conversation.id], true))}
        />
      ) : null}
    </li>
  );
}
