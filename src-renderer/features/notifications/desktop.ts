import type { MessageId } from '../../../src-shared/model/index.ts';
import type { Workspace } from '../../state/workspace.ts';

/**
 * `absent` where the shell shows notices itself or the browser cannot. Chromium's window stands still until another process
 * has answered: not to be asked with everything that arrives.
 */
export const desktopState = (): NotificationPermission | 'absent' =>
  window.carillon || !('Notification' in window) ? 'absent' : Notification.permission;
export const askDesktop = (): Promise<NotificationPermission> => Notification.requestPermission();

/**
 * Shows the hub's notices through the browser while the page is not looked at, and takes them back when the hub does.
 * Several pages of one browser show each notice once, by its tag.
 */
export function followNotices({ client, navigation }: Pick<Workspace, 'client' | 'navigation'>): () => void {
  const shown = new Map<MessageId, Notification>();
  const stopNotify = client.on('notify', ({ title, body, conversation, message }) => {
    if (document.visibilityState === 'visible' && document.hasFocus()) return;
    if (desktopState() !== 'granted') return;
    const notice = new Notification(title, { body, tag: `carillon-${message}` });
    notice.onclick = () => {
      window.focus();
      navigation.getState().open(conversation, message);
      notice.close();
    };
    notice.onclose = () => shown.delete(message);
    shown.set(message, notice);
  });
  const stopUnnotify = client.on('unnotify', ({ messages }) => {
    for (const message of messages) shown.get(message)?.close();
  });
  return () => {
    stopNotify();
    stopUnnotify();
  };
}
