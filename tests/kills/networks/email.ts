import { messageKeyOf } from '../../../adapters/_kit/mail/index.ts';
import { asUserKey } from '../../../src-shared/model/index.ts';
import { ann, answerFor, bob, letter, users } from '../../integration/email/mailbox.ts';
import { startMailServer } from '../../servers/mail.ts';
import { marks } from '../here.ts';
import { composition, type Network, ownWords } from '../network.ts';

/** Of an IMAP server nobody counts requests: one for so many milliseconds is near enough. */
const requestMs = 10;

/** A mailbox on Dovecot and OpenSMTPD: letters come, are read, flagged, and gone for good. */
export async function email(messages: number): Promise<Network> {
  const server = await startMailServer({ users });
  await server.deliverAll(
    ann,
    Array.from({ length: messages }, (_, n) => letter({ id: `old-${n}@example.test`, subject: `Old ${n}` })),
  );
  const ids: string[] = [];
  /** One line for each message, a field for each name. */
  const fetch = async (
    user: string,
    ...names: readonly string[]
  ): Promise<readonly Readonly<Record<string, string>>[]> => {
    const found = await server.doveadm('-f', 'json', 'fetch', '-u', user, names.join(' '), 'ALL');
    return JSON.parse(found.trim() || '[]');
  };
  return {
    async logIn(hub) {
      let view = await hub.call('login.start', { channel: 'email' });
      while (view.step)
        view = await hub.call('login.answer', { login: view.login, answers: answerFor(server)(view.step) });
      if (view.account === null) throw new Error(view.error ?? 'there is no account');
      return view.account;
    },
    async happen(luck) {
      const draw = luck.next();
      const id = ids.at(-luck.between(1, 20));
      const among = ['-u', ann];
      const which = ['mailbox', 'INBOX', 'header', 'message-id', id ?? ''];
      if (id === undefined || draw < 0.75) {
        const news = `news-${ids.length}@example.test`;
        await server.deliver(ann, letter({ id: news, subject: `News ${ids.length}` }));
        ids.push(news);
      } else if (draw < 0.85) await server.doveadm('flags', 'add', ...among, '\\Seen', ...which);
      else if (draw < 0.9) await server.doveadm('flags', 'remove', ...among, '\\Seen', ...which);
      else if (draw < 0.95) await server.doveadm('flags', 'add', ...among, '\\Flagged', ...which);
      else await server.doveadm('expunge', ...among, ...which);
    },
    letter: async (_hub, account, text) =>
      composition(account, 'Once only.', { recipients: [{ role: 'to', key: asUserKey(bob) }], subject: text }),
    get asked() {
      return Math.floor(performance.now() / requestMs);
    },
    cannotTell: true,
    async standing() {
      const found = await fetch(ann, 'mailbox', 'flags', 'hdr.message-id', 'hdr.date', 'hdr.subject');
      const facts = found.map((one) => {
        const messageId = /<(.+)>/.exec(one['hdr.message-id'] ?? '')?.[1] ?? '';
        const flags = one.flags ?? '';
        return [
          messageKeyOf(messageId, Date.parse(one['hdr.date'] ?? '')),
          {
            subject: one['hdr.subject'] ?? '',
            flags: marks([
              ...(flags.includes('\\Seen') ? ['read'] : []),
              ...(flags.includes('\\Flagged') ? ['starred'] : []),
            ]),
            labels: one.mailbox === 'INBOX' ? 'Inbox' : (one.mailbox ?? ''),
          },
        ] as const;
      });
      return { facts: new Map<string, (typeof facts)[number][1]>(facts), beside: new Set<string>(), orders: [] };
    },
    async sent() {
      const found = await fetch(bob, 'hdr.subject');
      return found.flatMap((one) => {
        const subject = one['hdr.subject'] ?? '';
        return subject.startsWith(ownWords) ? [subject] : [];
      });
    },
    stop: () => server.stop(),
  };
}
