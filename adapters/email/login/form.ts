import { domainToASCII } from 'node:url';
import type { AccountDescription, LoginAnswers, LoginField } from '../../../src-shared/channel.ts';
import { asUserKey, type UserKey } from '../../../src-shared/model/index.ts';
import { parseAddresses } from '../../_kit/mail/index.ts';
import { type EmailConfig, isLoopback, type ServerConfig } from '../config.ts';
import type { Found } from './discover.ts';

/** Everything the forms ask for, as typed so far. */
export interface Draft {
  readonly address: string;
  readonly name: string;
  /** Further from-addresses, as one line of mailboxes. */
  readonly others: string;
  readonly auth: EmailConfig['auth'];
  readonly imap: ServerConfig;
  readonly smtp: ServerConfig;
  readonly provider: string | undefined;
  readonly savesSent: boolean;
}

/** The address with its domain in lower-case ASCII (RFC 5891), or undefined when it is none. */
export function readAddress(text: string): string | undefined {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  const domain = domainToASCII(trimmed.slice(at + 1).toLowerCase());
  const local = trimmed.slice(0, at);
  return at > 0 && domain !== '' && !/[\s<>",;]/.test(local) ? `${local}@${domain}` : undefined;
}

export const draftFrom = (address: string, name: string, found: Found): Draft => ({
  address,
  name,
  others: '',
  auth: found.preset?.auth ?? 'password',
  imap: found.imap,
  smtp: found.smtp,
  provider: found.preset?.id,
  savesSent: found.preset?.savesSent ?? false,
});
export function draftOf(account: AccountDescription, config: EmailConfig): Draft {
  const [first, ...others] = account.identities;
  return {
    address: first?.key ?? account.key,
    name: first?.name ?? '',
    others: others.map(({ key, name }) => (name ? `${name} <${key}>` : key)).join(', '),
    auth: config.auth,
    imap: config.imap,
    smtp: config.smtp,
    provider: config.provider,
    savesSent: config.savesSent,
  };
}

const securities = [
  { value: 'tls', label: 'TLS from the start' },
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'none', label: 'None (this machine only)' },
] as const;

/** `sure`: the settings come from a source that is rarely wrong, so they stay folded away. */
export function settingsFields(
  draft: Draft,
  secretLabel: string,
  help: string | undefined,
  sure: boolean,
): LoginField[] {
  const server = (id: 'imap' | 'smtp', word: string): LoginField[] => {
    const { host, port, security, user } = draft[id];
    return [
      { id: `${id}Host`, label: `${word} server`, type: 'text', value: host, required: true, advanced: sure },
      { id: `${id}Port`, label: `${word} port`, type: 'number', value: String(port), required: true, advanced: sure },
      {
        id: `${id}Security`,
        label: `${word} encryption`,
        type: 'select',
        options: securities,
        value: security,
        advanced: sure,
      },
      { id: `${id}User`, label: `${word} user name`, type: 'text', value: user, required: true, advanced: sure },
    ];
  };
  return [
    { id: 'password', label: secretLabel, type: 'password', required: true, ...(help === undefined ? {} : { help }) },
    { id: 'name', label: 'Your name, as others see it', type: 'text', value: draft.name, advanced: true },
    {
      id: 'others',
      label: 'Further addresses you write from',
      type: 'text',
      value: draft.others,
      help: 'Separated by commas; each may have a name: “Ann Other <ann@example.org>”.',
      advanced: true,
    },
    {
      id: 'auth',
      label: 'Log in with',
      type: 'select',
      options: [
        { value: 'password', label: 'Password or app password' },
        { value: 'token', label: 'OAuth access token' },
      ],
      value: draft.auth,
      advanced: true,
    },
    ...server('imap', 'Incoming'),
    ...server('smtp', 'Outgoing'),
    {
      id: 'savesSent',
      label: 'The provider files sent mail under Sent by itself',
      type: 'checkbox',
      value: draft.savesSent ? 'true' : 'false',
      advanced: true,
    },
  ];
}

/** The form with the answers in it, or a sentence naming the field that cannot be so. Fields left out keep their value. */
export function readSettings(draft: Draft, answers: LoginAnswers): Draft | string {
  const server = (id: 'imap' | 'smtp', word: string): ServerConfig | string => {
    const former = draft[id];
    const host =
      domainToASCII((answers[`${id}Host`] ?? former.host).trim().replace(/\.$/, '')) ||
      (answers[`${id}Host`] ?? '').trim();
    if (!host || /[\s/@]/.test(host)) return `The ${word} server “${host}” is no name of a server.`;
    const port = Number(answers[`${id}Port`] ?? former.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      return `The ${word} port must be a number from 1 to 65535.`;
    const security = securities.find(({ value }) => value === (answers[`${id}Security`] ?? former.security))?.value;
    if (!security) return `The ${word} encryption must be one of those offered.`;
    if (security === 'none' && !isLoopback(host))
      return `The ${word} server must be reached with encryption: without it is only allowed on this machine itself.`;
    const user = (answers[`${id}User`] ?? former.user).trim();
    if (!user) return `The ${word} user name is missing.`;
    const samePlace = host === former.host && port === former.port;
    return { host, port, security, user, ...(samePlace && former.pin !== undefined ? { pin: former.pin } : {}) };
  };
  const imap = server('imap', 'incoming');
  if (typeof imap === 'string') return imap;
  const smtp = server('smtp', 'outgoing');
  if (typeof smtp === 'string') return smtp;
  const others = answers.others ?? draft.others;
  const bad = parseAddresses(others).find(({ address }) => readAddress(address) === undefined);
  if (bad) return `“${bad.address || bad.name}” is no address.`;
  return {
    ...draft,
    name: (answers.name ?? draft.name).trim(),
    others,
    auth: (answers.auth ?? draft.auth) === 'token' ? 'token' : 'password',
    imap,
    smtp,
    savesSent: (answers.savesSent ?? String(draft.savesSent)) === 'true',
  };
}

export function identitiesOf(draft: Draft): { key: UserKey; name?: string }[] {
  const boxes = [{ address: draft.address, name: draft.name }, ...parseAddresses(draft.others)];
  const named = new Map(boxes.map(({ address, name }) => [readAddress(address)?.toLowerCase() ?? '', name] as const));
  named.delete('');
  return [...named].map(([key, name]) => ({
    key: asUserKey(key),
    ...(name || draft.name ? { name: name || draft.name } : {}),
  }));
}
export const configOf = (draft: Draft): EmailConfig => ({
  imap: draft.imap,
  smtp: draft.smtp,
  auth: draft.auth,
  savesSent: draft.savesSent,
  pollMs: 60_000,
  ...(draft.provider === undefined ? {} : { provider: draft.provider }),
});
