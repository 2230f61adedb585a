import { Switch } from '@base-ui/react/switch';
import { type ReactNode, useId } from 'react';
import { useIsLookedFor } from './search.tsx';

/** One setting: its name, what it means, and what it is set with. `tall` puts that below. */
export function Setting({
  title,
  text,
  words,
  tall = false,
  children,
}: {
  title: string;
  text?: string;
  /** Other words it is found by. */
  words?: string;
  tall?: boolean;
  children: ReactNode;
}) {
  if (!useIsLookedFor(title, text, words)) return null;
  return (
    <div className={tall ? 'setting setting-tall' : 'setting'}>
      <div className="setting-text">
        <span className="setting-title">{title}</span>
        {text ? <span className="setting-help">{text}</span> : null}
      </div>
      {children}
    </div>
  );
}

export function Toggle({
  title,
  text,
  on,
  onChange,
}: {
  title: string;
  text?: string;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  const id = useId();
  if (!useIsLookedFor(title, text)) return null;
  return (
    <div className="setting">
      <div className="setting-text">
        <span className="setting-title" id={id}>
          {title}
        </span>
        {text ? <span className="setting-help">{text}</span> : null}
      </div>
      <Switch.Root className="switch" checked={on} onCheckedChange={onChange} aria-labelledby={id}>
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
    </div>
  );
}
