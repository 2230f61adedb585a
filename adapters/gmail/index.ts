import { defineChannel } from '../../src-shared/channel.ts';
import { features, risk, send } from './features.ts';
import { login, logins } from './login.ts';
import { openSession } from './session.ts';

/** Gmail over Google's own interface. */
export const gmail = defineChannel({
  id: 'gmail',
  name: 'Gmail',
  features,
  send,
  risk,
  logins,
  provenWithinMs: 180_000,
  login,
  open: openSession,
});
export default gmail;
