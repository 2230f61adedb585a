import {
  client,
  type Microsoft,
  type MicrosoftOptions,
  startMicrosoft,
} from '../../../tests/simulators/microsoft/index.ts';
import { type MailSubject, type MailWorld, mailWorld } from '../../_kit/testing/mailbox/index.ts';
import { outlook } from '../index.ts';
import { scopes } from '../outlook.ts';

export const outlookWorld = (options: MicrosoftOptions = {}): Promise<MailWorld<Microsoft>> =>
  mailWorld({
    channel: outlook,
    start: (until) => startMicrosoft({ talks: 6, messages: 24, until, ...options }),
    scopes: [...scopes, 'offline_access'],
    config: (server) => ({ clientId: client.id, tenant: client.tenant, server }),
  });

export const folderOf = (microsoft: Microsoft, name: string): string => microsoft.mailbox.folder(name).id;
const refused = (status: number, code: string) => ({ status, json: { error: { code, message: 'no' } } });
const throttled = (seconds: number) => ({
  ...refused(429, 'ApplicationThrottled'),
  headers: { 'retry-after': String(seconds) },
});

/** Outlook, for the suite of all mailboxes. */
export const mailbox: MailSubject<Microsoft> = {
  id: 'outlook',
  world: outlookWorld,
  look: {
    there: ({ mailbox: { messages } }) =>
      messages.map(({ id, folder, categories, isRead, flagged, inference }) => {
        const other = inference === 'other' ? ['inbox:other'] : [];
        const labels = [folder, ...categories.map((one) => `category:${one}`), ...other];
        return `${id} ${labels.toSorted().join()} ${isRead} ${flagged}`;
      }),
    here(memory, key) {
      const { read, starred } = memory.flagsOf(key);
      const labels = memory.placementsOf(key).map(({ label }) => label);
      return `${key} ${labels.toSorted().join()} ${read} ${starred}`;
    },
    inInbox: (microsoft) =>
      microsoft.mailbox.messages.filter(({ folder }) => folder === folderOf(microsoft, 'inbox')).map(({ id }) => id),
    threadOf: (microsoft, id) => microsoft.mailbox.message(id).conversationId,
    drafts: ({ mailbox: { messages } }) => messages.filter(({ isDraft }) => isDraft).map(({ id }) => id),
    starred: (microsoft, id) => microsoft.mailbox.message(id).flagged,
  },
  touch: {
    markRead: (microsoft, id) => microsoft.mailbox.change(id, { isRead: true }),
    loseDraft: (microsoft, id) => microsoft.mailbox.delete(id),
  },
  // Until the first round of every folder has ended.
  followed: ({ network, memory, until }) =>
    until(() =>
      network.mailbox.folders
        .filter(({ isHidden }) => !isHidden)
        .every(({ id }) => memory.checkpoint(`folder:${id}`)?.includes('"following":true')),
    ),
  requests: {
    message: /\/me\/messages\/AA[^/]+$/,
    isLook: (path, microsoft) => path.includes(`${folderOf(microsoft, 'inbox')}/messages/delta`),
  },
  pageful: 30,
  standing: { mostMs: 60_000, watchedMs: 10_000, allowance: { rule: 'Requests to the mailbox', limit: 1000 } },
  stages: ['composed', 'drafted', 'offered', 'accepted'],
  offered: (id) => `offered:${id}`,
  bad: {
    patience: [
      { path: /send$/, times: 2 },
      { is: 'answer', reply: throttled(2) },
    ],
    readBack: [{ method: 'GET', path: /me\/messages\/AA[^/]+$/, after: 1, times: 4 }, { is: 'cut-before' }],
    draftSaved: [{ method: 'POST', path: /me\/messages$/ }, { is: 'cut-after' }],
    draftReplaced: [{ path: /permanentDelete$/, times: 9 }, { is: 'cut-after' }],
    noContacts: [{ path: /contacts$/ }, { is: 'answer', reply: refused(403, 'ErrorAccessDenied') }],
    shut: [{ path: /me\/messages$/ }, { is: 'answer', reply: refused(404, 'MailboxNotEnabledForRESTAPI') }],
    shutSays: 'no mailbox',
    day: [
      [
        { path: /me\/messages$/, times: 2 },
        { is: 'answer', reply: throttled(3) },
      ],
      [{ path: /messages\/delta$/, after: 1, times: 2 }, { is: 'cut-mid-body' }],
      [{ path: /attachments$/ }, { is: 'answer', reply: { status: 504, json: {} } }],
      [{ path: /mailFolders\/delta$/, times: 2 }, { is: 'cut-before' }],
    ],
    noisyReading: [
      [{ path: /me\/messages$/ }, { is: 'cut-mid-body' }],
      [{ path: /messages\/delta$/ }, { is: 'answer', reply: { status: 500, json: {} } }],
    ],
    noisySending: [
      [{ method: 'PUT' }, { is: 'answer', reply: { status: 500, json: {} } }],
      [{ path: /send$/ }, { is: 'cut-after' }],
    ],
    secrets: ['Bearer'],
  },
};
