import { expect, test } from 'vitest';
import type { LoginView } from '../../../src-shared/ipc/index.ts';
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
