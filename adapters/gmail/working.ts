import type { MailWorking } from '../_kit/mail/index.ts';
import type { Google } from './google.ts';

/** What the parts of a session share. */
export interface Working extends MailWorking {
  readonly google: Google;
}
