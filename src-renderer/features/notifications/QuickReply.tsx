import { useState } from 'react';
import type { NotificationGroup } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { keepKeys } from '../shell/ahead.ts';

/** An answer in a line or two, without leaving the list; undone like any other. */
export function QuickReply({
  group: { conversation, messages },
  onCancel,
  onSent,
}: {
  group: NotificationGroup;
  onCancel: () => void;
  onSent: () => void;
}) {
  const t = useT();
  const { client, outbox, toasts, undo, report } = useWorkspace();
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  const send = async (): Promise<void> => {
    const message = messages.at(-1)?.message;
    if (text.trim() === '' || message === undefined || sending) return;
    setSending(true);
    // What is typed meanwhile is for whatever has the focus afterwards; here it would be lost.
    const release = keepKeys();
    try {
      const { quoted: _quoted, ...started } = await client.call('compose.start', {
        kind: 'reply',
        message,
        conversation: conversation.id,
      });
      const sent = await client.call('compose.send', {
        ...started,
        text,
        format: 'plain',
        // In a chat an answer to the last message needs no pointing at it.
        replyTo: conversation.kind === 'thread' ? started.replyTo : null,
      });
      const takeBack = async (): Promise<void> => {
        const { cancelled } = await outbox.getState().cancel(sent.outbox);
        if (!cancelled) toasts.getState().show({ text: t('toast.tooLate'), tone: 'problem' });
      };
      const left = sent.undoUntil - Date.now();
      if (left > 0) undo.push(takeBack);
      toasts.getState().show({
        text: t('toast.sending'),
        forMs: Math.max(2_500, Math.min(left, 60_000)),
        ...(left > 0 ? { action: { label: t('action.undo'), run: () => void undo.take(takeBack).catch(report) } } : {}),
      });
      onSent();
    } catch (error) {
      setSending(false);
      report(error);
    } finally {
      release();
    }
  };
  return (
    <form
      className="notice-reply"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        className="field"
        rows={2}
        dir="auto"
        readOnly={sending}
        aria-label={t('compose.label')}
        placeholder={t('compose.write')}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: it appears because the person asked to write
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
          else if (event.key === 'Escape') onCancel();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <Button tone="primary" type="submit" disabled={text.trim() === '' || sending}>
        {t('command.send')}
      </Button>
    </form>
  );
}
