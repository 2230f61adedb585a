import { Notification } from 'electron';
import { z } from 'zod';
import { ConversationId, MessageId } from '../../../src-shared/model/index.ts';
import type { LateDoor } from '../late-door.ts';

const Notify = z.object({ title: z.string(), body: z.string(), conversation: ConversationId, message: MessageId });

/** Shows the hub's notifications through the system while nobody looks at the window. */
export const showNotifications = (hub: LateDoor, looking: () => boolean, comeForward: () => void): void => {
  // The system drops a notification nothing holds on to, and its click with it.
  const shown = new Set<Notification>();
  hub.on((name, payload) => {
    if (name !== 'notify' || looking() || !Notification.isSupported()) return;
    const { title, body, conversation, message } = Notify.parse(payload);
    const notification = new Notification({ title, body });
    notification.on('click', () => {
      comeForward();
      hub.publish('open', { is: 'conversation', conversation, message });
    });
    notification.on('close', () => shown.delete(notification));
    shown.add(notification);
    notification.show();
  });
};
