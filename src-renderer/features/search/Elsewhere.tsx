import { Cloud } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { channelOf } from '../accounts/store.ts';

/** Below what was found here: the way to ask the networks for what they never gave. */
export function Elsewhere() {
  const t = useT();
  const { search, report } = useWorkspace();
  const state = useFeature('search', ({ elsewhere }) => elsewhere);
  const can = useFeature('accounts', (accounts) =>
    (accounts.accounts ?? []).some((one) => channelOf(accounts, one.channel)?.features.search !== undefined),
  );
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed is gone: whoever goes on by keys goes on from what it brought.
    const answered = state !== null && state !== 'asking';
    if (answered && document.activeElement === document.body) told.current?.focus();
  }, [state]);
  if (!can) return null;
  if (state === null || state === 'asking')
    return (
      <Button
        className="hits-more"
        disabled={state === 'asking'}
        onClick={() => void search.getState().askElsewhere().catch(report)}
      >
        <Cloud aria-hidden="true" />
        {t(state === 'asking' ? 'search.asking' : 'search.elsewhere')}
      </Button>
    );
  return (
    <div className="hits-elsewhere" role="status" tabIndex={-1} ref={told}>
      <p>
        {state.found > 0
          ? t('search.elsewhereFound', { count: state.found })
          : t(state.asked > 0 ? 'search.elsewhereNothing' : 'search.elsewhereNobody')}
      </p>
      {state.failed.map((why) => (
        <p key={why} dir="auto">
          {why}
        </p>
      ))}
    </div>
  );
}
