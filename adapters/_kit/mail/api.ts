/** What the mail kit hands out and takes in. Functions are in `index.ts`, the door. */
import type {
  ChannelEvent,
  Flags,
  IncomingMessage,
  MessageKey,
  OutgoingMessage,
  Part,
  Placement,
} from '../../../src-shared/model/index.ts';

/** A mailbox (RFC 5322 section 3.4): `address` is lower-cased and may be empty when the sender wrote a name alone. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** One header field: `name` lower-cased, `value` unfolded, encoded words not yet decoded, raw 8-bit already text. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** A message read: everything text, nothing fetched, bounded in depth, parts and size whatever came in. */
export interface ParsedMail {
  readonly key: MessageKey;
  /** Own Message-ID first, then References, then In-Reply-To; no angle brackets; never empty. */
  readonly links: readonly string[];
  readonly headers: readonly HeaderField[];
  readonly subject: string | undefined;
  /** First author; undefined when the message names none at all. */
  readonly from: Mailbox | undefined;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  /** Unix ms: the Date field where it can be believed, else the newest Received, else `receivedAt`, else 0. */
  readonly at: number;
  readonly parts: readonly Part[];
  /** What was wrong with it, in words for a log; empty for a sound message. Damage never loses the rest. */
  readonly damage: readonly string[];
}

export interface ParseOptions {
  /** When the message is known to have arrived (IMAP INTERNALDATE, mbox From line, file time), Unix ms. */
  readonly receivedAt?: number;
}

export interface MapOptions {
  /** The account's own addresses, lower-cased: their mail is from `me`. */
  readonly own: ReadonlySet<string>;
  readonly placements?: readonly Placement[];
  readonly flags?: Flags;
  /** When flags and placements were true, Unix ms. */
  readonly observedAt?: number;
  /** RFC 5322 bytes to keep with the message (archives). */
  readonly source?: NonNullable<IncomingMessage['source']>;
}

/** A message as ingest wants it, and the people it names. */
export interface MappedMail {
  readonly message: IncomingMessage;
  readonly users: readonly ChannelEvent[];
}

/** What IMAP's BODYSTRUCTURE says of a part whose bytes were not fetched. */
export interface RemotePart {
  /** IMAP section number (RFC 3501 section 6.4.5), e.g. "1.2"; becomes the attachment ref `part:1.2`. */
  readonly section: string;
  readonly mime: string;
  readonly name?: string;
  /** Encoded size is fine. */
  readonly bytes?: number;
  readonly contentId?: string;
  readonly inline?: boolean;
}
/** A text part that was fetched: bytes still in their transfer encoding. */
export interface FetchedText {
  readonly bytes: Uint8Array;
  /** Whole Content-Type value, e.g. `text/plain; charset=utf-8; format=flowed`. */
  readonly contentType: string;
  readonly transferEncoding?: string;
}
export interface MailPieces {
  /** The header section, RFC 5322 bytes. */
  readonly headers: Uint8Array;
  /** `text/plain` and `text/html` of the same words (an alternative), or one of them. */
  readonly text?: FetchedText;
  readonly html?: FetchedText;
  readonly attachments: readonly RemotePart[];
}

export interface OpenedPart {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly name: string | undefined;
}

/** One file of an outgoing message, bytes at hand. */
export interface OutgoingFile {
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
  readonly contentId?: string;
  readonly inline?: boolean;
}
export interface ComposeOptions {
  /** Without angle brackets; minted before the first try. */
  readonly messageId: string;
  readonly from: Mailbox;
  readonly files: readonly OutgoingFile[];
  /** Message-ID answered to, without angle brackets; `references` come from the message. */
  readonly inReplyTo?: string;
  /** Header fields of the channel's own, ASCII. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `keep` for the copies the sender keeps (Sent, Drafts), `strip` for what goes out. */
  readonly bcc: 'keep' | 'strip';
}
export interface ComposedMail {
  readonly raw: Uint8Array;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
}
export type { OutgoingMessage };

/** One message for the worker. */
export interface MailJob {
  readonly source: NonNullable<IncomingMessage['source']>;
  readonly receivedAt?: number;
  readonly placements?: readonly Placement[];
  readonly flags?: Flags;
  readonly observedAt?: number;
}
/** What came of it, in the order of the jobs. `damage` is empty for a sound message. */
export interface MailResult extends MappedMail {
  readonly damage: readonly string[];
}
/** Parses off the calling thread. */
export interface MailParser {
  /** Never rejects for what a message holds. `keepSource` puts each job's bytes back into its message. */
  map(
    jobs: readonly MailJob[],
    options: { own: ReadonlySet<string>; keepSource?: boolean },
  ): Promise<readonly MailResult[]>;
  close(): Promise<void>;
}
