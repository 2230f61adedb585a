import './suggestions.css';
import { Popover } from '@base-ui/react/popover';
import '../../emoji/emoji.css';
import type { RefObject } from 'react';
import { Face } from '../../people/Face.tsx';
import type { Completion } from './completion.ts';

/** What is offered, above the text it was asked for in; the focus stays there. */
export function Offers({
  id,
  label,
  anchor,
  completion: { found, active, take },
}: {
  id: string;
  label: string;
  anchor: RefObject<HTMLElement | null>;
  completion: Completion;
}) {
  if (found.length === 0) return null;
  return (
    <Popover.Root open>
      <Popover.Portal>
        <Popover.Positioner className="menu-positioner" anchor={anchor} side="top" align="start" sideOffset={4}>
          <Popover.Popup className="menu emoji-suggestions" initialFocus={false} finalFocus={false} aria-label={label}>
            <div id={id} role="listbox" aria-label={label}>
              {found.map((one, index) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text, see aria-activedescendant
                <div
                  key={one.id}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === active}
                  className="suggestion"
                  onPointerDown={(event) => {
                    event.preventDefault();
                    take(one);
                  }}
                >
                  {one.face === undefined ? null : <Face {...one.face} size={24} />}
                  <span className="truncate" dir="auto">
                    {one.label}
                  </span>
                  {one.detail === undefined ? null : (
                    <span className="suggestion-address truncate" dir="auto">
                      {one.detail}
                    </span>
                  )}
                </div>
              ))}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
