import { Switch } from '@base-ui/react/switch';
import { type ReactNode, useId } from 'react';

export function Setting({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <div className="setting">
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
