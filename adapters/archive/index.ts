import { defineChannel } from '../../src-shared/channel.ts';
import { login, logins } from './login.ts';
import { openSession } from './session.ts';

/** Mail kept in files: mbox, single messages and Maildir, read once into the local history. */
export const archive = defineChannel({
  id: 'archive',
  name: 'Mail archive',
  features: { import: { extensions: ['mbox', 'mbx', 'eml', 'emlx', 'gz'], directories: true } },
  send: {
    style: 'mail',
    maxText: 0,
    formats: { plain: 'rejected', markdown: 'rejected', html: 'rejected' },
    parts: {},
    subject: true,
    recipients: true,
    reply: 'rejected',
    thread: 'rejected',
    mentions: 'rejected',
    idempotent: true,
  },
  risk: {
    official: 'local',
    needs: ['The files: an mbox (Thunderbird, Apple Mail, Google Takeout, mutt), .eml files or a Maildir.'],
    cannot: ['Send or receive: it is a record of what was.'],
    encryption: 'none',
    limits: 'A message larger than 160 MB is kept up to that size.',
  },
  logins,
  // Nothing to prove: a file does not go away. Three weeks fit any timer.
  provenWithinMs: 21 * 24 * 3600_000,
  login,
  open: openSession,
});
export default archive;
