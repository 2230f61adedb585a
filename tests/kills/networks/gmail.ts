import { messageKey } from '../../../adapters/gmail/ids.ts';
import { visit } from '../../simulators/_base/index.ts';
import { client, headersIn, startGoogle } from '../../simulators/google/index.ts';
import { marks } from '../here.ts';
import { type Network, ownWords } from '../network.ts';
import { letterTo, logInByBrowser } from './mail.ts';

const places: Readonly<Record<string, string>> = {
  INBOX: 'Inbox',
  SENT: 'Sent',
  TRASH: 'Trash',
  CATEGORY_PERSONAL: 'Primary',
};

/** Gmail with letters that come, are read, starred, filed, thrown away and gone for good. */
export async function gmail(messages: number): Promise<Network> {
  const google = await startGoogle({ talks: 12, messages });
  const { mailbox } = google;
  const names = new Map(mailbox.labels.flatMap(({ id, name, type }) => (type === 'user' ? [[id, name]] : [])));
  return {
    logIn: (hub) =>
      logInByBrowser(hub, 'gmail', { clientId: client.id, clientSecret: client.secret, server: google.address }, visit),
    happen(luck) {
      const draw = luck.next();
      if (draw < 0.5) return void google.write();
      const { id, labels } = luck.pick(mailbox.messages.slice(0, 60));
      const toggle = (label: string) =>
        mailbox.modify(id, labels.has(label) ? [] : [label], labels.has(label) ? [label] : []);
      if (draw < 0.65) toggle('UNREAD');
      else if (draw < 0.75) toggle('STARRED');
      else if (draw < 0.88) toggle(luck.pick([...names.keys()]));
      else if (draw < 0.92) toggle('INBOX');
      else if (draw < 0.96) mailbox.modify(id, ['TRASH'], ['INBOX']);
      else if (!labels.has('SENT')) mailbox.delete(id);
    },
    letter: async (_hub, account, text, luck) => letterTo(account, text, luck),
    get asked() {
      return google.seen.length;
    },
    async standing() {
      const facts = mailbox.messages.map(({ id, labels, raw }) => {
        const shown = [...labels].flatMap((label) => places[label] ?? names.get(label) ?? []);
        const placed = ['INBOX', 'SENT', 'TRASH'].some((label) => labels.has(label));
        return [
          messageKey(id),
          {
            subject: headersIn(raw).find(({ name }) => name.toLowerCase() === 'subject')?.value ?? '',
            flags: marks([...(labels.has('UNREAD') ? [] : ['read']), ...(labels.has('STARRED') ? ['starred'] : [])]),
            labels: marks(placed ? shown : [...shown, 'All Mail']),
          },
        ] as const;
      });
      return { facts: new Map(facts), beside: new Set<string>(), orders: [] };
    },
    sent: async () =>
      mailbox.ledger.of('sent').flatMap(({ subject }) => (subject.startsWith(ownWords) ? [subject] : [])),
    stop: () => google.stop(),
  };
}
