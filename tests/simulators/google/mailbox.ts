import { createHash } from 'node:crypto';
import { Ledger, me, type NetworkTime } from '../_base/index.ts';
import { type Header, headersIn, payloadOf, writeHeader } from '../_base/mime.ts';

/** What Gmail keeps of one message. */
export interface StoredMessage {
  readonly id: string;
  readonly threadId: string;
  readonly labels: Set<string>;
  /** RFC 5322. */
  readonly raw: Buffer;
  /** Unix ms. */
  readonly internalDate: number;
  historyId: number;
}
export interface StoredLabel {
  readonly id: string;
  readonly name: string;
  readonly type: 'system' | 'user';
}
type Change = 'messagesAdded' | 'messagesDeleted' | 'labelsAdded' | 'labelsRemoved';
export interface HistoryRecord {
  readonly id: number;
  readonly change: Change;
  readonly message: { readonly id: string; readonly threadId: string; readonly labelIds: readonly string[] };
  readonly labelIds: readonly string[];
}
/** What the ledger holds under `sent`, `draft`, `deleted` and `labels`. */
export interface Accepted {
  readonly id: string;
  readonly threadId: string;
  readonly subject: string;
  readonly headers: readonly Header[];
  readonly labels: readonly string[];
}

/** System labels a mailbox has from the start; those of `fixed` cannot be put on or taken off by hand. */
const systemLabels = [
  'INBOX',
  'SENT',
  'DRAFT',
  'TRASH',
  'SPAM',
  'UNREAD',
  'STARRED',
  'IMPORTANT',
  'CHAT',
  'CATEGORY_PERSONAL',
  'CATEGORY_SOCIAL',
  'CATEGORY_PROMOTIONS',
  'CATEGORY_UPDATES',
  'CATEGORY_FORUMS',
];
const fixed = new Set(['SENT', 'DRAFT', 'CHAT']);

/** Refused, in the words of Google's error model (https://cloud.google.com/apis/design/errors). */
export class Refused extends Error {
  readonly status: number;
  readonly reason: string;
  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

/** One mailbox and everything that ever happened to it. */
export class Mailbox {
  readonly address = me.email;
  readonly ledger: Ledger<Accepted>;
  readonly sendAs: {
    sendAsEmail: string;
    displayName: string;
    isPrimary: boolean;
    isDefault?: boolean;
    verificationStatus?: string;
  }[];
  readonly #time: NetworkTime;
  readonly #messages = new Map<string, StoredMessage>();
  readonly #labels = new Map<string, StoredLabel>();
  readonly #drafts = new Map<string, string>();
  readonly #history: HistoryRecord[] = [];
  readonly #uploads = new Map<string, string>();
  #historyId = 1000;
  /** History before this is gone; asking for it is a 404. */
  #forgotten = 0;
  #serial = 0;

  constructor(time: NetworkTime) {
    this.#time = time;
    this.ledger = new Ledger(time.now);
    this.sendAs = [
      { sendAsEmail: me.email, displayName: me.name, isPrimary: true, isDefault: true },
      {
        sendAsEmail: 'site@northwind.example',
        displayName: 'Site office',
        isPrimary: false,
        verificationStatus: 'accepted',
      },
    ];
    for (const id of systemLabels) this.#labels.set(id, { id, name: id, type: 'system' });
  }

