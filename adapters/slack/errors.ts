import { z } from 'zod';
import type { Answer, Refusal } from '../_kit/http/index.ts';
import { text } from './wire/soft.ts';

/** Words of a token that does not work (any more), by Slack's error (https://docs.slack.dev/reference/methods/auth.test). */
const dead: Readonly<Record<string, string>> = {
  not_authed: 'no token was sent',
  invalid_auth: 'the token is not one Slack knows',
  token_revoked: 'the token was revoked, or the app was removed from the workspace',
  token_expired: 'the token has expired',
  account_inactive: 'your account in this workspace, or the workspace itself, was deactivated',
  user_removed_from_team: 'you are no longer in this workspace',
  org_login_required: 'the workspace is moving to an organisation and cannot be used meanwhile',
  team_access_not_granted: 'the app has not been allowed for this workspace',
  access_denied: 'the workspace does not allow this app',
  not_allowed_token_type: 'this is another kind of token than the one that is needed here',
};

/** What other refusals mean to a person. */
const words: Readonly<Record<string, string>> = {
  channel_not_found: 'Slack does not know this conversation, or you are not in it.',
  not_in_channel: 'You are not in this channel.',
  is_archived: 'This channel is archived.',
  message_not_found: 'Slack no longer has this message.',
  thread_not_found: 'Slack no longer has the message this answers.',
  msg_too_long: 'This is longer than Slack takes.',
  no_text: 'There is nothing in it that Slack could show.',
  restricted_action: 'An administrator of the workspace does not allow this.',
  restricted_action_read_only_channel: 'Only some people may write in this channel.',
  restricted_action_thread_only_channel: 'In this channel one may only answer in threads.',
  cant_update_message: 'Only your own messages can be changed.',
  cant_delete_message: 'Only your own messages can be deleted.',
  edit_window_closed: 'The workspace no longer allows changing this message.',
  compliance_exports_prevent_deletion: 'The workspace keeps all messages; this one cannot be deleted.',
  too_many_reactions: 'Slack takes no more reactions on this message.',
  too_many_emoji: 'Slack takes no more different reactions on this message.',
  invalid_name: 'Slack does not know this emoji.',
  name_taken: 'There is a channel of this name already.',
  invalid_name_specials: 'The name of a channel has letters, digits, hyphens and underscores only.',
  file_not_found: 'Slack no longer has this file.',
  file_deleted: 'This file was deleted.',
  users_not_found: 'Slack does not know one of these people.',
  user_not_found: 'Slack does not know this person.',
  cannot_dm_bot: 'This app takes no messages.',
  user_disabled: 'This account was deactivated.',
  too_many_users: 'These are more people than one conversation may have.',
  file_uploads_disabled: 'The workspace allows no files.',
  storage_limit_reached: 'The workspace has no room for more files.',
};
/** Troubles of Slack's own, of which nobody knows how far they got ("it's possible some aspect of the operation succeeded"). */
const troubled = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

const Refused = z.object({ ok: z.literal(false), error: text, needed: text, provided: text });

/** Slack refuses with status 200 and a word. Undefined where it did not refuse. */
export function refusal(answer: Answer): Refusal | undefined {
  const said = Refused.safeParse(parsed(answer.text)).data;
  if (!said) return undefined;
  const { error = 'unknown_error', needed } = said;
  const reason = wordsFor(dead, error);
  if (reason !== undefined) return { code: 'auth', outcome: 'refused', message: authWords(reason) };
  if (error === 'missing_scope')
    return {
      code: 'scope',
      outcome: 'refused',
      message: scopeWords((needed ?? '').split(',').filter((one) => one !== '')),
    };
  if (error === 'ratelimited' || error === 'rate_limited')
    return { throttled: true, message: 'Slack asks for patience.' };
  if (troubled.has(error)) return { code: 'server', outcome: 'unknown', message: 'Slack is in trouble just now.' };
  return {
    code: error,
    outcome: 'refused',
    message: wordsFor(words, error) ?? `Slack refused: ${error.replaceAll('_', ' ')}.`,
  };
}

/** An error's name comes from outside and may be any word. */
const wordsFor = (table: Readonly<Record<string, string>>, error: string): string | undefined =>
  Object.hasOwn(table, error) ? table[error] : undefined;

export const authWords = (reason: string): string =>
  `Slack does not accept the user token: ${reason}. Open your app at api.slack.com/apps, install it again, and log in with the new token.`;
export const appTokenWords = (reason: string): string =>
  `Slack does not accept the app-level token: ${reason}. Make a new one under Basic Information of your app, with the scope connections:write, and log in again.`;
export const scopeWords = (scopes: readonly string[]): string =>
  `The app lacks ${scopes.length === 1 ? 'the permission' : 'the permissions'} ${scopes.join(', ') || 'it needs'}. Add ${scopes.length === 1 ? 'it' : 'them'} at api.slack.com/apps under OAuth & Permissions, User Token Scopes, install the app again, and log in with the new token.`;

function parsed(body: string | undefined): unknown {
  if (body === undefined || !body.startsWith('{')) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // a cut-off or spoilt answer is no refusal; whoever reads it will say so
  }
}
