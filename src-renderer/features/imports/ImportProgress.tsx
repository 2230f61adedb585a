import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { shareOf } from './ImportRow.tsx';

/** The running import at the foot of the rail. */
export function ImportProgress() {
  const t = useT();
  const formats = useFormats();
  const running = useFeature('imports', (state) => state.imports.find((one) => one.state === 'running'));
  const show = useFeature('navigation', (state) => state.show);
  if (!running) return null;
  return (
    <button type="button" className="rail-import" onClick={() => show({ is: 'import' })}>
      <span className="truncate">{t('import.running')}</span>
      <span>{formats.number(running.messages)}</span>
      <progress max={100} value={shareOf(running)} aria-label={t('import.running')} />
    </button>
  );
}
