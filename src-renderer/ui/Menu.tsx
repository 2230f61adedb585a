import { Menu as Base } from '@base-ui/react/menu';
import './menu.css';
import { type KeyboardEvent, type ReactElement, type ReactNode, type RefObject, useRef } from 'react';
import { HoldFocus } from './HoldFocus.tsx';

export interface MenuEntry {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly keys?: string | undefined;
  readonly danger?: boolean;
  /** Why it cannot be chosen now: it stands there all the same, and says so. */
  readonly why?: string | undefined;
  readonly run: () => void;
}
type Entries = readonly (MenuEntry | null)[];
type Place = RefObject<HTMLElement | null>;
type Popped = RefObject<HTMLDivElement | null>;

/** A button with a list of things to do; `null` draws a line. */
export function Menu({ trigger, entries }: { trigger: ReactElement; entries: Entries }) {
  const menu = useRef<HTMLDivElement>(null);
  const back = useRef<HTMLElement>(null);
  return (
    <Base.Root onOpenChange={(open) => !open && leave(menu, back)}>
      <Base.Trigger render={trigger} />
      <Popup menu={menu} back={back} entries={entries} />
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
  anchor: Place;
  /** What has the focus afterwards, where it is not the anchor. */
  back?: Place;
  entries: Entries;
  onClose: () => void;
}) {
  const menu = useRef<HTMLDivElement>(null);
  const closed = (open: boolean): void => {
    if (open) return;
    leave(menu, back);
    onClose();
  };
  return (
    <Base.Root open onOpenChange={closed}>
      <Popup menu={menu} anchor={anchor} back={back} entries={entries} />
    </Base.Root>
  );
}

/** The focus does not wait for the menu to have faded. */
function leave(menu: Popped, back: Place): void {
  if (menu.current?.contains(document.activeElement)) back.current?.focus({ preventScroll: true });
}

function Popup({ menu, anchor, back, entries }: { menu: Popped; anchor?: Place; back: Place; entries: Entries }) {
  /** What was typed or walked to is marked at once and has the focus a frame later: Enter does not wait for that. */
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    const marked = menu.current?.querySelector<HTMLElement>('[role="menuitem"][data-highlighted]');
    if (!marked || marked === document.activeElement) return;
    event.preventDefault();
    event.stopPropagation();
    marked.click();
  };
  return (
    <Base.Portal>
      <Base.Positioner className="menu-positioner" sideOffset={4} align="end" {...(anchor ? { anchor } : {})}>
        <Base.Popup ref={menu} className="menu" finalFocus={false} onKeyDownCapture={pressed}>
          {entries.map((entry, index) =>
            entry ? (
              <Base.Item
                key={entry.label}
                className="menu-item"
                data-danger={entry.danger}
                aria-disabled={entry.why === undefined ? undefined : true}
                closeOnClick={entry.why === undefined}
                onClick={entry.why === undefined ? entry.run : undefined}
              >
                <span className="menu-icon">{entry.icon}</span>
                <span className="menu-label">
                  {entry.label}
                  {entry.why === undefined ? null : <span className="menu-why">{entry.why}</span>}
                </span>
                {entry.keys ? <kbd>{entry.keys}</kbd> : null}
              </Base.Item>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own
              <Base.Separator key={index} className="menu-line" />
            ),
          )}
        </Base.Popup>
      </Base.Positioner>
      <HoldFocus first={() => menu.current} back={back} />
    </Base.Portal>
  );
}
