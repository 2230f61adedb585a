import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { Ledger, type NetworkTime, type Person } from '../_base/index.ts';
import { headersIn } from '../_base/mime.ts';
import { asRaw, type File, readMime } from './mime.ts';

export interface Folder {
  readonly id: string;
  displayName: string;
  readonly parentFolderId: string;
  readonly wellKnown?: string;
  readonly isHidden: boolean;
}
export interface Stored {
  /** The immutable one. */
  readonly id: string;
  readonly conversationId: string;
  readonly internetMessageId: string;
  /** As it came, or was last written, without files that were attached afterwards. */
  raw: Buffer;
  readonly files: File[];
  readonly receivedAt: number;
  folder: string;
  modifiedAt: number;
  isRead: boolean;
  isDraft: boolean;
  flagged: boolean;
  importance: string;
  categories: string[];
  inference: 'focused' | 'other';
  /** Being sent: not to be seen until it is. */
  underWay: boolean;
}
export interface Change {
  readonly seq: number;
  readonly id: string;
  readonly folder: string;
}
export interface Sent {
  readonly id: string;
  readonly subject: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly files: readonly string[];
}
/** A refusal in Graph's words. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const gone = () => new Refused(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
const wellKnown: readonly (readonly [string, string])[] = [
  ['inbox', 'Inbox'],
  ['drafts', 'Drafts'],
  ['sentitems', 'Sent Items'],
  ['deleteditems', 'Deleted Items'],
  ['junkemail', 'Junk Email'],
  ['archive', 'Archive'],
];

/** One person's Exchange mailbox. */
export class Mailbox {
  readonly owner: Person;
  readonly ledger: Ledger<Sent>;
  readonly categories: { readonly displayName: string; readonly color: string }[] = [];
  /** Further addresses of the mailbox, and addresses the person has elsewhere. */
  readonly aliases: string[] = [];
  readonly otherMails: string[] = [];
  /** An account of Outlook.com, not of an organisation. */
  personal = false;
  /** Sent mail stays out of sight until `deliverHeld`, as on a slow day. */
  holding = false;
  /** The copy in Sent Items comes under another id than the draft had, which Microsoft does not rule out. */
  renames = false;
  /** Header fields of the sender's own are not told of what was sent, as some have found. */
  mute = false;
  /** Pages hold less than they could, or nothing but where to go on, which Microsoft allows itself. */
  stingy = false;
  readonly #time: NetworkTime;
  readonly #folders = new Map<string, Folder>();
  readonly #messages = new Map<string, Stored>();
  readonly #changes: Change[] = [];
  #serial = 0;

  constructor(time: NetworkTime, owner: Person) {
    this.owner = owner;
    this.#time = time;
    this.ledger = new Ledger(time.now);
    for (const [name, displayName] of wellKnown) this.addFolder(displayName, 'root', { wellKnown: name });
    this.addFolder('Conversation Actions', 'root', { isHidden: true });
  }

