import type { ImportView } from '../../../src-shared/ipc/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';

const states: Record<ImportView['state'], Key> = {
  running: 'import.running',
  paused: 'import.paused',
  done: 'import.done',
  cancelled: 'import.cancelled',
  failed: 'import.failed',
};
export const shareOf = (view: ImportView): number =>
  view.state === 'done' ? 100 : view.total > 0 ? Math.min(100, (100 * view.done) / view.total) : 0;

/** How far an import is: count, rate, time left, what was damaged; and a way to stop it and to go on. */
export function ImportRow({ view }: { view: ImportView }) {
  const t = useT();
  const formats = useFormats();
  const { cancel, resume } = useFeature('imports', (state) => state);
  const name = view.path.split(/[/\\]/).at(-1) ?? view.path;
  const running = view.state === 'running';
  const facts = [
    t('import.messages', { count: view.messages }),
    running && view.rate > 0 ? t('import.rate', { count: Math.round(view.rate) }) : '',
    running && view.secondsLeft !== null ? t('import.left', { time: formats.secondsLeft(view.secondsLeft) }) : '',
    // Where it is known which, they stand below.
    view.damagedCount > 0 && view.damaged.length === 0 ? t('import.damaged', { count: view.damagedCount }) : '',
  ].filter(Boolean);
  return (
    <li className="import-row">
      <div className="import-line">
        <strong className="truncate" title={view.path}>
          {name}
        </strong>
        <span>{t(states[view.state])}</span>
        {running ? (
          <Button onClick={() => void cancel(view.id)}>{t('action.cancel')}</Button>
        ) : view.state === 'done' ? null : (
          <Button onClick={() => void resume(view.id)}>{t('import.resume')}</Button>
        )}
      </div>
      <progress max={100} value={shareOf(view)} aria-label={t('import.progress', { name })} />
      <p className="import-facts">{facts.join(' · ')}</p>
      {view.error ? (
        <p className="login-error" role="alert">
          {view.error}
        </p>
      ) : null}
      {view.damaged.length > 0 ? (
        <details className="import-damaged">
          <summary>{t('import.damaged', { count: view.damagedCount })}</summary>
          <ul>
            {view.damaged.slice(0, 50).map((one) => (
              <li key={one.number}>{t('import.damagedOne', { number: one.number, reason: one.reason })}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </li>
  );
}
