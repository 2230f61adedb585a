import type { Composition } from '../../../src-shared/ipc/index.ts';
import { type AccountId, asUserKey } from '../../../src-shared/model/index.ts';
import { type Chance, cast } from '../../simulators/_base/index.ts';
import { composition } from '../network.ts';
import { type HubProcess, soon } from '../process.ts';

/** A letter of its own conversation, named by its subject. */
export const letterTo = (account: AccountId, subject: string, luck: Chance): Composition =>
  composition(account, 'Once only.', {
    recipients: [{ role: 'to', key: asUserKey(luck.pick(cast).email) }],
    subject,
  });

/** A login that goes over the person's browser. */
export async function logInByBrowser(
  hub: HubProcess,
  channel: string,
  answers: Readonly<Record<string, string>>,
  visit: (url: string) => Promise<string>,
  flow = 'browser',
): Promise<AccountId> {
  const { login } = await hub.call('login.start', { channel, flow });
  const { step, error } = await hub.call('login.answer', { login, answers });
  if (step?.show !== 'browser') throw new Error(`no page to visit: ${error}`);
  await visit(step.url);
  return soon('the account is there', async () => {
    const accounts = await hub.call('accounts.list', {});
    return accounts.find((one) => one.channel === channel)?.id;
  });
}
