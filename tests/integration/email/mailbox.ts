import type { LoginAnswers, LoginDone, LoginStep } from '../../../src-shared/channel.ts';
import { asUserKey } from '../../../src-shared/model/index.ts';
import type { MailServer } from '../../servers/mail.ts';

export const ann = 'ann@example.test';
export const bob = 'bob@example.test';
export const users = { [ann]: 'secret', [bob]: 'hunter2' };

/** What a person would type to add Ann's mailbox on the test server. */
export const answerFor =
  (server: MailServer, change: LoginAnswers = {}) =>
  (step: LoginStep): LoginAnswers => {
    switch (step.id) {
      case 'address':
        return { address: ann, name: 'Ann Example', ...change };
      case 'settings':
        return {
          password: users[ann],
          imapHost: '127.0.0.1',
          imapPort: String(server.ports.imap),
          imapSecurity: 'none',
          imapUser: ann,
          smtpHost: '127.0.0.1',
          smtpPort: String(server.ports.submission),
          smtpSecurity: 'none',
          smtpUser: ann,
          ...change,
        };
      default:
        return change;
    }
  };

/** The account such a login ends in, without the login. Polls other folders often, so that tests need not wait. */
export function accountOn(ports: { imap: number; submission: number }, change: object = {}): LoginDone {
  return {
    account: {
      key: asUserKey(ann),
      label: ann,
      identities: [{ key: asUserKey(ann), name: 'Ann Example' }],
      config: {
        imap: { host: '127.0.0.1', port: ports.imap, security: 'none', user: ann },
        smtp: { host: '127.0.0.1', port: ports.submission, security: 'none', user: ann },
        auth: 'password',
        savesSent: false,
        pollMs: 200,
        ...change,
      },
    },
    secrets: { password: users[ann] },
  };
}

let count = 0;
export interface Letter {
  readonly id?: string;
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly at?: Date;
  readonly references?: readonly string[];
  readonly inReplyTo?: string;
  readonly more?: string;
}
/** A plain letter, RFC 5322; its Message-ID is new unless given. */
export function letter(options: Letter = {}): string {
  count += 1;
  const at = options.at ?? new Date(Date.UTC(2026, 9, 1) + count * 60_000);
  const lines = [
    `From: ${options.from ?? 'Bob Example <bob@example.test>'}`,
    `To: ${options.to ?? `Ann Example <${ann}>`}`,
    `Subject: ${options.subject ?? `Letter ${count}`}`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${options.id ?? `letter-${count}@example.test`}>`,
    ...(options.references ? [`References: ${options.references.map((id) => `<${id}>`).join(' ')}`] : []),
    ...(options.inReplyTo ? [`In-Reply-To: <${options.inReplyTo}>`] : []),
    'MIME-Version: 1.0',
    ...(options.more
      ? [options.more]
      : ['Content-Type: text/plain; charset=utf-8', '', options.text ?? `Words of letter ${count}.`]),
    '',
  ];
  return lines.join('\r\n');
}
