import type { z } from 'zod';
import { accountCalls } from './accounts.ts';
import { actionCalls } from './actions.ts';
import { appCalls } from './app.ts';
import { archiveCalls } from './archives.ts';
import { changesCalls } from './changes.ts';
import { composeCalls } from './compose.ts';
import { conversationCalls } from './conversation.ts';
import { draftCalls } from './drafts.ts';
import { fileCalls } from './files.ts';
import { inboxCalls } from './inbox.ts';
import { labelCalls } from './labels.ts';
import { messageCalls } from './messages.ts';
import { notificationCalls } from './notifications.ts';
import { outboxCalls } from './outbox.ts';
import { peopleCalls } from './people.ts';
import { privacyCalls } from './privacy.ts';
import { searchCalls } from './search.ts';
import { settingsCalls } from './settings.ts';
import { shellContract } from './shell.ts';
import type { Caller } from './transport.ts';
import { triageCalls } from './triage.ts';

/** Every call there is, by its name `<feature>.<verb>`. */
export const contract = {
  ...appCalls,
  ...changesCalls,
  ...settingsCalls,
  ...accountCalls,
  ...inboxCalls,
  ...labelCalls,
  ...conversationCalls,
  ...messageCalls,
  ...peopleCalls,
  ...fileCalls,
  ...searchCalls,
  ...actionCalls,
  ...triageCalls,
  ...composeCalls,
  ...draftCalls,
  ...outboxCalls,
  ...archiveCalls,
  ...notificationCalls,
  ...privacyCalls,
  ...shellContract,
} as const;

export type CallName = keyof typeof contract;
/** What a caller passes; defaults may be left out. */
export type Input<M extends CallName> = z.input<(typeof contract)[M]['input']>;
/** What a handler receives, defaults filled in. */
export type Parsed<M extends CallName> = z.output<(typeof contract)[M]['input']>;
export type Output<M extends CallName> = Exclude<(typeof contract)[M]['output'], undefined>;
export type Handlers<M extends CallName = CallName> = {
  readonly [K in M]: (input: Parsed<K>, caller: Caller) => Promise<Output<K>>;
};