  get folders(): readonly Folder[] {
    return [...this.#folders.values()];
  }
  get messages(): readonly Stored[] {
    return [...this.#messages.values()].filter(({ underWay }) => !underWay);
  }
  get seq(): number {
    return this.#changes.length;
  }
  changesSince(seq: number): readonly Change[] {
    return this.#changes.slice(seq);
  }
  /** By id or well-known name. */
  folder(name: string): Folder {
    const found = this.#folders.get(name) ?? this.folders.find((one) => one.wellKnown === name.toLowerCase());
    if (!found) throw gone();
    return found;
  }
  message(id: string): Stored {
    const found = this.#messages.get(id);
    if (!found || found.underWay) throw gone();
    return found;
  }
  addFolder(
    displayName: string,
    parentFolderId = 'root',
    more: { readonly wellKnown?: string; readonly isHidden?: boolean } = {},
  ): Folder {
    if (this.folders.some((one) => one.parentFolderId === parentFolderId && one.displayName === displayName))
      throw new Refused(409, 'ErrorFolderExists', 'A folder with the specified name already exists.');
    const { wellKnown: name, isHidden = false } = more;
    const folder: Folder = {
      id: this.#id('folder'),
      displayName,
      parentFolderId,
      isHidden,
      ...(name === undefined ? {} : { wellKnown: name }),
    };
    this.#folders.set(folder.id, folder);
    return folder;
  }
  removeFolder(id: string): void {
    for (const message of this.messages) if (message.folder === id) this.delete(message.id);
    this.#folders.delete(id);
  }

  /** A message comes to lie in a folder: a letter that arrived, or a draft. */
  add(raw: Buffer, where: { readonly folder: string; readonly at?: number; readonly isDraft?: boolean }): Stored {
    const headers = headersIn(raw);
    const value = (name: string) => headers.find((one) => one.name.toLowerCase() === name)?.value ?? '';
    const known = [...`${value('references')} ${value('in-reply-to')}`.matchAll(/<([^<>]+)>/g)].map((one) => one[0]);
    const before = [...this.#messages.values()].find((one) => known.includes(one.internetMessageId));
    const at = Math.floor((where.at ?? this.#time.tick()) / 1000) * 1000;
    const message: Stored = {
      id: this.#id('message'),
      conversationId: before?.conversationId ?? this.#id('conversation'),
      internetMessageId: value('message-id') || `<${this.#id('mid')}@prod.outlook.example>`,
      raw,
      files: readMime(raw).files.map((file) => ({ ...file, id: this.#id('file') })),
      receivedAt: at,
      modifiedAt: at,
      folder: this.folder(where.folder).id,
      isRead: where.isDraft ?? false,
      isDraft: where.isDraft ?? false,
      flagged: false,
      importance: 'normal',
      categories: [],
      inference: 'focused',
      underWay: false,
    };
    this.#messages.set(message.id, message);
    this.#note(message);
    return message;
  }
  change(
    id: string,
    patch: Partial<Pick<Stored, 'isRead' | 'flagged' | 'importance' | 'categories' | 'inference'>>,
  ): Stored {
    const message = this.message(id);
    Object.assign(message, patch);
    this.#note(message);
    return message;
  }
  /** Somebody writes on in a draft, which keeps its id. */
  rewrite(id: string, raw: Buffer): void {
    const message = this.message(id);
    message.raw = raw;
    this.#note(message);
  }
  move(id: string, to: string): Stored {
    const message = this.message(id);
    const folder = this.folder(to).id;
    if (folder !== message.folder) {
      this.#note(message);
      message.folder = folder;
    }
    this.#note(message);
    return message;
  }
  delete(id: string): void {
    const message = this.message(id);
    this.#messages.delete(id);
    this.#note(message);
  }
  attach(id: string, file: Omit<File, 'id'>): File {
    const message = this.message(id);
    if (!message.isDraft) throw new Refused(400, 'ErrorInvalidRequest', 'Attachments go to drafts.');
    const held = { ...file, id: this.#id('file') };
    message.files.push(held);
    this.#note(message);
    return held;
  }
  /** Takes the draft away, and puts what was sent into Sent Items: at once, or when it is let go. */
  send(id: string): void {
    const draft = this.message(id);
    if (!draft.isDraft) throw new Refused(400, 'ErrorInvalidRequest', 'The message has been sent already.');
    const headers = headersIn(draft.raw);
    const value = (name: string) => headers.find((one) => one.name.toLowerCase() === name)?.value ?? '';
    if (!/@/.test(`${value('to')}${value('cc')}${value('bcc')}`))
      throw new Refused(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.');
    const from = /[^\s<>"]+@[^\s<>"]+/.exec(value('from'))?.[0]?.toLowerCase();
    if (from !== undefined && ![this.owner.email, ...this.aliases].includes(from))
      throw new Refused(403, 'ErrorSendAsDenied', 'The user account cannot send as this address.');
    this.#note(draft);
    draft.underWay = true;
    this.ledger.record('sent', {
      id,
      subject: value('subject'),
      headers,
      files: draft.files.map(({ name }) => name),
    });
    if (!this.holding) this.#deliver(draft);
  }
  deliverHeld(): void {
    this.holding = false;
    for (const message of this.#messages.values()) if (message.underWay) this.#deliver(message);
  }
  /** The whole message, files that were attached later among it. */
  source(id: string): Buffer {
    const message = this.message(id);
    return asRaw(message.raw, message.files);
  }

  #deliver(draft: Stored): void {
    const at = this.#time.tick();
    const id = this.renames ? this.#id('message') : draft.id;
    const sent: Stored = {
      ...draft,
      id,
      folder: this.folder('sentitems').id,
      receivedAt: at,
      isDraft: false,
      isRead: true,
      underWay: false,
    };
    this.#messages.delete(draft.id);
    this.#messages.set(id, sent);
    this.#note(sent);
    const to = headersIn(draft.raw).find(({ name }) => name.toLowerCase() === 'to')?.value ?? '';
    if (!to.includes(this.owner.email)) return;
    const trace = Buffer.from('Received: from prod.outlook.example by prod.outlook.example\r\n');
    this.add(Buffer.concat([trace, draft.raw]), { folder: 'inbox' });
  }
  #note(message: Stored): void {
    message.modifiedAt = this.#time.tick();
    this.#changes.push({ seq: this.#changes.length, id: message.id, folder: message.folder });
  }
  #id(kind: string): string {
    this.#serial++;
    const digest = createHash('sha512').update(`${this.owner.email}${kind}${this.#serial}`).digest('base64url');
    return `AAkALg${digest}=`;
  }
}
