import { expect, it } from 'vitest';
import { type Channel, ChannelError, type LoginStep } from '../../../src-shared/channel.ts';
import { SendLimits } from '../../../src-shared/model/index.ts';
import { driveLogin, realClock, settle } from '../testing/index.ts';
import { type LooseSession, operationsOf, staged } from './run.ts';
import type { ConformanceWorld, Running } from './world.ts';

/** Sockets and processes of this program that are open now; files and timers come and go with the test runner itself. */
const connections = () =>
  process.getActiveResourcesInfo().filter((kind) => /TCP|TLS|Pipe|UDP|Process/.test(kind)).length;

/** What a channel says of itself, and how one logs in. */
export function describesItself<R extends Running>(channel: Channel, world: ConformanceWorld<R>): void {
  const on = staged(channel, world);
  it('describes itself in plain JSON', () => {
    const { features, send, risk, logins } = channel;
    const told = { features, send, risk, logins };
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
    expect(SendLimits.parse(send)).toEqual(send);
    expect(channel.id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(channel.provenWithinMs).toBeGreaterThan(0);
    expect(logins.map(({ id }) => id)).toContain(world.flow);
  });

  it(
    'carries the operations of the features it declares and of no other',
    on(async (stage) => {
      const session: LooseSession = stage.open(await stage.login()).session;
      for (const [feature, names] of Object.entries(operationsOf)) {
        const carried: unknown = Reflect.get(session, feature);
        if (!Object.hasOwn(channel.features, feature)) expect(carried, feature).toBeUndefined();
        else
          for (const name of names)
            expect(typeof Reflect.get(Object(carried), name), `${feature}.${name}`).toBe('function');
      }
    }),
  );

  it(
    'ends a login in an account that can be stored',
    on(async (stage) => {
      const { account, secrets } = await stage.login();
      expect(JSON.parse(JSON.stringify(account))).toEqual(account);
      // Who can send needs a name to send under; an archive has none.
      if (world.outgoing) expect(account.identities.length).toBeGreaterThan(0);
      for (const secret of Object.values(secrets)) {
        expect(JSON.stringify(account)).not.toContain(JSON.stringify(secret).slice(1, -1));
      }
    }),
  );

  it('refuses a login flow it does not have', async () => {
    const drive = driveLogin(channel, { flow: 'no-such-flow', clock: realClock, answer: () => ({}) });
    await expect(drive).rejects.toBeInstanceOf(ChannelError);
  });

  it(
    'leaves nothing open when a login is cancelled, at whichever step',
    on(async (stage) => {
      const answer = (step: LoginStep) => world.answer(step, stage.running);
      // What earlier tests closed may still be on its way out.
      await settle(50);
      const before = connections();
      for (let cancelAt = 0; ; cancelAt++) {
        const { done } = await stage.during(
          driveLogin(channel, { flow: world.flow, clock: stage.clock, answer, cancelAt }),
        );
        await expect.poll(connections, { message: `after step ${cancelAt}` }).toBeLessThanOrEqual(before);
        expect(stage.sleeping).toBe(0);
        if (done) return;
      }
    }),
  );
}
