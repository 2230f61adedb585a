import { Menu as Base } from '@base-ui/react/menu';
import './menu.css';
import type { ReactElement, ReactNode, RefObject } from 'react';

export interface MenuEntry {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly keys?: string | undefined;
  readonly danger?: boolean;
  readonly run: () => void;
}
type Entries = readonly (MenuEntry | null)[];

/** A button with a list of things to do; `null` draws a line. */
export function Menu({ trigger, entries }: { trigger: ReactElement; entries: Entries }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Popup entries={entries} />
    </Base.Root>
  );
}

/** The same list for a button there are hundreds of: made when it is opened, gone when it is closed. */
export function OpenMenu({
  anchor,
  back = anchor,
  entries,
  onClose,
}: {
  anchor: RefObject<HTMLElement | null>;
  /** What has the focus afterwards, where it is not the anchor. */
  back?: RefObject<HTMLElement | null>;
  entries: Entries;
  onClose: () => void;
}) {
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Popup anchor={anchor} back={back} entries={entries} />
    </Base.Root>
  );
}

function Popup({
  anchor,
  back,
  entries,
}: {
  anchor?: RefObject<HTMLElement | null>;
  back?: RefObject<HTMLElement | null>;
  entries: Entries;
}) {
  return (
    <Base.Portal>
      <Base.Positioner className="menu-positioner" sideOffset={4} align="end" {...(anchor ? { anchor } : {})}>
        <Base.Popup className="menu" {...(back ? { finalFocus: back } : {})}>
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
  );
}
