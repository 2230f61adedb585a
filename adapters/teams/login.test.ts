import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LoginStep } from '../../src-shared/channel.ts';
import { me, visit } from '../../tests/simulators/_base/index.ts';
import { client, type Microsoft, startMicrosoft } from '../../tests/simulators/microsoft/index.ts';
import { channelScopes, chatScopes, idOf } from '../../tests/simulators/microsoft/teams/index.ts';
import { TokenSet, tokensSecret } from '../_kit/oauth/index.ts';
import { driveLogin, realClock } from '../_kit/testing/index.ts';
import { teams } from './index.ts';

let microsoft: Microsoft;
beforeEach(async () => {
  microsoft = await startMicrosoft({ talks: 1, messages: 1, teams: { talks: 1, messages: 1 } });
});
afterEach(() => microsoft.stop());

const login = (flow: string, more: object = {}) =>
  driveLogin(teams, {
    flow,
    clock: realClock,
    answer(step: LoginStep) {
      if (step.show === 'browser') void visit(step.url).catch(() => undefined);
      if (step.show === 'code') microsoft.grants.deviceAllowed = true;
      return { clientId: client.id, tenant: client.tenant, server: microsoft.address, ...more };
    },
  });
const sorted = (scopes: readonly string[]) => scopes.toSorted();
const always = ['User.Read', 'offline_access'];

it.each([
  ['browser', ['fields', 'browser'], chatScopes],
  ['browser-channels', ['fields', 'browser'], [...chatScopes, ...channelScopes]],
  ['device', ['fields', 'code'], chatScopes],
  ['device-channels', ['fields', 'code'], [...chatScopes, ...channelScopes]],
])('asks for no more than the choice needs: %s', async (flow, shown, scopes) => {
  const { steps, done } = await login(flow);
  expect(steps.map(({ show }) => show)).toEqual(shown);
  expect(done?.account).toEqual({
    key: idOf(me),
    label: me.email,
    identities: [{ key: idOf(me), name: me.name }],
    config: {
      clientId: client.id,
      tenant: client.tenant,
      server: microsoft.address,
      channels: flow.endsWith('channels'),
    },
  });
  const tokens = TokenSet.parse(JSON.parse(done?.secrets[tokensSecret] ?? ''));
  expect(sorted(tokens.scopes)).toEqual(sorted([...always, ...scopes]));
});

it('goes to this machine by the name Microsoft has it registered under, into the directory of an organisation', async () => {
  const { steps } = await login('browser');
  const url = steps.flatMap((step) => (step.show === 'browser' ? [new URL(step.url)] : []))[0];
  expect(url?.searchParams.get('redirect_uri')).toMatch(/^http:\/\/localhost:\d+\/$/);
  const field = steps[0]?.show === 'fields' ? steps[0].fields.find(({ id }) => id === 'tenant') : undefined;
  expect(field?.value).toBe('organizations');
});

it('says what went wrong and what helps, and asks again', async () => {
  microsoft.grants.consent = 'deny';
  await expect(login('browser')).rejects.toThrow('your organisation wants one to agree');
  await expect(login('browser-channels')).rejects.toThrow('choose the login for chats alone');
  await expect(login('browser', { clientId: ' ' })).rejects.toThrow('The client ID is needed');
  await expect(login('browser', { server: 'https://login.example' })).rejects.toThrow('127.0.0.1');
});

it('notices that channels were left out of what was given', async () => {
  const change = (body: string) => {
    const tokens: { scope: string } = JSON.parse(body);
    return JSON.stringify({ ...tokens, scope: tokens.scope.replace('ChannelMessage.Read.All', '') });
  };
  microsoft.faults.arm({ path: /token$/ }, { is: 'spoilt', change });
  await expect(login('browser-channels')).rejects.toThrow('an administrator of your organisation');
});

it('notices an account without Teams before it is added', async () => {
  const reply = { status: 403, json: { error: { code: 'Forbidden', message: 'Failed to get license information.' } } };
  microsoft.faults.arm({ path: /me\/chats$/ }, { is: 'answer', reply });
  await expect(login('browser')).rejects.toThrow('an account of work or school');
});
