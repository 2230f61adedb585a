import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountId } from '../../src-shared/model/index.ts';
import { type Chance, chance } from '../simulators/_base/index.ts';
import { compare, disorder } from './compare.ts';
import { happenings } from './happenings.ts';
import { lookHere, toldTwice } from './here.ts';
import { type Network, ownWords, type Standing, type StartNetwork } from './network.ts';
import { type HubProcess, soon, startHub, Unanswered } from './process.ts';

export interface TrialOptions {
  readonly kills: number;
  readonly seed: number;
  /** What each network holds from the start. */
  readonly messages: number;
  readonly say?: (line: string) => void;
  /** Ends the killing early; what is here is compared all the same. */
  readonly enough?: AbortSignal;
  /** How long all may take to come together after the last kill, ms. */
  readonly patience?: number;
}
/** What a network holds and what is here, side by side. Everything but the counts should be empty. */
export interface Outcome {
  readonly kills: number;
  readonly messages: number;
  readonly sends: number;
  /** Sends of which nobody could know whether they arrived, so that the person was asked. */
  readonly asked: number;
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
  readonly different: readonly string[];
  readonly disordered: readonly string[];
  readonly twice: readonly string[];
  readonly unsent: readonly string[];
  readonly sentTwice: readonly string[];
  /** What the database finds wrong with itself. */
  readonly damage: readonly string[];
}
/** One account of the hub that is killed. */
interface Member {
  readonly name: string;
  readonly network: Network;
  readonly account: AccountId;
  readonly others: ReturnType<typeof happenings>;
  /** What was handed over to be sent. */
  readonly meant: string[];
  /** Messages the person said to have been sent: they stand here, and nobody filed a copy. */
  readonly vouched: Set<string>;
  asked: number;
}

const defaultPatience = 300_000;
/** Events of others on each network between two kills, at most. */
const mostHappenings = 8;
/** However few requests come in, the process does not live longer than this once it is to die, ms. */
const longestLife = 1500;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The hub, in a process of its own, is killed again and again while history comes in, others write and messages go out,
 * on every one of these networks at once. At the end what is here is held against what each network has.
 */
