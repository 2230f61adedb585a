import { describe, expect, it } from 'vitest';
import type { Slack } from '../../tests/simulators/slack/index.ts';
import { never, onSlack } from './testing/index.ts';

let running: Slack;
const connect = onSlack(
  (started) => {
    running = started;
  },
  { messages: 24 },
);

describe('history', () => {
  it('goes on where it was left, also when its page is answered the second time only', async () => {
    const one = await connect();
    running.faults.arm({ path: /conversations\.history/ }, { is: 'cut-mid-body' });
    running.faults.arm({ path: /conversations\.replies/ }, { is: 'answer', reply: { status: 503 } });
    await one.backfill();
    const told = running.workspace.ledger.of('message').length;
    expect(one.record.memory.messages.length).toBe(told);
  });

  it('asks to be tried later when Slack wants more patience than one should have', async () => {
    const one = await connect();
    const [scope = ''] = one.record.memory.scopes;
    running.faults.arm(
      { path: /conversations\.history/ },
      {
        is: 'answer',
        reply: { status: 429, headers: { 'retry-after': '300' }, json: { ok: false, error: 'ratelimited' } },
      },
    );
    const fetching = one.session.backfill.fetch({ scope, cursor: undefined, limit: 50, signal: never });
    await expect(fetching).rejects.toMatchObject({ code: 'busy', outcome: 'not-done', retryAfterMs: 300_000 });
  });

  it('ends quietly where the person is no longer in the conversation', async () => {
    const one = await connect();
    const channel = running.channel('private');
    channel.members = [];
    const page = await one.session.backfill.fetch({ scope: channel.id, cursor: undefined, limit: 50, signal: never });
    expect(page).toEqual({ events: [], done: 0, total: 0 });
  });
});

describe('an app sold outside the marketplace', () => {
  let small: Slack;
  const beginSmall = onSlack(
    (started) => {
      small = started;
    },
    { most: 15, messages: 80 },
  );

  it('takes pages as short as Slack gives to apps sold outside the marketplace, and waits when told to', async () => {
    const one = await beginSmall();
    small.faults.arm(
      { path: /conversations\.history/, after: 1 },
      {
        is: 'answer',
        reply: { status: 429, headers: { 'retry-after': '1' }, json: { ok: false, error: 'ratelimited' } },
      },
    );
    await one.backfill();
    expect(one.record.memory.messages.length).toBe(small.workspace.ledger.of('message').length);
    expect(small.faults.waiting).toBe(0);
  });
});
