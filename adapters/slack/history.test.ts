import { describe, expect, it } from 'vitest';
import { type Slack, userToken } from '../../tests/simulators/slack/index.ts';
import { keyOf, never, onSlack } from './testing/index.ts';

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

  it('asks for a new login when the token is revoked on the way, and goes on with it where it was', async () => {
    const { id } = running.channel('public');
    const said = Array.from({ length: 120 }, (_, index) => running.say(`Said ${index}`, { channel: id }));
    const one = await connect();
    const { memory } = one.record;
    const query = { scope: id, limit: 50, signal: never };
    const first = await one.session.backfill.fetch({ ...query, cursor: undefined });
    await one.record.context.emit({ events: first.events, origin: 'history' });
    running.tokens.become(userToken, 'revoked');
    const refused = one.session.backfill.fetch({ ...query, cursor: first.next });
    await expect(refused).rejects.toMatchObject({ code: 'auth', outcome: 'refused' });
    await one.until(() => one.record.states.at(-1)?.is === 'needs-login');
    await one.session.disconnect();
    running.tokens.become(userToken, 'good');
    const again = await connect({ memory });
    for (let cursor = first.next; cursor !== undefined; ) {
      const page = await again.session.backfill.fetch({ ...query, cursor });
      await again.record.context.emit({ events: page.events, origin: 'history' });
      cursor = page.next;
    }
    expect(said.filter(({ ts }) => memory.message(keyOf(id, ts)) === undefined)).toEqual([]);
  });

  it('is not taken for a token refused when Slack denies one thing', async () => {
    const one = await connect();
    const { id } = running.channel('public');
    running.faults.arm(
      { path: /conversations\.history/ },
      { is: 'answer', reply: { json: { ok: false, error: 'access_denied' } } },
    );
    const tested = () => running.seen.filter(({ path }) => path.endsWith('auth.test')).length;
    const before = tested();
    const fetching = one.session.backfill.fetch({ scope: id, cursor: undefined, limit: 50, signal: never });
    await expect(fetching).rejects.toMatchObject({ code: 'auth' });
    await expect.poll(tested).toBeGreaterThan(before);
    await one.backfill();
    expect(one.record.states.at(-1)).toEqual({ is: 'online' });
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
