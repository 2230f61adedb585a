import type { AccountView, ChannelView, Reply } from '../../src-shared/ipc/index.ts';
import type { HubDoor } from './door.ts';

const caller = { window: 'host' };
/** The answer of a call whose type the contract gives; a refusal is thrown as its words. */
const value = <T>(reply: Reply<unknown>): T => {
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value as T;
};

/** Logs in to every network of the made-up world, unless that was done before. */
export const enterDemo = async (hub: HubDoor): Promise<void> => {
  const accounts = value<readonly AccountView[]>(await hub.call('accounts.list', {}, caller));
  if (accounts.some((account) => account.channel === 'demo')) return;
  const channels = value<readonly ChannelView[]>(await hub.call('channels.list', {}, caller));
  const flows = channels.find((channel) => channel.id === 'demo')?.logins ?? [];
  // `world` asks which network; the others are one each and ask nothing.
  for (const { id: flow } of flows.filter(({ id }) => id !== 'world')) {
    value(await hub.call('login.start', { channel: 'demo', flow }, caller));
  }
};
