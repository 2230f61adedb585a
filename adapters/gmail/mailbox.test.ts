import { mailboxes } from '../_kit/testing/mailbox/index.ts';
import { mailbox } from './testing/world.ts';

mailboxes(mailbox);
