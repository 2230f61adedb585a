/** Channels there are, accounts on them, and how one logs in. */
import { z } from 'zod';
import type { ConnectionState, Features, LoginFlow, LoginStep, RiskCard, Standing } from '../channel.ts';
import { AccountId, type SendLimits, type UserKey } from '../model/index.ts';
import type { Check } from './app.ts';
import { call, none } from './call.ts';

export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly features: Partial<Features>;
  readonly send: SendLimits;
  readonly risk: RiskCard;
  readonly logins: readonly LoginFlow[];
}
export interface AccountView {
  readonly id: AccountId;
  readonly channel: string;
  readonly key: UserKey;
  readonly label: string;
  readonly identities: readonly { key: UserKey; name?: string }[];
  readonly colour: string | null;
  readonly paused: boolean;
  readonly unread: number;
  readonly state: ConnectionState;
  /** Set while nobody connects it: the state is what it was then, Unix ms. */
  readonly asOf?: number;
  /** When delivery was last proven, Unix ms. */
  readonly lastProvenAt: number | null;
  /** The next look, and what is left of the network's allowances; null where the session has nothing to tell of it. */
  readonly standing: Standing | null;
  readonly backfill: { readonly running: boolean; readonly done: number; readonly total: number | null } | null;
}
export interface LoginView {
  readonly login: string;
  readonly step: LoginStep | null;
  /** Set once it has ended well. */
  readonly account: AccountId | null;
  readonly error: string | null;
}

export const accountCalls = {
  'channels.list': call(none).returns<readonly ChannelView[]>(),
  'accounts.list': call(none).returns<readonly AccountView[]>(),
  /** With all that is kept of it. Answers what was written and never left, or may not have, by its subject or its conversation. */
  'accounts.remove': call(z.object({ account: AccountId })).returns<{
    unsent: readonly { title: string; state: 'unsent' | 'unknown' }[];
  }>(),
  'accounts.update': call(
    z.object({
      account: AccountId,
      label: z.string().min(1).max(200).optional(),
      colour: z.string().max(32).nullable().optional(),
      paused: z.boolean().optional(),
    }),
  ).returns<null>(),
  /** Connects once with what is stored and says what happened. */
  'accounts.test': call(z.object({ account: AccountId })).returns<readonly Check[]>(),
  'accounts.sync': call(z.object({ account: AccountId.optional() })).returns<null>(),
  'login.start': call(
    z.object({ channel: z.string(), flow: z.string().optional(), account: AccountId.optional() }),
  ).returns<LoginView>(),
  'login.answer': call(
    z.object({ login: z.string(), answers: z.record(z.string(), z.string().max(1_000_000)) }),
  ).returns<LoginView>(),
  'login.cancel': call(z.object({ login: z.string() })).returns<null>(),
};
