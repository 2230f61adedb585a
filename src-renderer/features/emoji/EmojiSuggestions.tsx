import { useT } from '../../i18n/react.ts';
import type { EmojiCompletion } from './useEmojiCompletion.ts';

/** What `:name` may mean, above the line it is typed in; the focus stays there. */
export function EmojiSuggestions({ id, completion }: { id: string; completion: EmojiCompletion }) {
  const t = useT();
  const { found, active, take } = completion;
  return (
    <div
      className="suggestions suggestions-above menu"
      id={id}
      role="listbox"
      aria-label={t('emoji.label')}
      hidden={found.length === 0}
    >
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
  );
}
