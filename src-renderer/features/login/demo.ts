import type { Workspace } from '../../state/workspace.ts';

/** Adds every pretend account there is, by walking the demo channel's own login once for each choice it offers. */
export async function lookAround({ client, accounts, navigation }: Workspace): Promise<void> {
  const cancel = (login: string) => client.call('login.cancel', { login });
  const first = await client.call('login.start', { channel: 'demo' });
  const { step } = first;
  if (step?.show !== 'choose') {
    if (first.account === null && step) await client.call('login.answer', { login: first.login, answers: {} });
  } else {
    await cancel(first.login);
    for (const option of step.options) {
      const login = await client.call('login.start', { channel: 'demo' });
      await client.call('login.answer', { login: login.login, answers: { choice: option.id } });
    }
  }
  await accounts.getState().loadAccounts();
  navigation.getState().go({ is: 'view', view: 'inbox', account: null });
}
