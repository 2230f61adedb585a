import { useState } from 'react';
import { useT } from '../../i18n/react.ts';
import { Button } from '../../ui/Button.tsx';
import { askDesktop, desktopState } from './desktop.ts';

/** In a browser: the offer to show notices outside of the page too. The desktop program asks nobody. */
export function DesktopNotices() {
  const t = useT();
  const [state, setState] = useState(desktopState);
  if (state !== 'default') return null;
  return (
    <div className="notices-ask">
      <p>{t('notices.ask')}</p>
      <Button onClick={() => void askDesktop().then(setState)}>{t('notices.allow')}</Button>
    </div>
  );
}
