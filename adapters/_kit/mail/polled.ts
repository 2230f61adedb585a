import type { Allowance, Operations, Session, SessionContext } from '../../../src-shared/channel.ts';
import { type Following, type PaceOptions, pace, polling } from '../polling/index.ts';
import type { MailParser } from './api.ts';
import { holdParser } from './shared.ts';

/** What the parts of a mailbox's session share, whatever its network. */
export interface MailWorking {
  readonly context: SessionContext;
  readonly parser: Pick<MailParser, 'map'>;
  /** The account's own addresses, lower case. */
  readonly own: () => ReadonlySet<string>;
  /** Looks for news at once. */
  readonly lookAround: () => void;
}
/** A network's client, as far as every session has to do with it. */
export interface MailClient {
  budget(): readonly Allowance[];
  /** Resolves when nothing it keeps is under way any more. */
  settled(): Promise<void>;
}
export interface PolledMail<C extends MailClient> {
  readonly shared: MailWorking;
  /** Opened when it is first asked for. */
  client(): C;
  /** The part of a session that is the same for every mailbox that is asked for news. */
  life(
    following: Pick<Following, 'arrive' | 'look' | 'stateAfter'>,
  ): Pick<Session, 'connect' | 'disconnect'> & Required<Pick<Session, 'standing' | 'focus'>>;
}

type By<W, F extends (...of: never[]) => unknown> = (working: W, ...of: Parameters<F>) => ReturnType<F>;
/** What every mailbox does, each by what the parts of its session share. */
export interface Deeds<W> {
  readonly openBlob: By<W, Session['openBlob']>;
  readonly openPicture: By<W, NonNullable<Session['openPicture']>>;
  readonly setFlags: By<W, Operations['flag']['set']>;
  readonly applyLabels: By<W, Operations['label']['apply']>;
  readonly createLabel: By<W, Operations['label']['create']>;
  readonly removeMessages: By<W, Operations['remove']['apply']>;
  readonly saveDraft: By<W, Operations['drafts']['save']>;
  readonly discardDraft: By<W, Operations['drafts']['discard']>;
  readonly search: By<W, Operations['search']['find']>;
  readonly listContacts: By<W, Operations['contacts']['list']>;
}
/** The deeds as a session has them. */
export const sessionOf = <W>(working: W, deeds: Deeds<W>) =>
  ({
    openBlob: (...of) => deeds.openBlob(working, ...of),
    openPicture: (...of) => deeds.openPicture(working, ...of),
    flag: { set: (...of) => deeds.setFlags(working, ...of) },
    label: {
      apply: (...of) => deeds.applyLabels(working, ...of),
      create: (...of) => deeds.createLabel(working, ...of),
    },
    remove: { apply: (...of) => deeds.removeMessages(working, ...of) },
    drafts: {
      save: (...of) => deeds.saveDraft(working, ...of),
      discard: (...of) => deeds.discardDraft(working, ...of),
    },
    search: { find: (...of) => deeds.search(working, ...of) },
    contacts: { list: (...of) => deeds.listContacts(working, ...of) },
  }) satisfies Partial<Session> & Pick<Operations, 'flag' | 'label' | 'remove' | 'drafts' | 'search' | 'contacts'>;

/** A mailbox on a network that is asked for news. `open` makes the client; its signal ends with the session. */
export function polledMail<C extends MailClient>(
  outer: SessionContext,
  looking: PaceOptions,
  open: (over: AbortSignal) => C,
): PolledMail<C> {
  const held = holdParser();
  const looks = pace(outer.clock, looking);
  const session = polling(outer, looks);
  let client: C | undefined;
  return {
    shared: {
      context: session.context,
      parser: held.parser,
      own: () => new Set([outer.account.key, ...outer.account.identities.map(({ key }) => key)]),
      lookAround: looks.ring,
    },
    client() {
      client ??= open(session.over);
      return client;
    },
    life: (following) => ({
      connect: session.follow({ ...following, opening: 'Opening the mailbox', reading: 'Reading the mailbox' }),
      async disconnect() {
        await Promise.all([session.end(), client?.settled()]);
        await held.release();
      },
      standing: () => ({
        allowances: client?.budget() ?? [],
        ...(looks.nextAt === undefined ? {} : { nextLookAt: looks.nextAt }),
      }),
      focus: (conversation) => looks.watched(conversation !== undefined),
    }),
  };
}
