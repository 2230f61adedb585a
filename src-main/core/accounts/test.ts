import type { Clock, ConnectionState } from '../../../src-shared/channel.ts';
import type { Check } from '../../../src-shared/ipc/index.ts';
import type { AccountRunner, Supervisor } from '../supervisor/index.ts';
import { sleepUntil } from '../time/sleep.ts';

/** A connection that has not settled by then counts as failed. Ms. */
const patience = 45_000;
const lookEvery = 100;

/** Connects anew with what is stored and tells how it went. A paused account is connected for the test and paused again. */
export async function connectionChecks(
  options: { clock: Clock; supervisor: Supervisor },
  runner: AccountRunner,
): Promise<readonly Check[]> {
  const { clock, supervisor } = options;
  const { row } = runner;
  const tested = row.paused ? await supervisor.renew({ ...row, paused: false }) : runner;
  if (!row.paused) tested.restart();
  const begun = clock.now();
  const state = await settled(tested, clock, begun + patience);
  const { lastProvenAt } = tested;
  if (row.paused) await supervisor.renew(row);
  const connected = state.is === 'online';
  return [
    { name: 'Connection', ok: connected, detail: connected ? 'Connected.' : inWords(state) },
    {
      name: 'Credentials',
      ok: state.is !== 'needs-login',
      detail: state.is === 'needs-login' ? state.message : 'Accepted or not asked for.',
    },
    {
      name: 'Delivery',
      ok: lastProvenAt !== null && lastProvenAt >= begun,
      detail:
        lastProvenAt === null ? 'Nothing has been proven yet.' : `Last proven ${new Date(lastProvenAt).toISOString()}.`,
    },
  ];
}

async function settled(runner: AccountRunner, clock: Clock, until: number): Promise<ConnectionState> {
  const never = new AbortController().signal;
  do await sleepUntil(clock, clock.now() + lookEvery, never);
  while (runner.state.is === 'connecting' && clock.now() < until);
  return runner.state;
}

function inWords(state: ConnectionState): string {
  switch (state.is) {
    case 'connecting':
      return 'It did not connect in time.';
    case 'online':
      return 'Connected.';
    default:
      return state.message;
  }
}
