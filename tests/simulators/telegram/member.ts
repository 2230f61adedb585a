import { driveLogin, type Memory, type Recorder, realClock, recorder } from '../../../adapters/_kit/testing/index.ts';
import { telegram } from '../../../adapters/telegram/index.ts';
import { readPlace, writePlace } from '../../../adapters/telegram/remote/place.ts';
import type { Log, LoginDone, SessionContext } from '../../../src-shared/channel.ts';
import { answers } from './answers.ts';
import { startTelegram, type Telegram, type TelegramOptions } from './index.ts';

type Session = ReturnType<typeof telegram.open>;

async function logIn(network: Telegram): Promise<LoginDone> {
  const answer: Parameters<typeof driveLogin>[1]['answer'] = (step) => answers(step, network);
  const { done } = await driveLogin(telegram, { flow: 'account', clock: realClock, answer });
  if (!done) throw new Error('the login did not end in an account');
  return done;
}
let made: Promise<LoginDone> | undefined;
/** Logged in once for the whole process: making a key is long arithmetic, so later networks are told of the first one's. */
async function known(network: Telegram): Promise<LoginDone> {
  made ??= logIn(network);
  const { account, secrets } = await made;
  const place = readPlace(secrets.session);
  if (place?.key === undefined) throw new Error('the login left no key');
  await network.recognise(Buffer.from(place.key, 'hex'));
  const [address = '', port] = network.address.split(':');
  return { account, secrets: { ...secrets, session: writePlace({ ...place, address, port: Number(port) }) } };
}

/** An account of the adapter's on a pretend Telegram: what most tests begin with. */
export class Member {
  readonly network: Telegram;
  readonly login: LoginDone;
  readonly #log: Log | undefined;
  readonly #open = new Set<Session>();

  private constructor(network: Telegram, login: LoginDone, log: Log | undefined) {
    this.network = network;
    this.login = login;
    this.#log = log;
  }
  static async join(options: TelegramOptions & { readonly log?: Log } = {}): Promise<Member> {
    const network = await startTelegram({ messages: 12, ...options });
    return new Member(network, await known(network), options.log);
  }
  /** Opens a session on what `memory` holds, as after a restart of the program, and waits until it is settled. */
  async connect(
    memory?: Memory,
    change?: (context: SessionContext) => SessionContext,
  ): Promise<{ session: Session; record: Recorder }> {
    const opened = this.open(memory, change);
    await opened.session.connect(new AbortController().signal);
    return opened;
  }
  open(memory?: Memory, change?: (context: SessionContext) => SessionContext): { session: Session; record: Recorder } {
    const { account, secrets } = this.login;
    const record = recorder({
      account,
      clock: realClock,
      secrets,
      ...(memory ? { memory } : {}),
      ...(this.#log ? { log: this.#log } : {}),
    });
    const session = telegram.open(change?.(record.context) ?? record.context);
    this.#open.add(session);
    return { session, record };
  }
  /** Fetches every history to its end. */
  async backfill({ session, record }: { session: Session; record: Recorder }): Promise<void> {
    const { signal } = new AbortController();
    for (const scope of record.memory.scopes) {
      let next: Awaited<ReturnType<Session['backfill']['fetch']>>['next'];
      do {
        const page = await session.backfill.fetch({ scope, cursor: next, limit: 100, signal });
        await record.context.emit({ events: page.events, origin: 'history' });
        next = page.next;
      } while (next !== undefined);
    }
  }
  async leave(): Promise<void> {
    await Promise.all([...this.#open].map((session) => session.disconnect()));
    await this.network.stop();
  }
}