export async function trial(
  starts: Readonly<Record<string, StartNetwork>>,
  options: TrialOptions,
): Promise<ReadonlyMap<string, Outcome>> {
  const { seed, messages, enough, say = () => undefined } = options;
  const luck = chance('kills', seed);
  const profile = await mkdtemp(join(tmpdir(), 'carillon-kills-'));
  const members: Member[] = [];
  let hub: HubProcess | undefined;
  try {
    hub = await startHub(profile);
    await hub.call('settings.set', { patch: { undoSendSeconds: 0 } });
    for (const [name, start] of Object.entries(starts)) {
      const network = await start(messages);
      const others = happenings(network, chance('others', name, seed));
      members.push({
        name,
        network,
        account: await network.logIn(hub),
        others,
        meant: [],
        vouched: new Set(),
        asked: 0,
      });
    }
    // Ended once as it should be, for what Node makes of the source is kept only then, and shortens every start after it.
    await hub.end();
    hub = await startHub(profile);
    const began = Date.now();
    let kills = 0;
    while (kills < options.kills && !enough?.aborted) {
      for (const { others } of members) others.more(luck.between(0, mostHappenings));
      await life(hub, members, `${ownWords}${kills + 1}`, luck);
      await hub.kill();
      kills++;
      hub = await startHub(profile);
      if (kills % 10 === 0) say(`${kills} kills, ${((Date.now() - began) / kills / 1000).toFixed(1)} s each`);
    }
    for (const { others } of members) await others.end();
    await settle(hub, members, options);
    const outcomes = new Map<string, Outcome>();
    for (const member of members) outcomes.set(member.name, { kills, ...(await held(hub, member, profile)) });
    await hub.end();
    return outcomes;
  } finally {
    await hub?.kill();
    for (const { others, network } of members) {
      await others.end();
      await network.stop();
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** One life of the hub, up to the moment it is to die. */
async function life(hub: HubProcess, members: readonly Member[], text: string, luck: Chance): Promise<void> {
  const hand = async (): Promise<void> => {
    for (const { network, account, meant } of members) {
      const letter = await network.letter(hub, account, text, luck);
      if (!letter) continue;
      try {
        await hub.call('compose.send', { ...letter, notBefore: 0 });
        meant.push(text);
      } catch (error) {
        // Handed over or not: if it was, it is compared like any other, but nobody may insist that it arrives.
        if (!(error instanceof Unanswered)) throw error;
      }
    }
  };
  switch (luck.pick(['starting', 'living', 'sending', 'sending'] as const)) {
    case 'starting':
      // On its way to the networks, or looking through what it missed.
      await hand();
      await pause(luck.between(0, 700));
      return;
    case 'living':
      await online(hub, luck.pick(members));
      await pause(luck.between(0, 800));
      await hand();
      await pause(luck.between(0, 400));
      return;
    case 'sending': {
      // So many requests after the messages were handed over: before, amid and after what sends them.
      const aim = luck.pick(members);
      await online(hub, aim);
      const { network } = aim;
      const until = network.asked + luck.between(0, 8);
      await hand();
      const end = Date.now() + longestLife;
      while (network.asked < until && Date.now() < end) await pause(1);
    }
  }
}

/** The others may be further on or not. */
const online = (hub: HubProcess, { name, account }: Member): Promise<boolean> =>
  soon(
    `${name} is online`,
    async () => (await hub.call('accounts.list', {})).some(({ id, state }) => id === account && state.is === 'online'),
    240_000,
    20,
  );

/** Lets the hub live until it agrees with every network, or patience ends. */
async function settle(
  hub: HubProcess,
  members: readonly Member[],
  { say = () => undefined, patience = defaultPatience }: TrialOptions,
): Promise<void> {
  for (const member of members) {
    let told = '';
    const agreed = async (): Promise<boolean> => {
      const status = await statusOf(hub, member).catch((error: unknown) => {
        if (error instanceof Unanswered) return 'looked at again';
        throw error;
      });
      if (status !== told && status !== '') say(`${member.name}: ${status}`);
      told = status;
      return status === '';
    };
    // In vain is not the end: what is wrong is told by the comparison.
    await soon(`${member.name} is here`, agreed, patience, 500).catch((error: unknown) => say(String(error)));
  }
}

/** What is still to be waited for; empty when there is nothing. */
async function statusOf(hub: HubProcess, member: Member): Promise<string> {
  const { network, account, meant } = member;
  const now = (await hub.call('accounts.list', {})).find(({ id }) => id === account);
  const out = (await hub.call('outbox.list', {})).filter(
    (one) => one.account === account && one.delivery.state !== 'sent',
  );
  for (const { id, delivery, message, title } of out) {
    const looking = delivery.retryAt !== null && !network.cannotTell;
    if (delivery.state !== 'unknown' || delivery.error === null || looking) continue;
    member.asked++;
    // A person looks a moment later, when what was under way has come.
    await pause(500);
    const view = message === null ? null : await hub.call('message.get', { message });
    const words = view?.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])) ?? [];
    const arrived = (await network.sent()).some((text) => text === title || words.includes(text));
    await hub.call('outbox.settle', { outbox: id, as: arrived ? 'sent' : 'failed' });
    if (arrived && view) member.vouched.add(view.key);
    if (!arrived) await hub.call('outbox.retry', { outbox: id });
  }
  const state = now?.state.is ?? 'gone';
  if (state !== 'online' || out.length > 0 || now?.backfill?.running)
    return `${state}, ${out.length} to go out, history ${now?.backfill?.running ? 'on its way' : 'here'}`;
  const sent = await network.sent();
  if (sent.length < meant.length) return `${sent.length} of ${meant.length} arrived`;
  await network.look?.(hub, account);
  const { missing, surplus, different } = compare(await standingOf(member), await lookHere(hub, account));
  const open = missing.length + surplus.length + different.length;
  return open === 0 ? '' : `${open} differ`;
}

async function standingOf({ network, vouched }: Member): Promise<Standing> {
  const { beside, ...standing } = await network.standing();
  return { ...standing, beside: new Set([...beside, ...vouched]) };
}

async function held(hub: HubProcess, member: Member, folder: string): Promise<Omit<Outcome, 'kills'>> {
  const { network, account, meant, asked } = member;
  const standing = await standingOf(member);
  const here = await lookHere(hub, account);
  const sent = await network.sent();
  const checks = await hub.call('app.check', {});
  return {
    messages: standing.facts.size,
    sends: meant.length,
    asked,
    ...compare(standing, here),
    disordered: disorder(standing, here),
    twice: [...here.twice, ...(await toldTwice(hub, account, folder))],
    unsent: meant.filter((text) => !sent.includes(text)),
    sentTwice: sent.filter((text, at) => sent.indexOf(text) !== at),
    damage: checks.flatMap(({ ok, ...check }) => (ok ? [] : [JSON.stringify(check)])),
  };
}
