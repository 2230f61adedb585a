import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appToken, type Slack, startSlack, userToken } from '../../tests/simulators/slack/index.ts';
import { driveLogin, realClock } from '../_kit/testing/index.ts';
import { isHosted, isTrusted, readApiUrl } from './config.ts';
import { slack } from './index.ts';
import { manifest, missingScopes, scopes } from './manifest.ts';

let running: Slack;
beforeEach(async () => {
  running = await startSlack();
});
afterEach(() => running.stop());
const enter = (fields: Readonly<Record<string, string>>) =>
  driveLogin(slack, {
    flow: 'tokens',
    clock: realClock,
    answer: () => ({ userToken, appToken, apiUrl: running.apiUrl, ...fields }),
  });

describe('the login', () => {
  it('shows what to paste and where, and ends in the person’s account', async () => {
    const { steps, done } = await enter({});
    const [step] = steps;
    if (step?.show !== 'fields') throw new Error('no fields');
    const field = step.fields.find(({ id }) => id === 'manifest');
    expect(JSON.parse(field?.value ?? '')).toEqual(manifest);
    expect(step.text).toContain('https://api.slack.com/apps?new_app=1');
    expect(done?.account).toMatchObject({
      key: 'T0NORTHWIND/U0ALEX',
      label: 'Northwind',
      identities: [{ key: 'U0ALEX', name: 'Alex' }],
      config: { user: 'U0ALEX' },
    });
    expect(done?.secrets).toEqual({ userToken, appToken });
  });

  it.each([
    ['a bot token', { userToken: 'xoxb-1' }, 'This is a bot token'],
    ['the tokens in each other’s field', { userToken: appToken }, 'it belongs in the other field'],
    ['no token', { userToken: ' ' }, 'The user token is missing'],
    ['another kind of token for the live connection', { appToken: 'xoxp-2' }, 'not an app-level token'],
    ['a token Slack does not know', { userToken: 'xoxp-wrong' }, 'the token is not one Slack knows'],
    ['an app-level token Slack does not know', { appToken: 'xapp-wrong' }, 'does not accept the app-level token'],
    ['an address without encryption', { apiUrl: 'http://slack.example/api/' }, 'has to begin with https'],
  ])('says what is wrong with %s', async (_what, fields, words) => {
    await expect(enter(fields)).rejects.toThrow(words);
  });

  it('names the permissions that are missing', async () => {
    running.tokens.grant(
      userToken,
      scopes.filter((scope) => scope !== 'chat:write' && scope !== 'im:history'),
    );
    await expect(enter({})).rejects.toThrow('lacks the permissions im:history, chat:write');
  });

  it('does without the app-level token', async () => {
    const { done } = await enter({ appToken: '' });
    expect(done?.secrets).toEqual({ userToken, appToken: '' });
    expect(running.seen.some(({ path }) => path.includes('apps.connections'))).toBe(false);
  });

  it('does not take another person’s token to mend an account', async () => {
    const { done } = await enter({});
    if (!done) throw new Error('no account');
    const existing = { ...done.account, config: { ...done.account.config, user: 'U0OTHER' } };
    const answer = () => ({ userToken, appToken, apiUrl: running.apiUrl });
    const mending = driveLogin(slack, { flow: 'tokens', clock: realClock, existing, answer });
    await expect(mending).rejects.toThrow('belongs to another person');
  });
});

it('asks for no bot', () => {
  expect(manifest.oauth_config.scopes).not.toHaveProperty('bot');
});

it('asks of what is needed only what was not granted', () => {
  expect(missingScopes(scopes)).toEqual([]);
  expect(missingScopes(scopes.filter((scope) => scope !== 'emoji:read'))).toEqual([]);
  expect(missingScopes([])).toEqual([]);
});

it('tells the token to Slack alone', () => {
  const api = 'https://slack.com/api/';
  expect(['https://files.slack.com/a', 'https://slack.com/a'].every((url) => isTrusted(url, api))).toBe(true);
  for (const url of [
    'http://files.slack.com/a',
    'https://slack.com.evil.example/',
    'https://evilslack.com/',
    'https://emoji.slack-edge.com/x',
    'nonsense',
  ])
    expect(isTrusted(url, api)).toBe(false);
  expect(isHosted('https://emoji.slack-edge.com/x.png', api)).toBe(true);
  expect(readApiUrl('')).toEqual(new URL(api));
  expect(readApiUrl('https://slack-gov.com/api')).toEqual(new URL('https://slack-gov.com/api/'));
});
