import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import type { LoginFlow } from '../../../src-shared/channel.ts';
import { useT } from '../../i18n/react.ts';
import { Button } from '../../ui/Button.tsx';

/** What a channel's usual login is not: quiet, and where there are several, folded away. */
export function OtherWays({ ways, onChoose }: { ways: readonly LoginFlow[]; onChoose: (way: string) => void }) {
  const t = useT();
  const id = useId();
  const several = ways.length > 1;
  const [open, setOpen] = useState(false);
  if (ways.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fields of a form, but buttons that begin another
    <div className="login-ways" role="group" aria-label={t('login.ways')}>
      {several ? (
        <button
          type="button"
          className="login-more"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <ChevronDown aria-hidden="true" />
          {t('login.ways')}
        </button>
      ) : null}
      <ul id={id} hidden={several && !open}>
        {ways.map((way) => (
          <li key={way.id}>
            <Button tone="quiet" onClick={() => onChoose(way.id)}>
              {way.label}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
