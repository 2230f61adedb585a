import { expect, it } from 'vitest';
import type { Log } from '../../src-shared/channel.ts';
import { redactingLog } from './log.ts';

function recorded(): { log: ReturnType<typeof redactingLog>; text: () => string } {
  const lines: string[] = [];
  const keep = (message: string, data?: Readonly<Record<string, unknown>>): void => {
    lines.push(`${message} ${JSON.stringify(data)}`);
  };
  const sink: Log = { debug: keep, info: keep, warn: keep, error: keep };
  return { log: redactingLog(sink), text: () => lines.join('\n') };
}

it('hides what is called a secret, however deep', () => {
  const { log, text } = recorded();
  log.info('x', { a: { password: 'hunter2', list: [{ accessToken: 'abc' }] }, Authorization: 'x', name: 'Ala' });
  expect(text()).not.toMatch(/hunter2|abc/);
  expect(text()).toContain('Ala');
});

it('hides what looks like a secret', () => {
  const { log, text } = recorded();
  log.warn('Authorization: Bearer abcdefgh12345 failed', { url: 'imap://me:pa55@host/?token=deadbeef&x=1' });
  expect(text()).not.toMatch(/abcdefgh12345|pa55|deadbeef/);
  expect(text()).toContain('x=1');
});

it('hides what it was told of, in messages and in the stacks of errors', () => {
  const { log, text } = recorded();
  log.hide('correct horse');
  log.with({ account: 7 }).error('LOGIN me "correct horse"', { error: new Error('bad: correct horse') });
  expect(text()).not.toContain('correct horse');
  expect(text()).toContain('"account":7');
});

it('writes bytes as their number and ends where things refer to themselves', () => {
  const { log, text } = recorded();
  const loop: Record<string, unknown> = { bytes: new Uint8Array(5) };
  loop.self = loop;
  log.debug('x', loop);
  expect(text()).toContain('[5 bytes]');
});
