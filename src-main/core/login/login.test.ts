import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { eventually } from '../testing/harness.ts';
import { openWorld, type World } from '../testing/world.ts';

let clock: FakeClock;
let world: World;
beforeEach(async () => {
  clock = fakeClock();
  world = await openWorld(clock);
});
afterEach(() => world.bench.close());

const begin = () => world.bench.call('login.start', { channel: 'scripted' });
const answer = (login: string, password: string) => world.bench.call('login.answer', { login, answers: { password } });

describe('a login', () => {
  it('asks again after a wrong answer, goes on by itself once the browser is done, and ends in an account', async () => {
    const first = await begin();
    expect(first.step).toMatchObject({ show: 'fields', id: 'password' });
    const again = await answer(first.login, 'wrong');
    expect(again.step).toMatchObject({ id: 'password', error: 'That is not the password.' });
    const consent = await answer(first.login, 'right');
    expect(consent.step).toMatchObject({ show: 'browser', id: 'consent' });
    const ended = await eventually(() => world.bench.heard.find(({ event }) => event === 'login'));
    const [account] = await world.bench.call('accounts.list', {});
    expect(ended.payload).toMatchObject({ step: null, account: account?.id, error: null });
    expect(account).toMatchObject({ channel: 'scripted', label: 'Me at example', key: 'me@example.org' });
  });

  it('keeps the secret with the secrets and out of the database, the answers and the log', async () => {
    await world.bench.login();
    expect([...world.bench.secrets]).toContainEqual(['account/scripted/me@example.org', '{"password":"right"}']);
    const accounts = JSON.stringify(await world.bench.call('accounts.list', {}));
    expect(accounts).not.toContain('right');
    expect(world.bench.logged.join('\n')).not.toContain('"right"');
  });

  it('leaves nothing when it is cancelled, and takes no more answers', async () => {
    const { login } = await begin();
    await world.bench.call('login.cancel', { login });
    await expect(answer(login, 'right')).rejects.toThrow('not-found');
    expect(await world.bench.call('accounts.list', {})).toEqual([]);
    expect(world.bench.secrets.size).toBe(0);
  });

  it('is ended when nobody goes on with it', async () => {
    const { login } = await begin();
    await clock.advance(900_001);
    const told = await eventually(() => world.bench.heard.find(({ event }) => event === 'login'));
    expect(told.payload).toMatchObject({ step: null, account: null, error: 'The login was left alone for too long.' });
    await expect(answer(login, 'right')).rejects.toThrow('not-found');
  });

  it('ends in the channel’s own words when the network refuses, and in ours when the channel breaks', async () => {
    const refused = await answer((await begin()).login, 'blocked');
    expect(refused).toMatchObject({ step: null, account: null, error: 'The account is blocked.' });
    const broken = await answer((await begin()).login, 'break');
    expect(broken.error).toBe('The login failed inside. Nothing was saved; try again.');
  });

  it('mends an account that is there, and does not make a second', async () => {
    const account = await world.bench.login();
    world.bench.secrets.clear();
    const { login } = await world.bench.call('login.start', { channel: 'scripted', account });
    await answer(login, 'right');
    await eventually(() => world.bench.secrets.size === 1);
    expect(await world.bench.call('accounts.list', {})).toHaveLength(1);
  });

  it('says what it is about between two steps, and nothing once it was left', async () => {
    const { login } = await begin();
    await answer(login, 'wrong');
    const told = () =>
      world.bench.heard.filter(({ event }) => event === 'login-progress').map(({ payload }) => payload);
    expect(told()).toEqual([{ login, doing: 'Signing in to scripted.example …' }]);
    await world.bench.call('login.cancel', { login });
    expect(told()).toHaveLength(1);
  });

  it('is refused for a channel or a way in that is not there', async () => {
    await expect(world.bench.call('login.start', { channel: 'pigeon' })).rejects.toThrow('no-such-channel');
    await expect(world.bench.call('login.start', { channel: 'scripted', flow: 'x' })).rejects.toThrow('no-such-login');
  });
});

it('removing an account takes its secrets along', async () => {
  const account = await world.bench.login();
  await world.bench.call('accounts.remove', { account });
  expect(await world.bench.call('accounts.list', {})).toEqual([]);
  expect([...world.bench.secrets.keys()].filter((name) => name.startsWith('account/'))).toEqual([]);
  expect(world.acts.sessions.every((session) => session.disconnected)).toBe(true);
});

it('keeps a secret that is renewed as the session ends, unless the account has gone', async () => {
  const account = await world.bench.login();
  const session = world.acts.sessions[0]?.context;
  await world.bench.call('accounts.update', { account, paused: true });
  await session?.secrets.set('password', 'renewed');
  expect([...world.bench.secrets.values()]).toEqual(['{"password":"renewed"}']);
  await world.bench.call('accounts.remove', { account });
  await expect(session?.secrets.set('password', 'too late')).rejects.toThrow('over');
  expect(world.bench.secrets.size).toBe(0);
});
