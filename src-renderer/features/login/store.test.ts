import { expect, test } from 'vitest';
import { AccountId } from '../../../src-shared/ids.ts';
import type { LoginView } from '../../../src-shared/ipc/index.ts';
import { held } from '../../testing/held.ts';
import { memoryHub } from '../../testing/transport.ts';
import { createLoginStore } from './store.ts';

const asking: LoginView = {
  login: 'one',
  step: { show: 'fields', id: 'address', title: 'Add a mailbox', fields: [] },
  account: null,
  error: null,
};

test('what a login is about is told while it works, and no longer', async () => {
  const answered = Promise.withResolvers<LoginView>();
  const hub = memoryHub({ 'login.start': () => asking, 'login.answer': () => answered.promise });
  const login = createLoginStore(hub.client);
  await login.getState().start('email');
  const answer = login.getState().answer({ address: 'a@example.org' });
  expect(login.getState()).toMatchObject({ busy: true, doing: null });
  hub.emit('login-progress', { login: 'one', doing: 'Signing in to imap.example.org:993 …' });
  expect(login.getState().doing).toBe('Signing in to imap.example.org:993 …');
  hub.emit('login-progress', { login: 'another', doing: 'Signing in elsewhere …' });
  expect(login.getState().doing).toBe('Signing in to imap.example.org:993 …');
  answered.resolve(asking);
  await answer;
  expect(login.getState()).toMatchObject({ busy: false, doing: null });
  hub.emit('login-progress', { login: 'one', doing: 'Late' });
  expect(login.getState().doing).toBeNull();
});

test('a login that goes on by itself before its answer is there, or that was left, does not come back', async () => {
  const starts = held<LoginView>();
  const answers = held<LoginView>();
  const hub = memoryHub({
    'login.start': starts.answer,
    'login.answer': answers.answer,
    'login.cancel': () => null,
    'accounts.test': () => [],
  });
  const login = createLoginStore(hub.client);
  const { start, answer } = login.getState();
  const scanned: LoginView = { ...asking, step: { show: 'fields', id: 'password', title: 'Password', fields: [] } };
  const first = start('telegram');
  hub.emit('login', scanned);
  starts.give(asking);
  await first;
  expect(login.getState().view).toEqual(scanned);
  const ended: LoginView = { ...asking, step: null, account: AccountId.parse(4) };
  const answered = answer({ password: 'x' });
  hub.emit('login', ended);
  answers.give(scanned);
  await answered;
  expect(login.getState().view).toEqual(ended);

  const left = start('telegram', { flow: 'qr' });
  const taken = start('telegram', { flow: 'phone' });
  starts.give({ ...asking, login: 'phone' }, 'last');
  await taken;
  starts.give({ ...asking, login: 'qr' });
  await left;
  expect(login.getState()).toMatchObject({ flow: 'phone', view: { login: 'phone' } });
  expect(hub.callsOf('login.cancel')).toEqual([{ login: 'qr' }]);
});
