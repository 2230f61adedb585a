import type { Composition, MessageView, Output, Parsed } from '../../../src-shared/ipc/index.ts';
import {
  type AccountId,
  type ConversationId,
  mediaOf,
  type Part,
  type SendLimits,
  type UserKey,
} from '../../../src-shared/model/index.ts';
import type { Store } from '../../store/api.ts';
import type { Directory } from '../accounts/directory.ts';
import { CallError, notFound } from '../errors.ts';
import { readSettings } from '../settings/settings.ts';
import type { Supervisor } from '../supervisor/index.ts';
import { authorOf } from './author.ts';
import { languageOf, quoteForAnswer, quoteForForward, textOf } from './quote.ts';
import { answerRecipients, identityFor, readMailTo } from './recipients.ts';
import { answerSubject, forwardSubject } from './subject.ts';

type Started = Output<'compose.start'>;

/** The starting point of everything one can write. */
export class Starter {
  readonly #store: Store;
  readonly #directory: Directory;
  readonly #supervisor: Supervisor;

  constructor(store: Store, directory: Directory, supervisor: Supervisor) {
    this.#store = store;
    this.#directory = directory;
    this.#supervisor = supervisor;
  }

  async start(input: Parsed<'compose.start'>): Promise<Started> {
    if (input.kind === 'new') return this.#anew(input);
    const message = await this.#about(input);
    if (message.removed) throw notFound('The message');
    return input.kind === 'forward' ? this.#forward(message, input.account) : this.#answer(message, input.kind);
  }

  async #anew(input: Parsed<'compose.start'>): Promise<Started> {
    const conversation = input.conversation ?? null;
    const found = conversation === null ? null : await this.#store.query('conversation', { conversation });
    const account = found?.account ?? input.account ?? (await this.#anyAccount());
    const { row, limits } = await this.#directory.of(account, conversation);
    const to = readMailTo(input.to ?? '');
    const signature = await this.#signature(limits, row.description.identities[0]?.key ?? row.description.key);
    return {
      ...empty(account, conversation, limits),
      recipients: [...to.recipients],
      subject: limits.subject ? (to.subject ?? '') : null,
      text: to.body === '' ? signature : `${to.body}${signature}`,
      quoted: null,
    };
  }

  async #answer(message: MessageView, kind: 'reply' | 'reply-all'): Promise<Started> {
    const { row, limits } = await this.#directory.of(message.account, message.conversation);
    const { identities, key } = row.description;
    const own = new Set([key, ...identities.map((each) => each.key)].map((each) => each.toLowerCase()));
    const { language } = await readSettings(this.#store);
    const from = identityFor(message, identities);
    return {
      ...empty(message.account, message.conversation, limits),
      from,
      recipients: limits.recipients ? [...answerRecipients(message, kind === 'reply-all', own)] : [],
      subject: limits.subject ? answerSubject(message.subject ?? '') : null,
      text: await this.#signature(limits, from ?? identities[0]?.key ?? key),
      replyTo: message.id,
      quoted:
        limits.style === 'mail'
          ? quoteForAnswer(message, authorOf(message, row.description), languageOf(language))
          : null,
    };
  }

  async #forward(message: MessageView, chosen: AccountId | undefined): Promise<Started> {
    const account = chosen ?? message.account;
    const { row, limits } = await this.#directory.of(account, null);
    const { language } = await readSettings(this.#store);
    const carried = message.parts.filter(canCarry);
    const { identities, key } = row.description;
    const from = account === message.account ? identityFor(message, identities) : null;
    const { row: owner } = await this.#directory.of(message.account, null);
    return {
      ...empty(account, null, limits),
      from,
      subject: limits.subject ? forwardSubject(message.subject ?? '') : null,
      text:
        limits.style === 'mail' ? await this.#signature(limits, from ?? identities[0]?.key ?? key) : textOf(message),
      parts: carried,
      forwards: message.id,
      quoted:
        limits.style === 'mail'
          ? quoteForForward(message, authorOf(message, owner.description), languageOf(language))
          : null,
    };
  }

  /** The message named, or the newest of the conversation named. */
  async #about(input: Parsed<'compose.start'>): Promise<MessageView> {
    if (input.message) {
      const message = await this.#store.query('message', { message: input.message });
      if (!message) throw notFound('The message');
      return message;
    }
    if (!input.conversation) throw new CallError('invalid-input', 'An answer needs a message or a conversation.');
    const page = await this.#store.query('conversation.page', { conversation: input.conversation, limit: 20 });
    const newest = page.messages.findLast((message) => !message.removed && !message.system);
    if (!newest) throw notFound('The message');
    return newest;
  }

  /** The first account that can send at all, one that is connected before one that is not. */
  async #anyAccount(): Promise<AccountId> {
    const runners = this.#supervisor.all();
    const connected = runners.filter((runner) => runner.state.is === 'online');
    for (const { row } of [...connected, ...runners]) {
      const { limits } = await this.#directory.of(row.id, null);
      if (Object.values(limits.formats).some((level) => level === 'full')) return row.id;
    }
    throw new CallError('no-account', 'There is no account to write from. Add one first.');
  }

  async #signature(limits: SendLimits, from: UserKey): Promise<string> {
    if (limits.style !== 'mail') return '';
    const settings = await readSettings(this.#store);
    const signature = settings.signatures[from.replace(/^mailto:/, '').toLowerCase()] ?? settings.signature;
    // "-- " alone on a line: everything below is a signature (RFC 3676 section 4.3).
    return signature.trim() === '' ? '' : `\n\n-- \n${signature}`;
  }
}

/** What of a message can be sent on: whatever is not its text nor about its own journey. */
const canCarry = (part: Part): boolean =>
  part.kind === 'secured' || part.kind === 'calendar-event' || part.kind === 'unsupported'
    ? mediaOf(part).length > 0
    : !['text', 'link-preview', 'system', 'call', 'story', 'form'].includes(part.kind);

function empty(account: AccountId, conversation: ConversationId | null, limits: SendLimits): Composition {
  const rich = limits.formats.html === 'full' || limits.formats.markdown === 'full';
  return {
    account,
    conversation,
    from: null,
    recipients: [],
    subject: null,
    text: '',
    format: rich ? 'markdown' : 'plain',
    parts: [],
    replyTo: null,
    forwards: null,
  };
}
