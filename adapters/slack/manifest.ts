/** What the app may do, as the person. https://docs.slack.dev/reference/scopes */
export const scopes = [
  'channels:history',
  'channels:read',
  'channels:write',
  'groups:history',
  'groups:read',
  'groups:write',
  'im:history',
  'im:read',
  'im:write',
  'mpim:history',
  'mpim:read',
  'mpim:write',
  'chat:write',
  'reactions:read',
  'reactions:write',
  'pins:read',
  'pins:write',
  'files:read',
  'files:write',
  'users:read',
  'users:read.email',
  'users:write',
  'dnd:read',
  'usergroups:read',
  'emoji:read',
  'team:read',
  'search:read',
] as const;
/** Without these the rest works all the same. */
const optional: ReadonlySet<string> = new Set([
  'users:read.email',
  'usergroups:read',
  'emoji:read',
  'team:read',
  'search:read',
  'users:write',
  'dnd:read',
  'pins:read',
  'pins:write',
]);

/** What is needed and was not granted; nothing where Slack did not say what was (`given` empty). */
export const missingScopes = (given: readonly string[]): readonly string[] =>
  given.length === 0 ? [] : scopes.filter((scope) => !optional.has(scope) && !given.includes(scope));

const events = [
  'message.channels',
  'message.groups',
  'message.im',
  'message.mpim',
  'reaction_added',
  'reaction_removed',
  'pin_added',
  'pin_removed',
  'channel_archive',
  'channel_unarchive',
  'channel_rename',
  'channel_left',
  'channel_deleted',
  'group_archive',
  'group_unarchive',
  'group_rename',
  'group_left',
  'group_deleted',
  'group_open',
  'im_created',
  'im_open',
  'member_joined_channel',
  'member_left_channel',
  'user_change',
  'team_join',
  'dnd_updated_user',
  'emoji_changed',
  'tokens_revoked',
  'app_uninstalled',
] as const;

/** What the person pastes to make an app of their own. https://docs.slack.dev/reference/app-manifest */
export const manifest = {
  display_information: {
    name: 'Carillon',
    description: 'Your Slack in your own inbox, on your own machine.',
  },
  oauth_config: { scopes: { user: scopes } },
  settings: {
    event_subscriptions: { user_events: events },
    org_deploy_enabled: false,
    socket_mode_enabled: true,
    token_rotation_enabled: false,
  },
} as const;
/** One line, so that it survives being copied from a single field. */
export const manifestText = (): string => JSON.stringify(manifest);
