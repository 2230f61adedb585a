import type { Composition, ConversationView, Input, Output } from '../../../src-shared/ipc/index.ts';
import type { ConversationId, DraftId, MessageId, SendLimits } from '../../../src-shared/model/index.ts';
import { isEmpty } from './composition.ts';
import type { Refused } from './fits.ts';

export type ComposerKey = `conversation:${number}` | `thread:${number}` | `new:${number}`;
export type ComposeKind = 'new' | 'reply' | 'reply-all' | 'forward';
export interface Problem {
  readonly level: 'converted' | 'dropped' | 'rejected';
  readonly what: string;
  readonly why: string;
}
export interface Composer {
  readonly key: ComposerKey;
  /** Tells it from those that had, or will have, its key: what is still under way for one of them is nothing to it. */
  readonly life: number;
  readonly kind: ComposeKind;
  readonly composition: Composition;
  readonly quoted: { readonly text: string; readonly html: string } | null;
  readonly withQuote: boolean;
  readonly draft: DraftId | null;
  readonly saving: 'no' | 'yes' | 'saved' | 'failed';
  readonly uploading: readonly { readonly id: number; readonly name: string }[];
  readonly problems: readonly Problem[];
  /** Files that were not taken the last time some were given. */
  readonly refused: readonly Refused[];
  readonly sending: boolean;
  readonly error: string | null;
}
export type Sent = Output<'compose.send'>;
export interface SendOptions {
  readonly notBefore?: number;
  readonly archive?: boolean;
}
export interface ComposerState {
  readonly composers: Readonly<Record<string, Composer>>;
  start(kind: ComposeKind, input: Omit<Input<'compose.start'>, 'kind'>): Promise<ComposerKey>;
  /** The line under a chat, or the draft that was left in a conversation. */
  resume(view: ConversationView): Promise<void>;
  /** The line under a thread, with what was left in it. */
  resumeThread(view: ConversationView, thread: MessageId): Promise<void>;
  openDraft(draft: DraftId): Promise<ComposerKey | null>;
  /** Brings back what was sent and recalled, just as it was written, before what has been written since. */
  restore(composer: Composer, draft: DraftId): void;
  edit(key: ComposerKey, change: Partial<Composition>): void;
  /** The same composition said differently; nobody typed, so there is nothing to save. */
  adopt(key: ComposerKey, change: Partial<Composition>): void;
  keepQuote(key: ComposerKey, on: boolean): void;
  attach(key: ComposerKey, files: readonly File[], limits: SendLimits): Promise<void>;
  /** Resolves when no file is on its way any more, with whether all that were have been taken in. */
  attached(key: ComposerKey): Promise<boolean>;
  detach(key: ComposerKey, ref: string): void;
  /** What is pasted or dropped in meanwhile begins the next message. */
  send(key: ComposerKey, options?: SendOptions): Promise<Sent | null>;
  discard(key: ComposerKey): Promise<void>;
  /** Saves what is not saved yet; before the window goes. */
  flush(): Promise<void>;
}

export const conversationKey = (id: ConversationId): ComposerKey => `conversation:${id}`;
export const threadKey = (id: MessageId): ComposerKey => `thread:${id}`;
/** There are words or files in it, or they are about to be. */
export const isWritten = (composer: Composer | undefined): boolean =>
  composer !== undefined && (!isEmpty(composer.composition) || composer.uploading.length > 0);
