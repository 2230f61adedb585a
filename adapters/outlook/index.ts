import { defineChannel } from '../../src-shared/channel.ts';
import { features, risk, send } from './features.ts';
import { login, logins } from './login.ts';
import { openSession } from './session.ts';

/** Outlook.com and Microsoft 365 mail over Microsoft Graph. */
export const outlook = defineChannel({
  id: 'outlook',
  name: 'Outlook',
  features,
  send,
  risk,
  logins,
  provenWithinMs: 240_000,
  login,
  open: openSession,
});
export default outlook;
