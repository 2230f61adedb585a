import { describe, expect, it } from 'vitest';
import type { MessageView } from '../../../src-shared/ipc/index.ts';
import {
  AccountId,
  asMessageKey,
  asUserKey,
  ConversationId,
  IdentityId,
  MessageId,
  type Recipient,
} from '../../../src-shared/model/index.ts';
import { authorOf } from './author.ts';
import { quoteForAnswer, quoteForForward } from './quote.ts';
import { answerRecipients, identityFor, readMailTo } from './recipients.ts';
import { answerSubject, forwardSubject } from './subject.ts';

const person = (address: string, name = '') => ({
  identity: IdentityId.parse(1),
  person: null,
  key: asUserKey(address),
  name,
  address,
  me: false,
});
const to = (role: Recipient['role'], address: string): Recipient => ({ role, key: asUserKey(address) });
const mail = (over: Partial<MessageView>): MessageView => ({
  id: MessageId.parse(1),
  conversation: ConversationId.parse(1),
  account: AccountId.parse(1),
  key: asMessageKey('m'),
  author: person('ala@example.org', 'Ala Nowak'),
  fromMe: false,
  system: false,
  at: new Date(2026, 10, 20, 15, 4).getTime(),
  subject: 'Tea',
  parts: [{ kind: 'text', format: 'plain', text: 'Shall we?\n> earlier' }],
  attachments: [],
  recipients: [to('to', 'me@example.org')],
  replyTo: null,
  forwardedFrom: null,
  reactions: [],
  flags: {},
  labels: [],
  delivery: null,
  readBy: [],
  edited: null,
  removed: false,
  hasSource: false,
  ...over,
});
const own = new Set(['me@example.org', 'alias@example.org']);
const keys = (recipients: readonly Recipient[]) => recipients.map(({ role, key }) => `${role} ${key}`);

describe('recipients of an answer', () => {
  it('is the author', () => {
    expect(keys(answerRecipients(mail({}), false, own))).toEqual(['to ala@example.org']);
  });
  it('is the Reply-To where the author asked for one', () => {
    const message = mail({ recipients: [to('to', 'me@example.org'), to('reply-to', 'list@example.org')] });
    expect(keys(answerRecipients(message, false, own))).toEqual(['to list@example.org']);
  });
  it('is everyone but oneself when answering all, each once', () => {
    const message = mail({
      recipients: [
        to('to', 'ME@example.org'),
        to('to', 'ola@example.org'),
        to('cc', 'alias@example.org'),
        to('cc', 'jan@example.org'),
        to('cc', 'Ala@example.org'),
      ],
    });
    expect(keys(answerRecipients(message, true, own))).toEqual([
      'to ala@example.org',
      'to ola@example.org',
      'cc jan@example.org',
    ]);
  });
  it('goes on to the same people after a message of one’s own', () => {
    const message = mail({
      fromMe: true,
      author: person('me@example.org'),
      recipients: [to('to', 'ola@example.org'), to('cc', 'jan@example.org')],
    });
    expect(keys(answerRecipients(message, false, own))).toEqual(['to ola@example.org']);
    expect(keys(answerRecipients(message, true, own))).toEqual(['to ola@example.org', 'cc jan@example.org']);
  });
  it('stays when one wrote to oneself alone', () => {
    const message = mail({
      fromMe: true,
      author: person('me@example.org'),
      recipients: [to('to', 'alias@example.org')],
    });
    expect(keys(answerRecipients(message, true, own))).toEqual(['to alias@example.org']);
  });
  it('is sent from the address the message came to', () => {
    const identities = [{ key: asUserKey('me@example.org') }, { key: asUserKey('alias@example.org') }];
    expect(identityFor(mail({ recipients: [to('cc', 'Alias@example.org')] }), identities)).toBe('alias@example.org');
    expect(identityFor(mail({ recipients: [to('to', 'list@example.org')] }), identities)).toBeNull();
  });
});

