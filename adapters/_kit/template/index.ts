import { defineChannel } from '../../../src-shared/channel.ts';
import { features } from './features.ts';
import { flow, login } from './login.ts';
import { openSession } from './session.ts';

/** A small whole channel to copy: a notice board over HTTP. docs/add-a-channel.md walks through it. */
export const template = defineChannel({
  id: 'board',
  name: 'Notice board',
  features,
  send: {
    style: 'chat',
    maxText: 2000,
    formats: { plain: 'full', markdown: 'converted', html: 'converted' },
    parts: { text: { level: 'full' }, location: { level: 'converted' }, contact: { level: 'converted' } },
    subject: false,
    recipients: false,
    reply: 'converted',
    thread: 'dropped',
    mentions: 'dropped',
    idempotent: true,
  },
  risk: {
    official: 'open-standard',
    needs: ['The address of a board', 'A token from whoever keeps it'],
    cannot: ['Send files', 'Edit or take back a note'],
    encryption: 'transport',
  },
  logins: [flow],
  provenWithinMs: 60_000,
  login,
  open: openSession,
});
export default template;
