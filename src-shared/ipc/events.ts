/** What windows are told without having asked. */
import type { ConversationId, MessageId } from '../model/index.ts';
import type { LoginView } from './accounts.ts';
import type { ImportView } from './archives.ts';
import type { Topic } from './changes.ts';
import type { PresenceView } from './conversation.ts';
import type { TriageView } from './triage.ts';

export interface Events {
  changed: { readonly seq: number; readonly topics: readonly Topic[] };
  typing: { readonly conversation: ConversationId; readonly name: string; readonly until: number };
  presence: PresenceView;
  login: LoginView;
  /** What a login is about between two steps, in words: of servers looked up, of one signed in to. */
  'login-progress': { readonly login: string; readonly doing: string };
  import: ImportView;
  triage: TriageView;
  notify: {
    readonly title: string;
    readonly body: string;
    readonly conversation: ConversationId;
    readonly message: MessageId;
  };
  /** Notices already given are about nothing any more: read here or elsewhere, put away, removed. */
  unnotify: { readonly messages: readonly MessageId[] };
  /** `turned-away`: it answers, but was started anew and no longer knows this page. */
  hub: { readonly is: 'up' | 'down' | 'turned-away' };
  /** The system asks for something to be shown: a `mailto:` or `carillon:` address, a notification that was clicked. */
  open:
    | { readonly is: 'link'; readonly url: string }
    | { readonly is: 'conversation'; readonly conversation: ConversationId; readonly message: MessageId }
    /** A file of mail that was opened: it is read in. */
    | { readonly is: 'archive'; readonly path: string }
    /** An entry of the system's menu, by the id of its command. */
    | { readonly is: 'command'; readonly command: string };
}
