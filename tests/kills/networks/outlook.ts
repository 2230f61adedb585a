import { messageKey } from '../../../adapters/outlook/ids.ts';
import { me, type Person, visit } from '../../simulators/_base/index.ts';
import { headersIn } from '../../simulators/google/index.ts';
import { client, startMicrosoft } from '../../simulators/microsoft/index.ts';
import { marks } from '../here.ts';
import { type Network, ownWords } from '../network.ts';
import { letterTo, logInByBrowser } from './mail.ts';

/** The same person by another address: one mailbox is in one account only, and Gmail has the first. */
const owner: Person = { ...me, email: 'alex.morgan@tidewater.example' };

/** Outlook with letters that come, are read, flagged, categorised, moved and gone for good. */
export async function outlook(messages: number): Promise<Network> {
  const microsoft = await startMicrosoft({ owner, talks: 12, messages });
  const { mailbox } = microsoft;
  const inbox = mailbox.folder('inbox').id;
  const names = new Map(
    mailbox.folders.map(({ id, displayName, parentFolderId }) => [
      id,
      parentFolderId === inbox ? `Inbox/${displayName}` : displayName,
    ]),
  );
  const sentItems = mailbox.folder('sentitems').id;
  const moves = [
    'archive',
    'deleteditems',
    ...mailbox.folders.flatMap((one) => (one.parentFolderId === inbox ? [one.id] : [])),
  ];
  return {
    logIn: (hub) =>
      logInByBrowser(hub, 'outlook', { clientId: client.id, tenant: client.tenant, server: microsoft.address }, visit),
    happen(luck) {
      const draw = luck.next();
      if (draw < 0.5) return void microsoft.write();
      const candidates = mailbox.messages.filter(({ folder, isDraft }) => folder !== sentItems && !isDraft).slice(-60);
      const { id, isRead, flagged, categories } = luck.pick(candidates);
      if (draw < 0.65) mailbox.change(id, { isRead: !isRead });
      else if (draw < 0.75) mailbox.change(id, { flagged: !flagged });
      else if (draw < 0.85) mailbox.change(id, { categories: categories.length > 0 ? [] : ['Harbour'] });
      else if (draw < 0.97) mailbox.move(id, luck.pick(moves));
      else mailbox.delete(id);
    },
    letter: async (_hub, account, text, luck) => letterTo(account, text, luck),
    get asked() {
      return microsoft.seen.length;
    },
    async standing() {
      const facts = mailbox.messages.map(({ id, raw, isRead, flagged, folder, categories, inference }) => {
        const labels = [names.get(folder) ?? '?', ...categories, ...(inference === 'other' ? ['Other'] : [])];
        return [
          messageKey(id),
          {
            subject: headersIn(raw).find(({ name }) => name.toLowerCase() === 'subject')?.value ?? '',
            flags: marks([...(isRead ? ['read'] : []), ...(flagged ? ['starred'] : [])]),
            labels: marks(labels),
          },
        ] as const;
      });
      return { facts: new Map(facts), beside: new Set<string>(), orders: [] };
    },
    sent: async () =>
      mailbox.ledger.of('sent').flatMap(({ subject }) => (subject.startsWith(ownWords) ? [subject] : [])),
    stop: () => microsoft.stop(),
  };
}
