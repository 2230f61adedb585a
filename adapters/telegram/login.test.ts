import { describe, expect, it, vi } from 'vitest';
import type { LoginDone, LoginEnvironment, LoginStep } from '../../src-shared/channel.ts';
import { answers } from '../../tests/simulators/telegram/answers.ts';
import { startTelegram, type Telegram, type TelegramOptions } from '../../tests/simulators/telegram/index.ts';
import { realClock, recorder, silent } from '../_kit/testing/index.ts';
import { telegram } from './index.ts';

vi.setConfig({ testTimeout: 120_000 });

const environment = (): LoginEnvironment => ({
  log: silent,
  clock: realClock,
  fetch,
  signal: new AbortController().signal,
  existing: undefined,
});
type Answer = Readonly<Record<string, string>>;
/** Walks a login; `wrong` is answered to the first step of its id, then what is right. */
async function walk(network: Telegram, way: string, wrong: Readonly<Record<string, Answer>> = {}) {
  const steps: LoginStep[] = [];
  const spent = new Set<string>();
  const login = telegram.login('account', environment());
  let turn = await login.next();
  while (!turn.done) {
    const step = turn.value;
    if (step.show !== 'choose') steps.push(step);
    if (step.show === 'qr') network.scan();
    const mistake = spent.has(step.id) ? undefined : wrong[step.id];
    spent.add(step.id);
    turn = await login.next({ ...answers(step, network, way), ...mistake });
  }
  return { steps, done: turn.value };
}
const on = async (options: TelegramOptions, play: (network: Telegram) => Promise<void>) => {
  const network = await startTelegram({ messages: 6, ...options });
  try {
    await play(network);
  } finally {
    await network.stop();
  }
};
async function comesOnline({ account, secrets }: LoginDone): Promise<string | undefined> {
  const record = recorder({ account, clock: realClock, secrets });
  const session = telegram.open(record.context);
  await session.connect(new AbortController().signal);
  await session.disconnect();
  return record.states.at(-1)?.is;
}

describe('logging in to Telegram', () => {
  it('asks again for a code that was wrong, and says so', () =>
    on({}, async (network) => {
      const { steps, done } = await walk(network, 'phone', { code: { code: '00000' } });
      expect(steps.map(({ id, error }) => [id, error])).toEqual([
        ['app', undefined],
        ['code', undefined],
        ['code', 'The code is not right.'],
      ]);
      expect(done.account).toMatchObject({ key: 'u1', label: '+447700900100', identities: [{ name: 'Alex Morgan' }] });
      expect(await comesOnline(done)).toBe('online');
    }));

  it('proves the password of two-step verification, after the code and after the scan', () =>
    on({ password: 'correct horse' }, async (network) => {
      const { steps, done } = await walk(network, 'phone', { password: { password: 'wrong' } });
      expect(steps.map(({ id, error }) => [id, error])).toEqual([
        ['app', undefined],
        ['code', undefined],
        ['password', undefined],
        ['password', 'The password is not right.'],
      ]);
      expect(JSON.stringify(done)).not.toContain('correct horse');
      const scanned = await walk(network, 'qr');
      expect(scanned.steps.map(({ id }) => id)).toEqual(['app', 'scan', 'password']);
    }));

  it('lets a phone scan a code', () =>
    on({}, async (network) => {
      const { steps, done } = await walk(network, 'qr');
      const [, scan] = steps;
      expect(scan?.show === 'qr' ? scan.data : '').toMatch(/^tg:\/\/login\?token=[\w-]+$/);
      expect(await comesOnline(done)).toBe('online');
    }));

  it('logs a bot in, which has no conversations to look through', () =>
    on({}, async (network) => {
      const { done } = await walk(network, 'bot');
      expect(done.account.config).toMatchObject({ bot: true });
      expect(await comesOnline(done)).toBe('online');
      expect(network.ledger.of('asked').some(({ method }) => method === 'messages.GetDialogs')).toBe(false);
    }));

  it('follows an account to the data center it lives in', () =>
    on({}, async (network) => {
      network.faults.next('auth.SendCode', { is: 'error', code: 303, message: 'PHONE_MIGRATE_4' });
      const { done } = await walk(network, 'phone');
      expect(JSON.parse(done.secrets.session ?? '{}')).toMatchObject({ dc: 4 });
      expect(await comesOnline(done)).toBe('online');
    }));

  it('says which credential is wrong and asks again', () =>
    on({}, async (network) => {
      const { steps } = await walk(network, 'phone', { app: { apiId: '999' } });
      expect(steps[1]?.error).toContain('my.telegram.org');
      const malformed = await walk(network, 'phone', { app: { apiHash: 'short' } });
      expect(malformed.steps[1]?.error).toContain('32 letters and digits');
      const number = await walk(network, 'phone', { app: { phone: '+1 555' } });
      expect(number.steps[1]?.error).toContain('phone number');
      const key = await walk(network, 'phone', { app: { serverKey: 'nonsense' } });
      expect(key.steps[1]?.error).toContain('PEM');
      const [, again] = key.steps;
      const fields = again?.show === 'fields' ? again.fields : [];
      expect(fields.find(({ id }) => id === 'phone')?.value).toBe(network.credentials.phone);
      expect(fields.find(({ id }) => id === 'apiHash')?.value).toBeUndefined();
    }));

  it('tells how long Telegram wants one to wait', () =>
    on({}, async (network) => {
      network.faults.flood('auth.SendCode', 86);
      const { steps } = await walk(network, 'phone');
      expect(steps[1]?.error).toContain('86 seconds');
    }));

  it('says so when the server cannot be reached', () =>
    on({}, async (network) => {
      const { steps } = await walk(network, 'phone', { app: { server: '127.0.0.1:1' } });
      expect(steps[1]?.error).toBe('Telegram cannot be reached.');
    }));
});
