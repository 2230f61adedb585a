import './card.css';
import { Reply } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import type { ConversationView, MessageView } from '../../../src-shared/ipc/index.ts';
import { useKeys } from '../../commands/useCaps.ts';
import { answer } from '../../commands/write.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { useNow } from '../../ui/useNow.ts';
import { personName } from '../list/names.ts';
import { Face } from '../people/Face.tsx';
import { Attachments } from './Attachments.tsx';
import { FailedLine } from './FailedLine.tsx';
import { MailHeader } from './MailHeader.tsx';
import { MessageMenu } from './MessageMenu.tsx';
import { PartView } from './parts/PartView.tsx';
import { previewOf } from './preview.ts';
import { ReactionPicker } from './ReactionPicker.tsx';
import { Reactions } from './Reactions.tsx';
import { RemovedMark } from './RemovedMark.tsx';
import { isSame } from './same.ts';
import { Ticks } from './Ticks.tsx';

/** One mail, folded to a line or open in full. */
export const MailCard = memo(function MailCard({
  message,
  view,
  open: startsOpen,
  marked,
}: {
  message: MessageView;
  view: ConversationView;
  open: boolean;
  marked: boolean;
}) {
  const t = useT();
  const keys = useKeys();
  const formats = useFormats();
  const workspace = useWorkspace();
  const now = useNow(60_000);
  const [open, setOpen] = useState(startsOpen);
  // Sent here by a search hit or a link: what is looked for is inside.
  useEffect(() => {
    if (marked) setOpen(true);
  }, [marked]);
  const name = message.author ? personName(message.author) : message.fromMe ? t('message.me') : '';
  const listed = message.attachments.filter((attachment) => !attachment.inline);
  const listedRefs = new Set(listed.map((attachment) => attachment.ref));
  const html = message.parts.some((part) => part.kind === 'text' && part.format === 'html');
  // What the list at the foot or the HTML itself shows is not drawn a second time.
  const parts = message.parts.filter((part) => {
    if (part.kind === 'document') return !listedRefs.has(part.media.ref);
    if (part.kind === 'image') return !listedRefs.has(part.media.ref) && !(html && part.media.inline);
    return true;
  });
  return (
    <article
      className="card"
      data-open={open}
      data-target={marked}
      data-message={message.id}
      data-unread={message.flags.read === false}
      aria-label={t('message.by', { name, time: formats.full(message.at) })}
    >
      <div className="card-head">
        <button type="button" className="card-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Face of={message.author} name={name} size={32} />
          <span className="card-who">
            <span className="card-name truncate" dir="auto">
              {message.fromMe ? t('message.me') : name}
            </span>
            {open ? null : (
              <span className="card-snippet truncate" dir="auto">
                {message.removed ? t('message.removed') : previewOf(message.parts)}
              </span>
            )}
          </span>
          <time className="card-time" dateTime={new Date(message.at).toISOString()} title={formats.full(message.at)}>
            {formats.brief(message.at, now)}
          </time>
          <Ticks message={message} />
        </button>
        {open ? (
          <div className="card-tools">
            <IconButton
              label={t('command.reply')}
              keys={keys('reply')}
              onClick={() => answer(workspace, 'reply', message.id)}
            >
              <Reply />
            </IconButton>
            {view.features.includes('react') && !message.removed ? (
              <ReactionPicker message={message} allowed={view.limits.reactions} />
            ) : null}
            <MessageMenu message={message} view={view} />
          </div>
        ) : null}
      </div>
      {open ? (
        <div className="card-body">
          <MailHeader message={message} />
          {message.removed ? <RemovedMark /> : null}
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name and never change places
            <PartView key={index} part={part} message={message} />
          ))}
          <Attachments attachments={listed} />
          <Reactions message={message} />
          <FailedLine message={message} />
        </div>
      ) : null}
    </article>
  );
}, isSame);
