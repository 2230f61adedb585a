import type { OutboxView } from '../../../src-shared/ipc/index.ts';
import type { Workspace } from '../../state/workspace.ts';

/** Shown where they failed: a message stays in its conversation, marked. */
const messages: ReadonlySet<string> = new Set(['send', 'edit', 'draft']);

/** Says what a network refused after it was shown as done: the row goes back, and the person hears why. */
export function followRefusals({ outbox, toasts, i18n }: Workspace): () => void {
  const failed = (rows: readonly OutboxView[]) =>
    rows.filter((row) => row.delivery.state === 'failed' && !messages.has(row.kind));
  let known: ReadonlySet<number> | null = null;
  return outbox.subscribe(({ rows }) => {
    const now = failed(rows);
    // What failed before this window was opened is old news; it stands in the outbox.
    if (known !== null)
      for (const row of now)
        if (!known.has(row.id))
          toasts.getState().show({
            text: i18n.t('toast.refused', { title: row.title, why: row.delivery.error ?? '' }),
            tone: 'problem',
          });
    known = new Set(now.map((row) => row.id));
  });
}