describe('subjects', () => {
  it.each(['Re: Tea', 'RE: Tea', 'Odp: Tea', 'AW: Tea', 'SV: Tea', 'Re[2]: Tea', 'Re^2: Tea', 'Antw: Tea'])(
    'does not answer %s twice over',
    (subject) => expect(answerSubject(subject)).toBe(subject),
  );
  it.each(['Fwd: Tea', 'FW: Tea', 'PD: Tea', 'WG: Tea', 'TR: Tea'])('does not forward %s twice over', (subject) =>
    expect(forwardSubject(subject)).toBe(subject),
  );
  it('marks what has no mark', () => {
    expect([answerSubject('Tea'), forwardSubject('Re: Tea'), answerSubject('Recipe: Tea'), answerSubject('')]).toEqual([
      'Re: Tea',
      'Fwd: Re: Tea',
      'Re: Recipe: Tea',
      'Re:',
    ]);
  });
});

describe('quotations', () => {
  const mine = { key: asUserKey('@me:example.org'), label: 'Work chat', config: {} };
  const named = { ...mine, identities: [{ key: asUserKey('@me:example.org'), name: 'Maja Kot' }] };
  const nameless = { ...mine, identities: [] };
  const ala = authorOf(mail({}), nameless);

  it('name oneself as one writes there, not by a key', () => {
    const own = mail({ fromMe: true, author: person('@me:example.org', '@me:example.org') });
    expect(authorOf(own, named).name).toBe('Maja Kot');
    expect(authorOf(own, nameless)).toEqual({ name: '', address: '@me:example.org' });
    expect(authorOf(mail({ fromMe: true, author: null }), named).name).toBe('Maja Kot');
    // What the message itself says goes first.
    expect(authorOf(mail({ fromMe: true, author: person('@me:example.org', 'Maja') }), named).name).toBe('Maja');
    expect(quoteForAnswer(own, authorOf(own, named), 'en').text).toContain('Maja Kot <@me:example.org> wrote:');
  });
  it('name somebody else by what is known of them', () => {
    expect(authorOf(mail({ author: person('ala@example.org') }), named)).toEqual({
      name: '',
      address: 'ala@example.org',
    });
    expect(authorOf(mail({ author: null }), named)).toEqual({ name: '', address: '' });
  });
  it('names who wrote when, and quotes a quotation deeper', () => {
    const { text, html } = quoteForAnswer(mail({}), ala, 'en');
    expect(text).toMatch(/^On 20 November 2026.*, Ala Nowak <ala@example\.org> wrote:\n> Shall we\?\n>> earlier$/);
    expect(html).toContain('Ala Nowak &lt;ala@example.org&gt; wrote:');
    expect(html).toContain('<blockquote type="cite">');
  });
  it('speaks Polish to who does', () => {
    expect(quoteForAnswer(mail({}), ala, 'pl').text).toMatch(/^W dniu 20 listopada 2026/);
  });
  it('keeps the header of what is sent on', () => {
    const { text } = quoteForForward(
      mail({ recipients: [to('to', 'me@example.org'), to('cc', 'jan@example.org')] }),
      ala,
      'en',
    );
    expect(text).toContain('From: Ala Nowak <ala@example.org>\n');
    expect(text).toContain('Subject: Tea\nTo: me@example.org\nCc: jan@example.org\n\nShall we?');
  });
});

describe('a mailto address', () => {
  // The first four are examples of RFC 6068 section 6.
  it.each([
    ['mailto:chris@example.com', ['to chris@example.com'], null, ''],
    ['mailto:infobot@example.com?subject=current-issue', ['to infobot@example.com'], 'current-issue', ''],
    [
      'mailto:infobot@example.com?body=send%20current-issue%0D%0Asend%20index',
      ['to infobot@example.com'],
      null,
      'send current-issue\nsend index',
    ],
    [
      'mailto:joe@example.com?cc=bob@example.com&body=hello',
      ['to joe@example.com', 'cc bob@example.com'],
      null,
      'hello',
    ],
    ['mailto:?to=joe@example.com,bob@example.com', ['to joe@example.com', 'to bob@example.com'], null, ''],
    ['mailto:gorby%25kremvax@example.com', ['to gorby%kremvax@example.com'], null, ''],
    ['"Nowak, Ala" <ala@example.org>; jan@example.org', ['to ala@example.org', 'to jan@example.org'], null, ''],
    ['no address here', [], null, ''],
    ['mailto:a%zz@example.org?subject=%', ['to a%zz@example.org'], '%', ''],
  ])('%s is read', (text, recipients, subject, body) => {
    const read = readMailTo(text);
    expect([keys(read.recipients), read.subject, read.body]).toEqual([recipients, subject, body]);
  });
});
