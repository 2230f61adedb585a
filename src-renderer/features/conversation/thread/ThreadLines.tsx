import './thread.css';
import { CornerDownRight, MessageSquareText } from 'lucide-react';
import type { MessageView } from '../../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';
import { useWorkspace } from '../../../state/context.tsx';
import { useNow } from '../../../ui/useNow.ts';
import { useSurface } from '../surface.ts';
import { openThread } from './open.ts';

/** Under what began a thread: how many answered, and when last. */
export function ThreadFoot({ message }: { message: MessageView }) {
  const t = useT();
  const formats = useFormats();
  const workspace = useWorkspace();
  const now = useNow(60_000);
  const inThread = useSurface() === 'thread';
  const { thread } = message;
  if (!thread || thread.root !== message.id || thread.replies === 0 || inThread) return null;
  return (
    <button type="button" className="thread-foot" onClick={() => openThread(workspace, message)}>
      <MessageSquareText aria-hidden="true" />
      <b>{t('thread.replies', { count: thread.replies })}</b>
      {thread.unread > 0 ? <span className="thread-new">{t('thread.new', { count: thread.unread })}</span> : null}
      {thread.lastAt === null ? null : (
        <time title={formats.full(thread.lastAt)}>{formats.brief(thread.lastAt, now)}</time>
      )}
    </button>
  );
}

/** Above an answer in a thread: what is answered. */
export function ThreadHead({ message }: { message: MessageView }) {
  const t = useT();
  const workspace = useWorkspace();
  const inThread = useSurface() === 'thread';
  const { thread } = message;
  if (!thread || thread.root === message.id || inThread) return null;
  return (
    <button
      type="button"
      className="thread-head"
      aria-label={t('thread.in', { name: thread.author, text: thread.snippet })}
      onClick={() => openThread(workspace, message)}
    >
      <CornerDownRight aria-hidden="true" />
      <span className="truncate">
        <bdi>{thread.author === '' ? t('thread.title') : thread.author}</bdi>: <bdi>{thread.snippet}</bdi>
      </span>
    </button>
  );
}
