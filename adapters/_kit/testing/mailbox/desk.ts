import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { ChannelError, type Reconciled, type SendOptions, type SendResult } from '../../../../src-shared/channel.ts';
import type { MessageKey, OutgoingMessage } from '../../../../src-shared/model/index.ts';
import { keepParser, letter, sendOptions } from './by-hand.ts';
import type { MailSize, MailSubject } from './subject.ts';
import type { MailNetwork, MailSession, MailWorld, Opened, SentMail } from './world.ts';

/** Keeps the parsing thread over all tests of a file. */
export function keepingParser(): void {
  let end: () => Promise<void>;
  beforeAll(async () => {
    end = await keepParser();
  });
  afterAll(() => end());
}

/** A world of its own for every test here. */
export function eachInItsWorld<N extends MailNetwork>(subject: Pick<MailSubject<N>, 'world'>, size?: MailSize) {
  let world: MailWorld<N> | undefined;
  beforeEach(async () => {
    world = await subject.world(size);
  });
  afterEach(async () => {
    await world?.stop();
    world = undefined;
  });
  return (): MailWorld<N> => {
    if (!world) throw new Error('a world is there while a test runs');
    return world;
  };
}

/** The error the channel refused or failed with. */
export async function failure(work: Promise<unknown>): Promise<ChannelError> {
  const error: unknown = await work.catch((cause: unknown) => cause);
  if (error instanceof ChannelError) return error;
  throw new Error('no ChannelError', { cause: error });
}
/** A message as the target of an operation. */
export const target = (message: MessageKey) => ({ message, conversation: undefined });

/** Someone at their mail: in every test a world, and a session that has all of it. */
export interface Desk<N extends MailNetwork> {
  readonly world: MailWorld<N>;
  readonly opened: Opened;
  readonly session: MailSession;
  /** What the network has taken so far. */
  sent(): readonly SentMail[];
  /** Of the first that was sent. */
  header(name: string): string | undefined;
  options(txn: string, more?: Partial<SendOptions>): SendOptions;
  send(txn: string, more?: Partial<OutgoingMessage>, options?: Partial<SendOptions>): Promise<SendResult>;
  /** Sends, noting the stages that were reached. */
  trySend(
    txn: string,
    more?: Partial<OutgoingMessage>,
    options?: Partial<SendOptions>,
  ): Promise<{ readonly stages: string[]; readonly outcome: unknown }>;
  /** Looks what became of it, from the last of the stages on; what is noted meanwhile is put to them. */
  reconcile(txn: string, stages: string[], session?: MailSession): Promise<Reconciled>;
  saveDraft(txn: string, text: string, replaces?: MessageKey): ReturnType<MailSession['drafts']['save']>;
}

/** Files that are asked for have so many bytes. */
export function eachAtADesk<N extends MailNetwork>(
  subject: Pick<MailSubject<N>, 'world'>,
  { fileBytes = 3_000_000, ...size }: MailSize & { readonly fileBytes?: number } = {},
): Desk<N> {
  const world = eachInItsWorld(subject, size);
  let opened: Opened | undefined;
  beforeEach(async () => {
    opened = world().open();
    await opened.settle();
  });
  const desk: Desk<N> = {
    get world() {
      return world();
    },
    get opened() {
      if (!opened) throw new Error('a session is there while a test runs');
      return opened;
    },
    get session() {
      return desk.opened.session;
    },
    sent: () => world().network.mailbox.ledger.of('sent'),
    header: (name) => desk.sent()[0]?.headers.find((one) => one.name.toLowerCase() === name.toLowerCase())?.value,
    options: (txn, more) => sendOptions(txn, { open: async () => new Uint8Array(fileBytes).fill(65), ...more }),
    send: (txn, more, options) =>
      world().passing(desk.session.send(letter(world().clock, more), desk.options(txn, options))),
    async trySend(txn, more, options) {
      const stages: string[] = [];
      const reached = async (stage: string) => void stages.push(stage);
      const outcome = await desk.send(txn, more, { reached, ...options }).catch((error: unknown) => error);
      return { stages, outcome };
    },
    reconcile(txn, stages, session = desk.session) {
      const options = desk.options(txn, {
        stage: stages.at(-1),
        reached: async (stage) => void stages.push(stage),
      });
      return world().passing(session.reconcile?.(letter(world().clock), options) ?? Promise.reject());
    },
    saveDraft: (txn, text, replaces) =>
      world().passing(
        desk.session.drafts.save(
          letter(world().clock, { parts: [{ kind: 'text', format: 'plain', text }] }),
          replaces,
          desk.options(txn),
        ),
      ),
  };
  return desk;
}
