import { Stethoscope } from 'lucide-react';
import { useState } from 'react';
import type { Check } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Checks } from '../login/Checks.tsx';
import { Setting } from './Setting.tsx';

/** Looks the database, the secrets and every account over. */
export function Doctor() {
  const t = useT();
  const { client, report } = useWorkspace();
  const [checks, setChecks] = useState<readonly Check[] | null>(null);
  const [busy, setBusy] = useState(false);
  const run = (): void => {
    setBusy(true);
    client
      .call('app.check', {})
      .then(setChecks, report)
      .finally(() => setBusy(false));
  };
  return (
    <Setting tall title={t('doctor.title')} text={t('doctor.text')}>
      <span>
        <Button disabled={busy} onClick={run}>
          <Stethoscope />
          {t(busy ? 'doctor.running' : 'doctor.run')}
        </Button>
      </span>
      {checks ? <Checks checks={checks} /> : null}
    </Setting>
  );
}
