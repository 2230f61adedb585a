import { describe, expect, it } from 'vitest';
import type { Log } from '../../../../src-shared/channel.ts';
import { asBlobRef, asMessageKey } from '../../../../src-shared/model/index.ts';
import { letter, sendOptions } from './by-hand.ts';
import { eachInItsWorld } from './desk.ts';
import { hereIn } from './reading.ts';
import type { MailSubject } from './subject.ts';
import type { MailNetwork } from './world.ts';

/** A log of everything, as text. */
function listening(): { readonly log: Log; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const told = (value: unknown): unknown =>
    value instanceof Error ? { ...value, text: value.stack, cause: told(value.cause) } : value;
  const write = (message: string, data: object = {}) =>
    void lines.push(
      message,
      JSON.stringify(data, (_name, value: unknown) => told(value)),
    );
  return { lines, log: { debug: write, info: write, warn: write, error: write } };
}

/** What goes wrong, and what is said of it. */
export function outlastsTrouble<N extends MailNetwork>(subject: MailSubject<N>): void {
  const { bad, look } = subject;
  const world = eachInItsWorld(subject, { talks: 3, messages: 12 });
  const expectAll = () => expect(hereIn(subject, world())).toEqual(look.there(world().network).toSorted());

  describe('bad days', () => {
    it('outlasts refusals, cut connections and broken answers without losing or doubling anything', async () => {
      const { network, memory } = world();
      for (const moment of bad.day) network.faults.arm(...moment);
      const { record, settle } = world().open();
      await settle();
      const id = network.write();
      await world().until(() => memory.message(asMessageKey(id)) !== undefined && network.faults.waiting === 0);
      expectAll();
      expect(record.states.at(-1)).toEqual({ is: 'online' });
    });

    it('renews a token that has run out, without anybody noticing, and keeps the new one', async () => {
      const { record, settle } = world().open();
      world().network.grants.expire();
      await settle();
      expect(record.states.at(-1)).toEqual({ is: 'online' });
      expectAll();
      const [token, ...others] = world().network.grants.refreshTokens;
      expect(others).toEqual([]);
      expect(JSON.stringify(await record.context.secrets.get('tokens'))).toContain(token);
    });

    it('asks for a login when access was taken back, and keeps everything', async () => {
      const { record, settle } = world().open();
      await settle();
      const before = hereIn(subject, world());
      world().network.grants.revoke();
      await world().until(() => record.states.at(-1)?.is === 'needs-login');
      expect(record.states.at(-1)).toMatchObject({ code: 'auth', message: expect.stringContaining('Log in again') });
      expect(hereIn(subject, world())).toEqual(before);
    });

    it('says what is missing when the mailbox cannot be opened at all', async () => {
      world().network.faults.arm(...bad.shut);
      const { session, record } = world().open();
      await world().passing(session.connect(new AbortController().signal));
      expect(record.states.at(-1)).toMatchObject({ is: 'failed', message: expect.stringContaining(bad.shutSays) });
    });

    it('goes offline when the network cannot be reached, and says so', async () => {
      const { session, record } = world().open();
      await world().network.stop();
      await world().passing(session.connect(new AbortController().signal));
      expect(record.states.at(-1)).toMatchObject({ is: 'offline' });
    });
  });

  it('writes nothing secret into a log, whatever goes wrong', async () => {
    const { log, lines } = listening();
    const { session, record, settle } = world().open({ log });
    const { faults, grants } = world().network;
    for (const moment of bad.noisyReading) faults.arm(...moment);
    grants.expire();
    await settle();
    for (const moment of bad.noisySending) faults.arm(...moment);
    const media = { ref: asBlobRef('file:1'), mime: 'application/pdf', name: 'plan.pdf' };
    const parts = [
      { kind: 'text' as const, format: 'plain' as const, text: 'a-private-word' },
      { kind: 'document' as const, media },
    ];
    const options = sendOptions('txn', { open: async () => new Uint8Array(3_500_000).fill(65) });
    await world()
      .passing(session.send(letter(world().clock, { parts }), options))
      .catch((error: unknown) => log.error('failed', { error }));
    grants.revoke();
    await world().until(() => record.states.at(-1)?.is === 'needs-login');
    expect(lines.length).toBeGreaterThan(30);
    const all = [...lines, JSON.stringify(record.states)].join('\n');
    for (const secret of ['sim-secret', 'a-private-word', 'refresh_token', ...bad.secrets])
      expect(all).not.toContain(secret);
  });
}
