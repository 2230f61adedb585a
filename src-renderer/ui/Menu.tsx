import { Menu as Base } from '@base-ui/react/menu';
import './menu.css';
import type { ReactElement, ReactNode } from 'react';

export interface MenuEntry {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly keys?: string | undefined;
  readonly danger?: boolean;
  readonly run: () => void;
}
/** A button with a list of things to do; `null` draws a line. */
export function Menu({ trigger, entries }: { trigger: ReactElement; entries: readonly (MenuEntry | null)[] }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="menu-positioner" sideOffset={4} align="end">
          <Base.Popup className="menu">
            {entries.map((entry, index) =>
              entry ? (
                <Base.Item key={entry.label} className="menu-item" data-danger={entry.danger} onClick={entry.run}>
                  <span className="menu-icon">{entry.icon}</span>
                  <span className="menu-label">{entry.label}</span>
                  {entry.keys ? <kbd>{entry.keys}</kbd> : null}
                </Base.Item>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own
                <Base.Separator key={index} className="menu-line" />
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