  get historyId(): number {
    return this.#historyId;
  }
  /** Newest first, as `messages.list` tells them. */
  get messages(): readonly StoredMessage[] {
    return [...this.#messages.values()].toSorted((a, b) => b.internalDate - a.internalDate || (a.id < b.id ? 1 : -1));
  }
  get labels(): readonly StoredLabel[] {
    return [...this.#labels.values()];
  }
  get drafts(): readonly { id: string; message: StoredMessage }[] {
    return [...this.#drafts].flatMap(([id, held]) => {
      const message = this.#messages.get(held);
      return message ? [{ id, message }] : [];
    });
  }
  message(id: string): StoredMessage {
    const found = this.#messages.get(id);
    if (!found) throw new Refused(404, 'notFound', 'Requested entity was not found.');
    return found;
  }

  /** Somebody's message arrives, or lies there from the start (`at`). Without `thread` it begins one. */
  deliver(raw: Buffer, options: { labels: readonly string[]; at?: number; thread?: string }): StoredMessage {
    return this.#add(raw, options.labels, options.at ?? this.#time.tick(), options.thread);
  }
  createLabel(name: string): StoredLabel {
    if (this.labels.some((label) => label.name.toLowerCase() === name.toLowerCase()))
      throw new Refused(409, 'aborted', 'Label name exists or conflicts');
    const label: StoredLabel = { id: `Label_${this.#labels.size}`, name, type: 'user' };
    this.#labels.set(label.id, label);
    return label;
  }

  /** Under another name; the history does not say a word of it. */
  renameLabel(id: string, name: string): void {
    const label = this.#labels.get(id);
    if (label) this.#labels.set(id, { ...label, name });
  }
  /** Takes a label away, and off every message; the history does not say a word of it. */
  deleteLabel(id: string): void {
    this.#labels.delete(id);
    for (const { labels } of this.#messages.values()) labels.delete(id);
  }

  modify(id: string, add: readonly string[], remove: readonly string[]): StoredMessage {
    const message = this.message(id);
    for (const label of [...add, ...remove]) {
      if (!this.#labels.has(label)) throw new Refused(400, 'invalidArgument', `labelId not found: ${label}`);
      if (fixed.has(label)) throw new Refused(400, 'invalidArgument', `Cannot modify label: ${label}`);
    }
    const added = add.filter((label) => !message.labels.has(label));
    const removed = remove.filter((label) => message.labels.has(label) && !add.includes(label));
    for (const label of added) message.labels.add(label);
    for (const label of removed) message.labels.delete(label);
    if (added.length > 0) this.#note('labelsAdded', message, added);
    if (removed.length > 0) this.#note('labelsRemoved', message, removed);
    this.#record('labels', message);
    return message;
  }
  delete(id: string): void {
    const message = this.message(id);
    this.#messages.delete(id);
    for (const [draft, held] of this.#drafts) if (held === id) this.#drafts.delete(draft);
    this.#note('messagesDeleted', message, []);
    this.#record('deleted', message);
  }

  /** Sends: the Message-ID becomes Google's own, whatever the client wrote. */
  send(raw: Buffer, threadId: string | undefined): StoredMessage {
    const headers = headersIn(raw);
    const value = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';
    const to = ['to', 'cc', 'bcc'].map(value).join(',');
    if (!/@/.test(to)) throw new Refused(400, 'invalidArgument', 'Recipient address required');
    const own = writeHeader(raw, 'Message-ID', `<CA${this.#next('mid')}@mail.gmail.com>`);
    const self = to.toLowerCase().includes(this.address);
    const message = this.#add(
      writeHeader(own, 'Bcc', undefined),
      self ? ['SENT', 'INBOX', 'UNREAD'] : ['SENT'],
      this.#time.tick(),
      threadId !== undefined &&
        this.#belongs(threadId, value('subject'), `${value('in-reply-to')} ${value('references')}`)
        ? threadId
        : undefined,
    );
    this.#record('sent', message);
    return message;
  }

  saveDraft(
    raw: Buffer,
    threadId: string | undefined,
    replaces: string | undefined,
  ): { id: string; message: StoredMessage } {
    if (replaces !== undefined && !this.#drafts.has(replaces))
      throw new Refused(404, 'notFound', 'Requested entity was not found.');
    const former = replaces === undefined ? undefined : this.#messages.get(this.#drafts.get(replaces) ?? '');
    const message = this.#add(raw, ['DRAFT'], this.#time.tick(), threadId ?? former?.threadId);
    const id = replaces ?? `r${this.#next('draft')}`;
    this.#drafts.set(id, message.id);
    if (former) {
      this.#messages.delete(former.id);
      this.#note('messagesDeleted', former, []);
    }
    this.#record('draft', message);
    return { id, message };
  }
  deleteDraft(id: string): void {
    const held = this.#drafts.get(id);
    if (held === undefined) throw new Refused(404, 'notFound', 'Requested entity was not found.');
    this.#drafts.delete(id);
    this.delete(held);
  }

  /** Records after `start`, oldest first. */
  historySince(start: number): readonly HistoryRecord[] {
    if (start < this.#forgotten || start > this.#historyId)
      throw new Refused(404, 'notFound', 'Requested entity was not found.');
    return this.#history.filter(({ id }) => id > start);
  }
  /** Everything that happened so far is too long ago to be told. */
  forgetHistory(): void {
    this.#historyId += 10;
    this.#forgotten = this.#historyId;
    this.#history.length = 0;
  }
  /** An attachment's token: another at each look, as Google's are. */
  ticket(id: string, part: string): string {
    const ticket = `ANGjdJ${this.#next('ticket')}`;
    this.#uploads.set(ticket, `${id}/${part}`);
    return ticket;
  }
  attachment(id: string, ticket: string): Buffer {
    const [message, part] = (this.#uploads.get(ticket) ?? '').split('/');
    const found = message === id ? payloadOf(this.message(id).raw).find((one) => one.partId === part) : undefined;
    if (!found) throw new Refused(400, 'invalidArgument', 'Invalid attachment token');
    return found.bytes;
  }

  #belongs(threadId: string, subject: string, references: string): boolean {
    const bare = (text: string) =>
      text
        .replace(/^((re|fwd?):\s*)+/i, '')
        .trim()
        .toLowerCase();
    return this.messages.some((one) => {
      if (one.threadId !== threadId) return false;
      const headers = headersIn(one.raw);
      const value = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';
      return bare(value('subject')) === bare(subject) && references.includes(value('message-id'));
    });
  }
  #add(raw: Buffer, labels: readonly string[], at: number, thread: string | undefined): StoredMessage {
    const id = (0x19300000000000n + BigInt(at) * 256n + BigInt(this.#serial++ % 256)).toString(16).padStart(16, '0');
    const message = { id, threadId: thread ?? id, labels: new Set(labels), raw, internalDate: at, historyId: 0 };
    this.#messages.set(id, message);
    this.#note('messagesAdded', message, []);
    return message;
  }
  #note(change: Change, message: StoredMessage, labelIds: readonly string[]): void {
    this.#historyId++;
    message.historyId = this.#historyId;
    const { id, threadId, labels } = message;
    this.#history.push({ id: this.#historyId, change, message: { id, threadId, labelIds: [...labels] }, labelIds });
  }
  #record(kind: string, message: StoredMessage): void {
    const headers = headersIn(message.raw);
    this.ledger.record(kind, {
      id: message.id,
      threadId: message.threadId,
      subject: headers.find(({ name }) => name.toLowerCase() === 'subject')?.value ?? '',
      headers,
      labels: [...message.labels],
    });
  }
  #next(kind: string): string {
    this.#serial++;
    return createHash('sha256').update(`${kind}${this.#serial}`).digest('hex').slice(0, 24);
  }
}
