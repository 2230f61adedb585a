import { expect, test } from 'vitest';
import { createAccountsStore } from '../features/accounts/store.ts';
import { held } from '../testing/held.ts';
import { memoryHub } from '../testing/transport.ts';
import { newest } from './newest.ts';

test('an answer counts unless that to a later question was there before', () => {
  const asks = newest();
  const [first, second, third] = [asks(), asks(), asks()];
  expect([first(), third(), second(), third()]).toEqual([true, true, false, true]);
});

test('accounts that were asked for twice are those of the second answer, whichever comes first', async () => {
  const lists = held<[]>();
  const { client } = memoryHub({ 'accounts.list': lists.answer });
  const accounts = createAccountsStore(client);
  const { loadAccounts } = accounts.getState();
  const both = [loadAccounts(), loadAccounts()];
  const [older, newer]: [[], []] = [[], []];
  lists.give(newer, 'last');
  lists.give(older);
  await Promise.all(both);
  expect(accounts.getState().accounts).toBe(newer);
});
