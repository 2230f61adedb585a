import './bubble.css';
import { CornerUpRight, Reply } from 'lucide-react';
import { memo, use } from 'react';
import type { ConversationView, MessageView } from '../../../src-shared/ipc/index.ts';
import { answer } from '../../commands/write.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { personName } from '../list/names.ts';
import { Face } from '../people/Face.tsx';
import { BubbleMeta } from './BubbleMeta.tsx';
import { EditInPlace } from './EditInPlace.tsx';
import { FailedLine } from './FailedLine.tsx';
import { MessageMenu } from './MessageMenu.tsx';
import { PartView } from './parts/PartView.tsx';
import { ReactionPicker } from './ReactionPicker.tsx';
import { Reactions } from './Reactions.tsx';
import { RemovedMark } from './RemovedMark.tsx';
import { isSame } from './same.ts';
import { follow } from './steps.ts';
import { useSurface } from './surface.ts';
import { ThreadFoot, ThreadHead } from './thread/ThreadLines.tsx';
import { WordsBelow } from './words-below.ts';

/** One message of a chat. */
export const Bubble = memo(function Bubble({
  message,
  starts,
  ends,
  marked,
  view,
}: {
  message: MessageView;
  starts: boolean;
  ends: boolean;
  marked: boolean;
  view: ConversationView;
}) {
  const t = useT();
  const formats = useFormats();
  const workspace = useWorkspace();
  const name = message.author ? personName(message.author) : '';
  const faced = !message.fromMe && (view.peopleCount > 1 || view.kind !== 'direct');
  const { replyTo } = message;
  const surface = useSurface();
  const wordsBelow = use(WordsBelow) === message.id;
  const editing = useFeature('reader', (state) => state.editing === message.id && state.surface === surface);
  return (
    <article
      className="bubble-row"
      data-mine={message.fromMe}
      data-faced={faced}
      data-starts={starts}
      data-target={marked}
      data-message={message.id}
      aria-label={t('message.by', { name: message.fromMe ? t('message.me') : name, time: formats.full(message.at) })}
    >
      <div className="bubble-stack">
        {faced && starts ? (
          <span className="bubble-name truncate" dir="auto">
            {name}
          </span>
        ) : null}
        <div className="bubble-line">
          {faced && ends ? (
            <span className="bubble-face">
              <Face of={message.author} name={name} size={28} />
            </span>
          ) : null}
          <div className={bare(message) ? 'bubble bubble-bare' : 'bubble'} data-ends={ends}>
            {message.forwardedFrom === null ? null : (
              <span className="bubble-forwarded">
                <CornerUpRight aria-hidden="true" />
                {t('message.forwardedFrom', { name: message.forwardedFrom })}
              </span>
            )}
            {replyTo ? (
              <button
                type="button"
                className="bubble-quote"
                onClick={() => void follow(workspace, message.id, replyTo.id)}
              >
                <b dir="auto">{replyTo.author}</b>
                <span className="truncate" dir="auto">
                  {replyTo.snippet}
                </span>
              </button>
            ) : null}
            {message.thread ? <ThreadHead message={message} /> : null}
            {message.removed ? (
              <RemovedMark />
            ) : editing ? (
              <EditInPlace message={message} />
            ) : (
              message.parts.map((part, index) =>
                wordsBelow && part.kind === 'text' ? null : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name and never change places
                  <PartView key={index} part={part} message={message} />
                ),
              )
            )}
            <BubbleMeta message={message} />
          </div>
          <div className="bubble-tools">
            {view.features.includes('react') && !message.removed ? (
              <ReactionPicker message={message} allowed={view.limits.reactions} />
            ) : null}
            {view.readOnly === null && view.limits.reply !== 'rejected' && !message.removed ? (
              <button
                type="button"
                className="bubble-tool"
                aria-label={t('command.reply')}
                onClick={() => answer(workspace, 'reply', message.id)}
              >
                <Reply />
              </button>
            ) : null}
            <MessageMenu message={message} view={view} />
          </div>
        </div>
        {/* What most messages do not have is not even asked for: hundreds of them come and go as one scrolls. */}
        {message.reactions.length > 0 ? <Reactions message={message} /> : null}
        {message.thread ? <ThreadFoot message={message} /> : null}
        {message.delivery ? <FailedLine message={message} /> : null}
      </div>
    </article>
  );
}, isSame);

/** Pictures and stickers stand without a bubble around them. */
const bare = (message: MessageView): boolean =>
  !message.removed &&
  message.replyTo === null &&
  message.parts.length > 0 &&
  message.parts.every(
    (part) => part.kind === 'sticker' || (part.kind === 'image' && !part.media.caption) || part.kind === 'video',
  );
