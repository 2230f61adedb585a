import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LoginStep } from '../../src-shared/channel.ts';
import { visit } from '../../tests/simulators/_base/index.ts';
import { client, type Microsoft, startMicrosoft } from '../../tests/simulators/microsoft/index.ts';
import { TokenSet, tokensSecret } from '../_kit/oauth/index.ts';
import { driveLogin, realClock } from '../_kit/testing/index.ts';
import { outlook } from './index.ts';

let microsoft: Microsoft;
beforeEach(async () => {
  microsoft = await startMicrosoft({ talks: 1, messages: 1 });
});
afterEach(() => microsoft.stop());

const login = (flow: string, more: object = {}) =>
  driveLogin(outlook, {
    flow,
    clock: realClock,
    answer(step: LoginStep) {
      if (step.show === 'browser') void visit(step.url).catch(() => undefined);
      if (step.show === 'code') microsoft.grants.deviceAllowed = true;
      return { clientId: client.id, tenant: '', server: microsoft.address, ...more };
    },
  });

it.each([
  ['browser', ['fields', 'browser']],
  ['device', ['fields', 'code']],
])('ends in the account whose mailbox it is: %s', async (flow, shown) => {
  const { steps, done } = await login(flow);
  expect(steps.map(({ show }) => show)).toEqual(shown);
  expect(done?.account).toEqual({
    key: 'alex@northwind.example',
    label: 'alex@northwind.example',
    identities: [{ key: 'alex@northwind.example', name: 'Alex Morgan' }],
    config: { clientId: client.id, tenant: 'common', server: microsoft.address },
  });
  const tokens = TokenSet.parse(JSON.parse(done?.secrets[tokensSecret] ?? ''));
  expect(tokens.refresh).toBe(microsoft.grants.refreshTokens[0]);
});

it('goes to this machine by the name Microsoft has it registered under', async () => {
  const { steps } = await login('browser');
  const url = steps.flatMap((step) => (step.show === 'browser' ? [new URL(step.url)] : []))[0];
  expect(url?.searchParams.get('redirect_uri')).toMatch(/^http:\/\/localhost:\d+\/$/);
  expect(url?.searchParams.get('code_challenge_method')).toBe('S256');
});

it('says what went wrong and asks again', async () => {
  microsoft.grants.consent = 'deny';
  await expect(login('browser')).rejects.toThrow('Access was not allowed');
  await expect(login('browser', { clientId: ' ' })).rejects.toThrow('The client ID is needed');
  await expect(login('browser', { tenant: 'a b' })).rejects.toThrow('without blanks');
  await expect(login('browser', { server: 'https://login.example' })).rejects.toThrow('127.0.0.1');
});

it('notices an account without a mailbox before it is added', async () => {
  const reply = { status: 404, json: { error: { code: 'MailboxNotEnabledForRESTAPI', message: 'no' } } };
  microsoft.faults.arm({ path: /mailFolders\/inbox$/ }, { is: 'answer', reply });
  await expect(login('browser')).rejects.toThrow('no mailbox');
});
