import { CircleCheck, Clock, File, Inbox, Layers, MailOpen, OctagonAlert, Send, Star, Trash2 } from 'lucide-react';
import type { SystemView } from '../../../src-shared/ipc/index.ts';
import type { Key } from '../../i18n/index.ts';

export const views: readonly { view: SystemView; title: Key; icon: typeof Inbox }[] = [
  { view: 'inbox', title: 'view.inbox', icon: Inbox },
  { view: 'unread', title: 'view.unread', icon: MailOpen },
  { view: 'starred', title: 'view.starred', icon: Star },
  { view: 'snoozed', title: 'view.snoozed', icon: Clock },
  { view: 'sent', title: 'view.sent', icon: Send },
  { view: 'drafts', title: 'view.drafts', icon: File },
  { view: 'done', title: 'view.done', icon: CircleCheck },
  { view: 'all', title: 'view.all', icon: Layers },
  { view: 'spam', title: 'view.spam', icon: OctagonAlert },
  { view: 'trash', title: 'view.trash', icon: Trash2 },
];
export const titleOf = (view: SystemView): Key => views.find((one) => one.view === view)?.title ?? 'view.all';
