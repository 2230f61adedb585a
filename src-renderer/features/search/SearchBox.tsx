import { Menu as MenuIcon, Search, X } from 'lucide-react';
import { useState } from 'react';
import './search.css';
import { openUnderCursor } from '../../commands/move.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { focusPane, soon } from '../shell/focus.ts';
import { suggestOperators } from './operators.ts';

export function SearchBox() {
  const t = useT();
  const workspace = useWorkspace();
  const text = useFeature('search', (state) => state.text);
  const type = useFeature('search', (state) => state.type);
  const toggleRail = useFeature('navigation', (state) => state.toggleRail);
  const [focused, setFocused] = useState(false);
  const pick = (operator: string): void => {
    const words = text.split(/\s/);
    words[words.length - 1] = operator;
    type(words.join(' '));
    document.getElementById('search-box')?.focus();
  };
  const keys = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Enter' && text.trim() !== '') {
        openUnderCursor(workspace);
        return;
      }
      workspace.search.getState().moveTo(0);
      soon(() => focusPane('list'));
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (text === '') soon(() => focusPane('list'));
      else type('');
    }
  };
  const hints = focused ? suggestOperators(text) : [];
  return (
    // biome-ignore lint/a11y/useSemanticElements: the search element is too new for the assistive technology in use
    <div className="search" role="search">
      <IconButton className="only-rail-hidden" label={t('rail.open')} onClick={() => toggleRail(true)}>
        <MenuIcon />
      </IconButton>
      <label className="search-field">
        <Search aria-hidden="true" />
        <input
          id="search-box"
          type="text"
          value={text}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          placeholder={t('search.placeholder')}
          aria-label={t('search.label')}
          onChange={(event) => type(event.target.value)}
          onKeyDown={keys}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        />
        {text === '' ? (
          <kbd>/</kbd>
        ) : (
          <button type="button" className="search-clear" aria-label={t('search.clear')} onClick={() => type('')}>
            <X />
          </button>
        )}
      </label>
      {hints.length > 0 ? (
        <div className="search-hints" aria-hidden="true">
          {hints.map((operator) => (
            // Pointer down, because a click would first take the focus out of the box and the hints with it.
            <button
              type="button"
              key={operator}
              tabIndex={-1}
              onPointerDown={(event) => {
                event.preventDefault();
                pick(operator);
              }}
            >
              {operator}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
