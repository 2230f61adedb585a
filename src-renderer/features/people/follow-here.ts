import type { PresenceView } from '../../../src-shared/ipc/index.ts';
import type { Workspace } from '../../state/workspace.ts';

const togetherMs = 100;

/** Keeps it true by what the hub tells. Returns how to stop. */
export function followHere({ client, here, list }: Pick<Workspace, 'client' | 'here' | 'list'>): () => void {
  // A network that is asked tells of hundreds one after another: they are shown together.
  const waiting: PresenceView[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    here.getState().setPresence(waiting.splice(0));
  };
  const load = (): void =>
    void here
      .getState()
      .load()
      .catch(() => undefined);
  const stops = [
    client.on('typing', ({ conversation, name, until }) => here.getState().setTyping(conversation, { name, until })),
    client.on('presence', (told) => {
      waiting.push(told);
      timer ??= setTimeout(flush, togetherMs);
    }),
    client.on('hub', ({ is }) => {
      if (is === 'up') load();
    }),
    list.subscribe(({ rows }, before) => {
      if (rows === before.rows || here.getState().typing.size === 0) return;
      const lastAt = new Map(before.rows.map((row) => [row.id, row.lastAt]));
      for (const row of rows)
        if (!row.lastFromMe && row.lastAt !== (lastAt.get(row.id) ?? row.lastAt)) here.getState().stopTyping(row.id);
    }),
  ];
  load();
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
