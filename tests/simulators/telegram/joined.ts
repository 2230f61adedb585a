import { afterEach } from 'vitest';
import { messageKey } from '../../../adapters/telegram/ids.ts';
import type { ChannelEvent, MessageKey } from '../../../src-shared/model/index.ts';
import { Member } from './member.ts';
import { called } from './people.ts';
import type { Message, Peer } from './world.ts';

/** Where most tests happen. */
export const hana: Peer = { kind: 'user', id: called('hana') };
export const group: Peer = { kind: 'chat', id: 2 };
export const forum: Peer = { kind: 'channel', id: 3 };
export const news: Peer = { kind: 'channel', id: 50 };

export const keyOf = ({ peer, id }: Message): MessageKey => messageKey({ kind: peer.kind, id: String(peer.id) }, id);
export const patience = (): AbortSignal => AbortSignal.timeout(60_000);

/** For every test of a file accounts on a Telegram of its own, which is gone after it. */
export function eachOnTelegram() {
  let member: Member | undefined;
  afterEach(async () => {
    await member?.leave();
    member = undefined;
  });
  const join = async (): Promise<Member> => {
    member = await Member.join();
    return member;
  };
  return {
    join,
    /** With a session that has caught up, and what it told. */
    async joined() {
      const member = await join();
      const { network } = member;
      const { session, record } = await member.connect();
      return {
        member,
        network,
        session,
        record,
        told: (wanted: (event: ChannelEvent) => boolean) =>
          record.until(() => record.batches.some(({ events }) => events.some(wanted)), patience()),
        arrived: (message: Message) =>
          record.until(() => record.memory.message(keyOf(message)) !== undefined, patience()),
        fact: (type: 'user' | 'conversation', key: string, field: string) => record.memory.fact(type, key, field),
        asked: (method: string) => network.ledger.of('asked').filter((one) => one.method === method).length,
      };
    },
  };
}
