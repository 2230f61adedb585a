import { asLabelKey } from '../../../src-shared/model/index.ts';
import { client, type Google, type GoogleOptions, startGoogle } from '../../../tests/simulators/google/index.ts';
import { type MailSubject, type MailWorld, mailWorld } from '../../_kit/testing/mailbox/index.ts';
import { clientSecretName, scopes } from '../config.ts';
import { gmail } from '../index.ts';

export const gmailWorld = (options: GoogleOptions = {}): Promise<MailWorld<Google>> =>
  mailWorld({
    channel: gmail,
    start: (until) => startGoogle({ talks: 6, messages: 24, until, ...options }),
    scopes,
    config: (server) => ({ clientId: client.id, server }),
    secrets: { [clientSecretName]: client.secret },
  });

const inbox = asLabelKey('INBOX');
/** One message, by its id. */
const oneMessage = /\/messages\/[0-9a-f]+$/;
const forbidden = (reason: string, more: object = {}) => ({
  status: 403,
  json: { error: { code: 403, message: 'no', errors: [{ reason }], ...more } },
});

/** Gmail, for the suite of all mailboxes. */
export const mailbox: MailSubject<Google> = {
  id: 'gmail',
  world: gmailWorld,
  look: {
    there: ({ mailbox: { messages } }) =>
      messages.map(
        ({ id, labels }) =>
          `${id} ${labels.has('INBOX')} ${labels.has('UNREAD') ? 'unread' : 'read'} ${labels.has('STARRED')}`,
      ),
    here(memory, key) {
      const { read, starred = false } = memory.flagsOf(key);
      const within = memory.placementsOf(key).some(({ label }) => label === inbox);
      return `${key} ${within} ${read ? 'read' : 'unread'} ${starred}`;
    },
    inInbox: ({ mailbox: { messages } }) => messages.filter(({ labels }) => labels.has('INBOX')).map(({ id }) => id),
    threadOf: (google, id) => google.mailbox.message(id).threadId,
    drafts: (google) => google.mailbox.drafts.map(({ message }) => message.id),
    starred: (google, id) => google.mailbox.message(id).labels.has('STARRED'),
  },
  touch: {
    markRead: (google, id) => google.mailbox.modify(id, [], ['UNREAD']),
    loseDraft(google, id) {
      const draft = google.mailbox.drafts.find(({ message }) => message.id === id);
      if (draft) google.mailbox.deleteDraft(draft.id);
    },
  },
  // The first look notes the place in the history before anything is read.
  followed: async () => undefined,
  requests: { message: oneMessage, isLook: (path) => path.endsWith('/history') },
  pageful: 130,
  standing: { mostMs: 30_000, watchedMs: 5000, allowance: { rule: 'Gmail quota', limit: 1200 } },
  stages: ['offered', 'accepted'],
  offered: () => 'offered',
  bad: {
    patience: [
      { path: /send$/, times: 2 },
      { is: 'answer', reply: { ...forbidden('rateLimitExceeded'), status: 429 } },
    ],
    readBack: [{ method: 'GET', path: oneMessage, times: 4 }, { is: 'cut-before' }],
    draftSaved: [{ method: 'POST', path: /drafts$/ }, { is: 'cut-after' }],
    draftReplaced: [{ method: 'PUT' }, { is: 'cut-after' }],
    noContacts: [
      { path: /connections$/ },
      { is: 'answer', reply: forbidden('insufficientPermissions', { status: 'PERMISSION_DENIED' }) },
    ],
    shut: [
      { path: /profile$/ },
      { is: 'answer', reply: forbidden('accessNotConfigured', { status: 'PERMISSION_DENIED' }) },
    ],
    shutSays: 'Gmail API',
    day: [
      [
        { path: oneMessage, after: 2, times: 2 },
        { is: 'answer', reply: forbidden('userRateLimitExceeded') },
      ],
      [{ path: oneMessage, after: 6, times: 3 }, { is: 'cut-mid-body' }],
      [{ path: /messages$/ }, { is: 'answer', reply: { status: 500, json: {} } }],
      [{ path: /history$/, times: 2 }, { is: 'cut-before' }],
    ],
    noisyReading: [
      [{ path: oneMessage }, { is: 'cut-mid-body' }],
      [{ path: oneMessage }, { is: 'answer', reply: { status: 500, json: {} } }],
    ],
    noisySending: [[{ path: /send$/ }, { is: 'cut-after' }]],
    secrets: [client.secret, 'Authorization'],
  },
};
