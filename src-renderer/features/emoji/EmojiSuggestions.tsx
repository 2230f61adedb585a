import { Popover } from '@base-ui/react/popover';
import './emoji.css';
import type { RefObject } from 'react';
import { useT } from '../../i18n/react.ts';
import type { EmojiCompletion } from './useEmojiCompletion.ts';

/** What `:name` may mean, above the text it is typed in; the focus stays there. */
export function EmojiSuggestions({
  id,
  anchor,
  completion,
}: {
  id: string;
  anchor: RefObject<HTMLElement | null>;
  completion: EmojiCompletion;
}) {
  const t = useT();
  const { found, active, take } = completion;
  if (found.length === 0) return null;
  return (
    <Popover.Root open>
      <Popover.Portal>
        <Popover.Positioner className="menu-positioner" anchor={anchor} side="top" align="start" sideOffset={4}>
          <Popover.Popup
            className="menu emoji-suggestions"
            initialFocus={false}
            finalFocus={false}
            aria-label={t('emoji.label')}
          >
            <div id={id} role="listbox" aria-label={t('emoji.label')}>
              {found.map((one, index) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text, see aria-activedescendant
                <div
                  key={one.text}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === active}
                  className="suggestion"
                  onPointerDown={(event) => {
                    event.preventDefault();
                    take(one);
                  }}
                >
                  <span className="emoji-suggestion-text">{one.text}</span>
                  <span className="truncate">{one.name}</span>
                  <span className="suggestion-address">:{one.codes[0]}:</span>
                </div>
              ))}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
