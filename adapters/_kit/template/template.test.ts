import { describe, expect, it } from 'vitest';
import { conformance } from '../conformance/index.ts';
import { driveLogin, realClock, recorder } from '../testing/index.ts';
import { board, userKey } from './ids.ts';
import { template } from './index.ts';
import { type Board, startBoard } from './simulator.ts';

conformance<Board>(template, {
  start: startBoard,
  flow: 'token',
  answer: (_step, { address, token }) => ({ address, token }),
  clock: 'real',
  live: true,
  stir: async (running) => running.post('hana', 'Did you see this?'),
  outgoing: () => ({
    conversation: board,
    parts: [{ kind: 'text', format: 'plain', text: 'Hello, board' }],
    at: Date.now(),
  }),
});

describe('the template', () => {
  it('asks again with what was wrong when the token is', async () => {
    const running = await startBoard();
    const answer = () => ({ address: running.address, token: 'wrong' });
    const drive = driveLogin(template, { flow: 'token', clock: realClock, answer });
    await expect(drive).rejects.toThrow('does not know this token');
    await running.stop();
  });

  it('asks for a new login when the token stops working, and does not try for ever', async () => {
    const running = await startBoard();
    const account = {
      key: userKey('alex'),
      label: 'board',
      identities: [],
      config: { address: running.address, name: 'alex' },
    };
    const record = recorder({ account, clock: realClock, secrets: { token: 'old' } });
    const session = template.open(record.context);
    await session.connect(new AbortController().signal);
    expect(record.states.at(-1)).toMatchObject({ is: 'needs-login', code: 'auth' });
    await session.disconnect();
    await running.stop();
  });
});
