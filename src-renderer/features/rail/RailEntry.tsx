import type { ReactNode } from 'react';
import { useFormats } from '../../i18n/react.ts';

export function RailEntry({
  icon,
  text,
  count = 0,
  strong = false,
  current,
  trailing,
  onOpen,
}: {
  icon: ReactNode;
  text: string;
  count?: number;
  strong?: boolean;
  current: boolean;
  trailing?: ReactNode;
  onOpen: () => void;
}) {
  const formats = useFormats();
  return (
    <button
      type="button"
      className="rail-entry"
      aria-current={current ? 'page' : undefined}
      data-entry={current ? '' : undefined}
      onClick={onOpen}
    >
      <span className="rail-icon">{icon}</span>
      <span className="truncate rail-text" dir="auto">
        {text}
      </span>
      {trailing}
      {count > 0 ? (
        <span className="rail-count" data-strong={strong}>
          {formats.number(count)}
        </span>
      ) : null}
    </button>
  );
}
