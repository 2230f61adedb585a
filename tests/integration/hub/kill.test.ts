import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { networks } from '../../kills/networks/index.ts';
import { trial } from '../../kills/trial.ts';
import { type HubProcess, soon, startHub, temporaryFolder } from './process.ts';

/** The hub's own process is killed outright, at points nobody chose, and must go on as if it had not been. */

const between = (low: number, high: number): number => low + Math.random() * (high - low);

/** Every message with all that is known of it, in an order that does not depend on how it came in. */
async function contents(hub: HubProcess): Promise<readonly string[]> {
  const path = join(temporaryFolder(), 'all.jsonl');
  await hub.call('export.start', { path, format: 'jsonl' });
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  return lines.map((line) => createHash('sha256').update(line).digest('hex')).toSorted();
}

describe('an import', () => {
  const kills = 3;
  const day = 86_400_000;
  const mail = (n: number): string =>
    [
      'From anna@example.org Mon Jan  1 10:00:00 2024',
      `Message-ID: <peal-${n}@example.org>`,
      // Half of them answer one before: conversations grow and are merged while the process dies.
      ...(n % 2 === 1 ? [`In-Reply-To: <peal-${Math.floor(n / 3)}@example.org>`] : []),
      `Date: ${new Date(Date.UTC(2024, 0, 1) + n * (day / 24)).toUTCString()}`,
      `From: Anna ${n % 40} <anna-${n % 40}@example.org>`,
      'To: me@example.org',
      `Subject: Peal ${n}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      `Stroke ${n}: ${'ding dong '.repeat(20 + (n % 50))}`,
      '',
      '',
    ].join('\n');
  const running = async (hub: HubProcess) => (await hub.call('import.list', {})).at(-1);
  const done = (hub: HubProcess) =>
    soon('the import is done', async () => (await running(hub))?.state === 'done' && (await running(hub)), 110_000);

  /** Reads so many, killed on the way. Undefined where it was done before it could be killed so often. */
  async function broken(path: string, many: number): Promise<HubProcess | undefined> {
    const profile = temporaryFolder();
    let hub = await startHub(profile);
    await hub.call('import.start', { path });
    const points: number[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      // Each time a little further on, so that all fall into one run.
      const least = between(kill, kill + 1) * (many / (kills + 2));
      await soon('it got on', async () => ((await running(hub))?.messages ?? 0) >= least);
      const reached = await running(hub);
      if (reached?.state !== 'running') {
        await hub.kill();
        return undefined;
      }
      points.push(reached.messages);
      // Anywhere between two commits.
      await new Promise((resolve) => setTimeout(resolve, between(0, 60)));
      await hub.kill();
      hub = await startHub(profile);
    }
    console.info(`import killed after ${points.join(', ')} of ${many} messages`);
    return hub;
  }

  it(`killed ${kills} times ends as the one that was let be, message for message`, { timeout: 600_000 }, async () => {
    const path = join(temporaryFolder(), 'bells.mbox');
    let hub: HubProcess | undefined;
    let many = 1000;
    // Nobody can say beforehand how far it is by the time somebody has looked: where it is too quick, there is more to read.
    while (!hub) {
      many *= 2;
      await writeFile(path, Array.from({ length: many }, (_, n) => mail(n)).join(''));
      hub = await broken(path, many);
    }
    expect(await done(hub)).toMatchObject({ messages: many, added: many, damagedCount: 0 });
    const survived = await contents(hub);
    expect((await hub.call('app.check', {})).filter(({ ok }) => !ok)).toEqual([]);
    await hub.kill();

    const calm = await startHub(temporaryFolder());
    await calm.call('import.start', { path });
    expect(await done(calm)).toMatchObject({ messages: many, added: many, damagedCount: 0 });
    const expected = await contents(calm);
    await calm.end();
    expect(expected).toHaveLength(many);
    expect(survived).toEqual(expected);
  });
});

describe('an account on each network', () => {
  /** How often the hub is killed; `npm run kills` does it hundreds of times. */
  const kills = Number(process.env.CARILLON_KILLS ?? 5);
  /** The same blows every time; `npm run kills` draws others. */
  const seed = Number(process.env.CARILLON_SEED ?? 20_261_122);

  it(`killed ${kills} times has every message of its network once, and has sent each of its own once`, {
    timeout: 400_000 + kills * 30_000,
  }, async () => {
    console.info(`seed ${seed}`);
    const outcomes = await trial(networks, { kills, seed, messages: 60, say: (line) => console.info(line) });
    expect([...outcomes.keys()]).toEqual(Object.keys(networks));
    for (const [name, { messages, sends, asked, ...wrong }] of outcomes) {
      console.info(`${name}: ${messages} messages, ${sends} of them sent, ${asked} left to the person`);
      expect(wrong, name).toEqual({
        kills,
        missing: [],
        surplus: [],
        different: [],
        disordered: [],
        twice: [],
        unsent: [],
        sentTwice: [],
        damage: [],
      });
      // Only a mail server that keeps no record of what it took leaves anybody in doubt.
      if (name !== 'email') expect(asked, name).toBe(0);
    }
  });
});
