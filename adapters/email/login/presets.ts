import type { ServerConfig } from '../config.ts';

/** A server as found: the user name comes later. */
export type Server = Pick<ServerConfig, 'host' | 'port' | 'security'>;
/** What is known of a provider, and what a person needs to be told. */
export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly domains: readonly string[];
  /** Ends of MX host names by which a company's own domain is known to be kept there. */
  readonly mx?: readonly string[];
  readonly imap: Server;
  readonly smtp: Server;
  readonly savesSent?: boolean;
  readonly auth?: 'password' | 'token';
  /** What the secret is called there. */
  readonly secret?: string;
  /** Where it is made or what must be switched on first. */
  readonly help?: string;
}

const tls = (host: string, port: number): Server => ({ host, port, security: 'tls' });
const starttls = (host: string, port: number): Server => ({ host, port, security: 'starttls' });
const appPassword = 'App password';

/**
 * Hosts as the providers publish them (most also in nodemailer's list of services or Mozilla's ISPDB). Ports prefer TLS
 * from the first byte, as RFC 8314 advises.
 */
export const presets: readonly Preset[] = [
  {
    id: 'gmail',
    name: 'Gmail',
    domains: ['gmail.com', 'googlemail.com'],
    mx: ['google.com', 'googlemail.com'],
    imap: tls('imap.gmail.com', 993),
    smtp: tls('smtp.gmail.com', 465),
    savesSent: true,
    secret: appPassword,
    help: 'Google wants an app password of 16 letters: switch on 2-Step Verification, then make one at https://myaccount.google.com/apppasswords.',
  },
  {
    id: 'outlook',
    name: 'Outlook.com',
    domains: [
      'outlook.com',
      'hotmail.com',
      'live.com',
      'msn.com',
      'outlook.de',
      'outlook.fr',
      'hotmail.co.uk',
      'hotmail.fr',
      'hotmail.de',
      'hotmail.it',
      'live.co.uk',
      'live.fr',
      'live.nl',
    ],
    imap: tls('outlook.office365.com', 993),
    smtp: starttls('smtp-mail.outlook.com', 587),
    savesSent: true,
    auth: 'token',
    secret: 'Access token',
    help: 'Microsoft no longer takes passwords here: paste an OAuth access token with IMAP.AccessAsUser.All and SMTP.Send. Switch on IMAP in the Outlook.com settings, under Mail, Forwarding and IMAP.',
  },
  {
    id: 'microsoft365',
    name: 'Microsoft 365',
    domains: [],
    mx: ['mail.protection.outlook.com', 'mx.microsoft'],
    imap: tls('outlook.office365.com', 993),
    smtp: starttls('smtp.office365.com', 587),
    savesSent: true,
    auth: 'token',
    secret: 'Access token',
    help: 'Microsoft no longer takes passwords here: paste an OAuth access token with IMAP.AccessAsUser.All and SMTP.Send. Your administrator decides whether IMAP and SMTP are switched on.',
  },
  {
    id: 'yahoo',
    name: 'Yahoo Mail',
    domains: [
      'yahoo.com',
      'ymail.com',
      'rocketmail.com',
      'yahoo.co.uk',
      'yahoo.de',
      'yahoo.fr',
      'yahoo.it',
      'yahoo.es',
      'yahoo.ca',
      'yahoo.in',
      'yahoo.co.in',
      'yahoo.com.br',
      'yahoo.com.au',
      'yahoo.pl',
      'myyahoo.com',
    ],
    mx: ['yahoodns.net'],
    imap: tls('imap.mail.yahoo.com', 993),
    smtp: tls('smtp.mail.yahoo.com', 465),
    savesSent: true,
    secret: appPassword,
    help: 'Yahoo wants an app password: Account info, Account security, “Generate app password” at https://login.yahoo.com/account/security.',
  },
  {
    id: 'aol',
    name: 'AOL Mail',
    domains: ['aol.com', 'aim.com', 'aol.de', 'aol.co.uk', 'aol.fr'],
    imap: tls('imap.aol.com', 993),
    smtp: tls('smtp.aol.com', 465),
    savesSent: true,
    secret: appPassword,
    help: 'AOL wants an app password: Account security, “Generate app password” at https://login.aol.com/account/security.',
  },
  {
    id: 'icloud',
    name: 'iCloud Mail',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    mx: ['mail.icloud.com'],
    imap: tls('imap.mail.me.com', 993),
    smtp: starttls('smtp.mail.me.com', 587),
    secret: 'App-specific password',
    help: 'Apple wants an app-specific password: Sign-In and Security, App-Specific Passwords at https://account.apple.com.',
  },
  {
    id: 'fastmail',
    name: 'Fastmail',
    domains: [
      'fastmail.com',
      'fastmail.fm',
      'fastmail.net',
      'fastmail.org',
      'messagingengine.com',
      'sent.com',
      'fastmail.de',
    ],
    mx: ['messagingengine.com'],
    imap: tls('imap.fastmail.com', 993),
    smtp: tls('smtp.fastmail.com', 465),
    secret: appPassword,
    help: 'Fastmail wants an app password with access to mail: Settings, Privacy & Security, Manage app passwords.',
  },
  {
    id: 'proton',
    name: 'Proton Mail (Bridge)',
    domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
    mx: ['protonmail.ch'],
    imap: starttls('127.0.0.1', 1143),
    smtp: starttls('127.0.0.1', 1025),
    savesSent: true,
    secret: 'Bridge password',
    help: 'Proton Mail needs its Bridge program running on this machine (part of the paid plans). Use the password the Bridge shows for this mailbox, not the one of your account.',
  },
  {
    id: 'gmx',
    name: 'GMX',
    domains: ['gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch', 'gmx.eu', 'gmx.org', 'gmx.info'],
    imap: tls('imap.gmx.net', 993),
    smtp: tls('mail.gmx.net', 465),
    help: 'First switch on “POP3/IMAP access” in the GMX settings. With two-factor login you also need an application password.',
  },
  {
    id: 'gmx-com',
    name: 'GMX',
    domains: ['gmx.com', 'gmx.us', 'gmx.co.uk', 'gmx.fr'],
    imap: tls('imap.gmx.com', 993),
    smtp: tls('mail.gmx.com', 465),
    help: 'First switch on “POP3 & IMAP” in the GMX settings. With two-factor login you also need an application password.',
  },
  {
    id: 'web.de',
    name: 'WEB.DE',
    domains: ['web.de', 'email.de'],
    imap: tls('imap.web.de', 993),
    smtp: tls('smtp.web.de', 465),
    help: 'First switch on “POP3/IMAP” in the WEB.DE settings. With two-factor login you also need an application password.',
  },
  {
    id: 't-online',
    name: 'Telekom Mail',
    domains: ['t-online.de', 'magenta.de'],
    imap: tls('secureimap.t-online.de', 993),
    smtp: tls('securesmtp.t-online.de', 465),
    secret: 'E-mail password',
    help: 'Telekom has a password for mail programs of its own: make it in the customer centre under “Passwörter”.',
  },
  {
    id: 'zoho',
    name: 'Zoho Mail',
    domains: ['zoho.com', 'zohomail.com'],
    mx: ['zoho.com'],
    imap: tls('imap.zoho.com', 993),
    smtp: tls('smtp.zoho.com', 465),
    savesSent: true,
    help: 'First switch on IMAP in the Zoho Mail settings. With two-factor login make an app-specific password at https://accounts.zoho.com.',
  },
  {
    id: 'zoho-eu',
    name: 'Zoho Mail (Europe)',
    domains: ['zoho.eu', 'zohomail.eu'],
    mx: ['zoho.eu'],
    imap: tls('imap.zoho.eu', 993),
    smtp: tls('smtp.zoho.eu', 465),
    savesSent: true,
    help: 'First switch on IMAP in the Zoho Mail settings. With two-factor login make an app-specific password at https://accounts.zoho.eu.',
  },
  {
    id: 'mailbox.org',
    name: 'mailbox.org',
    domains: ['mailbox.org'],
    mx: ['mailbox.org'],
    imap: tls('imap.mailbox.org', 993),
    smtp: tls('smtp.mailbox.org', 465),
  },
  {
    id: 'posteo',
    name: 'Posteo',
    domains: ['posteo.de', 'posteo.net', 'posteo.eu', 'posteo.at', 'posteo.ch', 'posteo.org'],
    imap: tls('posteo.de', 993),
    smtp: tls('posteo.de', 465),
  },
  {
    id: 'ionos',
    name: 'IONOS',
    domains: ['online.de', 'onlinehome.de'],
    mx: ['kundenserver.de', 'ionos.de'],
    imap: tls('imap.ionos.de', 993),
    smtp: tls('smtp.ionos.de', 465),
  },
  {
    id: 'wp',
    name: 'WP Poczta',
    domains: ['wp.pl'],
    imap: tls('imap.wp.pl', 993),
    smtp: tls('smtp.wp.pl', 465),
    help: 'First switch on access for mail programs in the WP settings (Ustawienia, Programy pocztowe).',
  },
  {
    id: 'onet',
    name: 'Onet Poczta',
    domains: [
      'onet.pl',
      'onet.eu',
      'op.pl',
      'poczta.onet.pl',
      'poczta.onet.eu',
      'vp.pl',
      'spoko.pl',
      'onet.com.pl',
      'autograf.pl',
      'buziaczek.pl',
      'amorki.pl',
    ],
    imap: tls('imap.poczta.onet.pl', 993),
    smtp: tls('smtp.poczta.onet.pl', 465),
    help: 'First switch on access for mail programs in the Onet settings; with two-step login you also need a password for applications.',
  },
  {
    id: 'interia',
    name: 'Interia Poczta',
    domains: [
      'interia.pl',
      'interia.eu',
      'interia.com',
      'poczta.fm',
      'intmail.pl',
      'vip.interia.pl',
      'pisz.to',
      'ogarnij.se',
      'adresik.net',
    ],
    imap: tls('poczta.interia.pl', 993),
    smtp: tls('poczta.interia.pl', 465),
    help: 'First switch on access for mail programs in the Interia settings (Ustawienia, Programy zewnętrzne).',
  },
  {
    id: 'o2',
    name: 'o2 Poczta',
    domains: ['o2.pl', 'tlen.pl', 'go2.pl', 'prokonto.pl'],
    imap: tls('poczta.o2.pl', 993),
    smtp: tls('poczta.o2.pl', 465),
    help: 'First switch on access for mail programs in the o2 settings (Ustawienia, Programy pocztowe).',
  },
  {
    id: 'yandex',
    name: 'Yandex Mail',
    domains: ['yandex.ru', 'yandex.com', 'ya.ru'],
    mx: ['yandex.net', 'yandex.ru'],
    imap: tls('imap.yandex.com', 993),
    smtp: tls('smtp.yandex.com', 465),
    savesSent: true,
    secret: appPassword,
    help: 'First allow mail programs in the Yandex Mail settings, then make an app password at https://id.yandex.com/security/app-passwords.',
  },
  {
    id: 'mail.ru',
    name: 'Mail.ru',
    domains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru', 'internet.ru'],
    imap: tls('imap.mail.ru', 993),
    smtp: tls('smtp.mail.ru', 465),
    secret: appPassword,
    help: 'Mail.ru wants a password for external applications: Settings, Security, Passwords for external applications.',
  },
  {
    id: 'migadu',
    name: 'Migadu',
    domains: [],
    mx: ['migadu.com'],
    imap: tls('imap.migadu.com', 993),
    smtp: tls('smtp.migadu.com', 465),
  },
  {
    id: 'runbox',
    name: 'Runbox',
    domains: ['runbox.com'],
    mx: ['runbox.com'],
    imap: tls('mail.runbox.com', 993),
    smtp: tls('mail.runbox.com', 465),
  },
  {
    id: 'hostinger',
    name: 'Hostinger',
    domains: [],
    mx: ['hostinger.com'],
    imap: tls('imap.hostinger.com', 993),
    smtp: tls('smtp.hostinger.com', 465),
  },
  {
    id: 'ovh',
    name: 'OVHcloud',
    domains: [],
    mx: ['mail.ovh.net', 'ovh.net'],
    imap: tls('ssl0.ovh.net', 993),
    smtp: tls('ssl0.ovh.net', 465),
  },
];

export const presetOfDomain = (domain: string): Preset | undefined =>
  presets.find(({ domains }) => domains.includes(domain));
/** By the host names that take mail for a domain. */
export const presetOfMx = (hosts: readonly string[]): Preset | undefined =>
  presets.find(({ mx }) =>
    mx?.some((end) => hosts.some((host) => host.toLowerCase() === end || host.toLowerCase().endsWith(`.${end}`))),
  );
