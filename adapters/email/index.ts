import { defineChannel } from '../../src-shared/channel.ts';
import { features, risk, send } from './features.ts';
import { login, logins } from './login.ts';
import { openSession } from './session.ts';

/** Mail over IMAP (RFC 3501) and SMTP submission (RFC 6409). */
export const email = defineChannel({
  id: 'email',
  name: 'E-mail',
  features,
  send,
  risk,
  logins,
  // IDLE is broken every two minutes of silence to see whether anyone is there; three such failing is no accident.
  provenWithinMs: 6 * 60_000,
  login,
  open: openSession,
});
export default email;
