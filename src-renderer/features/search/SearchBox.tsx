import { Bookmark, History, Menu as MenuIcon, Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import './search.css';
import { openUnderCursor } from '../../commands/move.ts';
import { useKeys } from '../../commands/useCaps.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { connectionOf } from '../accounts/AccountDot.tsx';
import { focusPane } from '../shell/focus.ts';
import { useAhead } from '../shell/useAhead.ts';
import { finished, openCondition } from './operators.ts';
import { remember } from './saved.ts';
import { type Suggestion, suggest } from './suggest.ts';

const icons = { recent: History, saved: Bookmark, operator: null, value: null } as const;
const none: readonly Suggestion[] = [];
const sameOffers = (a: readonly Suggestion[], b: readonly Suggestion[]): boolean =>
  a.length === b.length && a.every((one, index) => one.taken === b[index]?.taken && one.is === b[index]?.is);

export function SearchBox() {
  const t = useT();
  const workspace = useWorkspace();
  const { client, report } = workspace;
  const keys = useKeys()('search');
  const text = useFeature('search', (state) => state.text);
  const type = useFeature('search', (state) => state.type);
  const toggleRail = useFeature('navigation', (state) => state.toggleRail);
  const [focused, setFocused] = useState(false);
  const [offers, setOffers] = useState(none);
  /** The words they are offered for. */
  const [offered, setOffered] = useState('');
  const ahead = useAhead<readonly Suggestion[]>(text);
  /** The offer the keys are on; -1 while they belong to the text. */
  const [active, setActive] = useState(-1);
  const accounts = useFeature('accounts', (state) => state);
  const needs = (accounts.accounts ?? []).some((account) => connectionOf(account).tone === 'needs');
  const settings = useFeature('session', (state) => state.settings);
  useEffect(() => {
    if (!focused) return setOffers(none);
    let current = true;
    const from = { client, accounts, recent: settings?.recentSearches ?? [], saved: settings?.savedSearches ?? [] };
    suggest(text, from).then((found) => {
      if (!current) return;
      // The same offers again, because something else changed, leave the choice where it was.
      setOffers((before) => (sameOffers(before, found) ? before : found));
      setOffered(text);
      ahead.known(found);
    }, report);
    return () => {
      current = false;
    };
  }, [focused, text, client, accounts, settings, report, ahead]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other offers begin without a choice
  useEffect(() => setActive(-1), [offers]);
  const take = (offer: Suggestion): void => {
    type(offer.is === 'recent' || offer.is === 'saved' ? offer.taken : finished(text, offer.taken));
    document.getElementById('search-box')?.focus();
  };
  const toHits = (): void => {
    workspace.search.getState().moveTo(0);
    focusPane('list');
  };
  const pressed = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const finishes = event.key === 'Tab' && !event.shiftKey && text !== '';
    // Whoever has typed on since does not mean what was offered for less.
    const offer = offered === text ? (offers[active] ?? (finishes ? offers[0] : undefined)) : undefined;
    if (event.key === 'ArrowDown' && offers.length > 0) setActive(Math.min(offers.length - 1, active + 1));
    else if (event.key === 'ArrowDown') toHits();
    else if (event.key === 'ArrowUp' && offers.length > 0) setActive(Math.max(-1, active - 1));
    else if ((event.key === 'Enter' || event.key === 'Tab') && offer) take(offer);
    else if (finishes && offered !== text && openCondition(text))
      ahead.wait(([first]) => {
        if (first) take(first);
      });
    else if (event.key === 'Enter' && text.trim() !== '') {
      void remember(workspace);
      openUnderCursor(workspace);
    } else if (event.key === 'Enter') toHits();
    else if (event.key === 'Escape' && active >= 0) setActive(-1);
    else if (event.key === 'Escape' && text === '') focusPane('list');
    else if (event.key === 'Escape') type('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const open = offers.length > 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the search element is too new for the assistive technology in use
    <div className="search" role="search">
      <IconButton
        className="only-rail-hidden"
        data-needs={needs}
        label={t(needs ? 'rail.openNeeds' : 'rail.open')}
        onClick={() => toggleRail(true)}
      >
        <MenuIcon />
      </IconButton>
      <label className="search-field">
        <Search aria-hidden="true" />
        <input
          id="search-box"
          type="text"
          role="combobox"
          value={text}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          placeholder={t('search.placeholder')}
          aria-label={t('search.label')}
          aria-expanded={open}
          aria-controls="search-offers"
          aria-autocomplete="list"
          aria-activedescendant={open && active >= 0 ? `search-offer-${active}` : undefined}
          onChange={(event) => type(event.target.value)}
          onKeyDown={pressed}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        />
        {text === '' ? (
          keys && <kbd>{keys}</kbd>
        ) : (
          <button type="button" className="search-clear" aria-label={t('search.clear')} onClick={() => type('')}>
            <X />
          </button>
        )}
      </label>
      <div
        className="search-offers menu"
        id="search-offers"
        role="listbox"
        aria-label={t('search.offers')}
        hidden={!open}
      >
        {offers.map((offer, index) => {
          const Icon = icons[offer.is];
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box, see aria-activedescendant
            <div
              key={`${offer.is} ${offer.taken} ${offer.detail ?? ''}`}
              id={`search-offer-${index}`}
              role="option"
              aria-selected={index === active}
              className="suggestion"
              // Pointer down, because a click would first take the focus out of the box and the offers with it.
              onPointerDown={(event) => {
                event.preventDefault();
                take(offer);
              }}
            >
              {Icon ? <Icon aria-hidden="true" /> : null}
              <span className="truncate" dir="auto">
                {offer.text}
              </span>
              {offer.detail ? <span className="suggestion-address truncate">{offer.detail}</span> : null}
            </div>
          );
        })}
      </div>
    </div>
  );
}
