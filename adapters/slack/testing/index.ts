import { afterEach, beforeEach } from 'vitest';
import type { Log, SendOptions } from '../../../src-shared/channel.ts';
import { asTxnId, type OutgoingMessage } from '../../../src-shared/model/index.ts';
import {
  appToken,
  type Slack,
  type SlackOptions,
  startSlack,
  userToken,
} from '../../../tests/simulators/slack/index.ts';
import { driveLogin, type Memory, type Recorder, realClock, recorder } from '../../_kit/testing/index.ts';
import { conversationKey, messageKey } from '../ids.ts';
import { slack } from '../index.ts';

/** For the tests of this channel: an account on the simulator, and what they all ask of it. */
export interface Account {
  readonly record: Recorder;
  readonly session: ReturnType<typeof slack.open>;
  /** Resolves when it holds, looked at after every commit and change of state. */
  until(wanted: () => boolean): Promise<void>;
  online(): Promise<void>;
  /** All history that was announced, as the hub fetches it. */
  backfill(): Promise<void>;
}
export interface AccountOptions {
  /** False: without the app-level token, so that Slack is polled. */
  readonly live?: boolean;
  readonly memory?: Memory;
  readonly log?: Log;
}

/** Less than a test has, so that it says what it waited for. Ms. */
const patience = 50_000;
export const { signal: never } = new AbortController();

export async function account(running: Slack, options: AccountOptions = {}): Promise<Account> {
  const answer = () => ({ userToken, appToken: options.live === false ? '' : appToken, apiUrl: running.apiUrl });
  const { done } = await driveLogin(slack, { flow: 'tokens', clock: realClock, answer });
  if (!done) throw new Error('the login did not end in an account');
  const record = recorder({
    account: done.account,
    clock: realClock,
    secrets: done.secrets,
    ...(options.memory && { memory: options.memory }),
    ...(options.log && { log: options.log }),
  });
  const session = slack.open(record.context);
  const until = (wanted: () => boolean) => record.until(wanted, AbortSignal.timeout(patience));
  return {
    record,
    session,
    until,
    async online() {
      await session.connect(never);
      await until(() => record.states.at(-1)?.is === 'online');
    },
    async backfill() {
      for (const scope of record.memory.scopes) {
        let page = await session.backfill.fetch({ scope, cursor: undefined, limit: 200, signal: never });
        await record.context.emit({ events: page.events, origin: 'history' });
        while (page.next !== undefined) {
          page = await session.backfill.fetch({ scope, cursor: page.next, limit: 200, signal: never });
          await record.context.emit({ events: page.events, origin: 'history' });
        }
      }
    },
  };
}

/**
 * A simulator for each test of the file, and accounts on it that end with the test. Answers how to make one, online unless
 * told otherwise.
 */
export function onSlack(started: (running: Slack) => void, options?: SlackOptions) {
  let running: Slack;
  let open: Account[] = [];
  beforeEach(async () => {
    running = await startSlack(options);
    started(running);
  });
  afterEach(async () => {
    for (const { session } of open) await session.disconnect();
    open = [];
    await running.stop();
  });
  return async (more: AccountOptions & { readonly online?: boolean } = {}): Promise<Account> => {
    const one = await account(running, more);
    open.push(one);
    if (more.online !== false) await one.online();
    return one;
  };
}

/** The same where messages are few, so that looking again and again stays within Slack's allowance. */
export function onSmallSlack(started: (running: Slack) => void) {
  const begin = onSlack(started, { messages: 24 });
  const connect = (memory?: Memory): Promise<Account> => begin(memory ? { memory } : {});
  return {
    connect,
    /** Online, with all history here. */
    async settled(): Promise<Account> {
      const one = await connect();
      await one.backfill();
      return one;
    },
  };
}

/** Goes, and is seen to have gone: nothing that happens now is handed out again later. */
export async function leave(running: Slack, { session }: Account): Promise<void> {
  await running.socketMode.until(({ unacked }) => unacked === 0);
  await session.disconnect();
  await running.socketMode.until(({ connections }) => connections === 0);
}
/** How often it was kept how far answers were looked for: at first before the looking and after it, then after it alone. */
const rounds = ({ record }: Account): number =>
  record.batches.filter(({ checkpoint }) => checkpoint?.scope === 'answers').length;
/** The line of a first session breaks, and what was missed is looked for to the end. */
export async function lookAgain(running: Slack, one: Account): Promise<void> {
  await one.until(() => rounds(one) >= 2);
  const before = rounds(one);
  running.socketMode.cut();
  await one.until(() => rounds(one) > before);
}

export const keyOf = (channel: string, ts: string) => messageKey(channel, ts);
export const text = (channel: string, words: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  conversation: conversationKey(channel),
  parts: [{ kind: 'text', format: 'plain', text: words }],
  at: Date.now(),
  ...more,
});
export interface Sending extends SendOptions {
  readonly stages: readonly string[];
  readonly carried: readonly (readonly [number, number])[];
}
export function sending(txn: string, stage?: string, bytes: Uint8Array = new TextEncoder().encode('a file')): Sending {
  const stages: string[] = [];
  const carried: [number, number][] = [];
  return {
    txn: asTxnId(txn),
    signal: never,
    stage,
    stages,
    carried,
    reached: async (next) => void stages.push(next),
    open: async () => bytes,
    progress: (sent, total) => void carried.push([sent, total]),
  };
}
/** Every line that was logged. */
export function listeningLog(): Log & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const write = (message: string, data?: object) => void lines.push(`${message} ${JSON.stringify(data ?? {})}`);
  return { lines, debug: write, info: write, warn: write, error: write };
}

export async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
export async function collectBytes(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return Buffer.concat(await all(stream));
}
