import { Notification } from 'electron';
import { z } from 'zod';
import type { Input, Output, Reply, ShellPreferences } from '../../../src-shared/ipc/index.ts';
import { ConversationId, MessageId } from '../../../src-shared/model/index.ts';
import type { LateDoor } from '../late-door.ts';
import type { Frame } from './menu.ts';

const Notify = z.object({ title: z.string(), body: z.string(), conversation: ConversationId, message: MessageId });
const Unnotify = z.object({ messages: z.array(MessageId) });
const caller = { window: 'host' };

export interface NoticeOptions {
  /** Whether the person looks at a window already. */
  looking(): boolean;
  /** How much of a message others may see over the person's shoulder. */
  noticeText(): ShellPreferences['noticeText'];
  words(): Pick<Frame['words'], 'reply' | 'newMessage'>;
  open(notice: { conversation: ConversationId; message: MessageId }): void;
  /** An answer could not be handed over; its text is given so that it is not lost. */
  failed(notice: { conversation: ConversationId; message: MessageId }, text: string): void;
}

/** Shows the hub's notifications through the system while nobody looks at the window, and takes them back with it. */
export const showNotifications = (hub: LateDoor, options: NoticeOptions): void => {
  // The system drops a notification nothing holds on to, and its click with it.
  const shown = new Map<MessageId, Notification>();
  hub.on((name, payload) => {
    if (name === 'unnotify') {
      for (const message of Unnotify.parse(payload).messages) shown.get(message)?.close();
    }
    if (name !== 'notify' || options.looking() || !Notification.isSupported()) return;
    const { conversation, message, ...told } = Notify.parse(payload);
    const { reply, newMessage } = options.words();
    // An answer in the notification itself is a thing of macOS and Windows; elsewhere a click opens the conversation.
    const notification = new Notification({
      ...shownOf(told, options.noticeText(), newMessage),
      hasReply: true,
      replyPlaceholder: reply,
    });
    notification.on('click', () => options.open({ conversation, message }));
    notification.on('reply', (_event, text) => {
      answer(hub, message, text).catch(() => options.failed({ conversation, message }, text));
    });
    notification.on('close', () => shown.delete(message));
    shown.set(message, notification);
    notification.show();
  });
};

/** What of a message a notification says. */
const shownOf = (
  told: { readonly title: string; readonly body: string },
  text: ShellPreferences['noticeText'],
  newMessage: string,
): { title: string; body: string } => {
  switch (text) {
    case 'all':
      return told;
    case 'sender':
      return { title: told.title, body: newMessage };
    case 'nothing':
      return { title: 'Carillon', body: newMessage };
  }
};

const value = <T>(reply: Reply<unknown>): T => {
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value as T;
};

/** Sends a reply as the composer would. Rejects when the hub did not take it. */
export const answer = async (hub: Pick<LateDoor, 'call'>, message: MessageId, text: string): Promise<void> => {
  if (text.trim() === '') return;
  const asked: Input<'compose.start'> = { kind: 'reply', message };
  const { quoted: _quoted, ...start } = value<Output<'compose.start'>>(await hub.call('compose.start', asked, caller));
  const sent: Input<'compose.send'> = { ...start, text, format: 'plain' };
  value(await hub.call('compose.send', sent, caller));
};
