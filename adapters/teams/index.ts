import { defineChannel } from '../../src-shared/channel.ts';
import { features, risk, send } from './features.ts';
import { login, logins } from './login.ts';
import { openSession } from './session.ts';

/** Microsoft Teams of an organisation, over Microsoft Graph: chats, and channels where an administrator agreed. */
export const teams = defineChannel({
  id: 'teams',
  name: 'Microsoft Teams',
  features,
  send,
  risk,
  logins,
  provenWithinMs: 240_000,
  login,
  open: openSession,
});
export default teams;
