import { Popover } from '@base-ui/react/popover';
import './emoji.css';
import { Apple, Car, Flag, Hash, Leaf, Lightbulb, PartyPopper, Smile, Sparkles, User } from 'lucide-react';
import { type ReactElement, type RefObject, useRef, useState } from 'react';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useT } from '../../i18n/react.ts';
import { HoldFocus } from '../../ui/HoldFocus.tsx';
import { Emoji as Drawn } from './Emoji.tsx';
import { type Emoji, findEmoji, type groups, ownGroup, takenBy } from './emoji.ts';
import { useEmoji } from './useEmoji.ts';
import { useOwnEmoji } from './useOwnEmoji.ts';

type Group = (typeof groups)[number] | typeof ownGroup;
const tabs: readonly { readonly group: Group; readonly title: Key; readonly icon: ReactElement }[] = [
  { group: 0, title: 'emoji.smileys', icon: <Smile /> },
  { group: 1, title: 'emoji.people', icon: <User /> },
  { group: 3, title: 'emoji.nature', icon: <Leaf /> },
  { group: 4, title: 'emoji.food', icon: <Apple /> },
  { group: 5, title: 'emoji.travel', icon: <Car /> },
  { group: 6, title: 'emoji.activities', icon: <PartyPopper /> },
  { group: 7, title: 'emoji.objects', icon: <Lightbulb /> },
  { group: 8, title: 'emoji.symbols', icon: <Hash /> },
  { group: 9, title: 'emoji.flags', icon: <Flag /> },
];
const ownTab = { group: ownGroup, title: 'emoji.own', icon: <Sparkles /> } as const;
const columns = 8;
const mostFound = 80;
/** Each has a picture that has to be fetched; the others are found by name. */
const mostOwn = 160;

/** All emoji, by group or by name, opened by a button. Arrow keys walk the grid, Enter takes. */
export function EmojiPicker({
  trigger,
  open,
  onOpen,
  onPick,
}: {
  trigger: ReactElement;
  open: boolean;
  onOpen: (open: boolean) => void;
  onPick: (emoji: string) => void;
}) {
  return (
    <Popover.Root open={open} onOpenChange={onOpen}>
      <Popover.Trigger render={trigger} />
      <EmojiPopup quick={[]} onPick={onPick} onClose={() => onOpen(false)} />
    </Popover.Root>
  );
}

/** The same for a button there are hundreds of: made when it is opened, gone when it is closed. */
export function OpenEmojiPicker({
  anchor,
  quick,
  allowed,
  account,
  onPick,
  onClose,
}: {
  anchor: RefObject<HTMLElement | null>;
  /** Those one mostly wants, before all others. */
  quick: readonly string[];
  /** No others can be picked; all where it is absent. */
  allowed?: readonly string[] | undefined;
  /** Whose network's own emoji are offered too. */
  account?: AccountId | undefined;
  onPick: (emoji: string) => void;
  onClose: () => void;
}) {
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <EmojiPopup anchor={anchor} quick={quick} allowed={allowed} account={account} onPick={onPick} onClose={onClose} />
    </Popover.Root>
  );
}

function EmojiPopup({
  anchor,
  quick,
  allowed,
  account,
  onPick,
  onClose,
}: {
  anchor?: RefObject<HTMLElement | null>;
  quick: readonly string[];
  allowed?: readonly string[] | undefined;
  account?: AccountId | undefined;
  onPick: (emoji: string) => void;
  onClose: () => void;
}) {
  const t = useT();
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Popover.Portal>
      <Popover.Positioner
        className="menu-positioner"
        sideOffset={6}
        collisionPadding={8}
        {...(anchor ? { anchor } : {})}
      >
        <Popover.Popup
          ref={popup}
          className="menu emoji"
          aria-label={t('emoji.label')}
          initialFocus={false}
          finalFocus={false}
        >
          <EmojiGrid
            quick={quick}
            allowed={allowed}
            account={account}
            onPick={(text) => {
              onPick(text);
              onClose();
            }}
          />
        </Popover.Popup>
      </Popover.Positioner>
      <HoldFocus
        first={() => popup.current?.querySelector<HTMLElement>('button, input') ?? null}
        {...(anchor ? { back: anchor } : {})}
      />
    </Popover.Portal>
  );
}

function EmojiGrid({
  quick,
  allowed,
  account,
  onPick,
}: {
  quick: readonly string[];
  allowed: readonly string[] | undefined;
  account: AccountId | undefined;
  onPick: (emoji: string) => void;
}) {
  const t = useT();
  const own = useOwnEmoji(allowed === undefined ? account : undefined);
  const known = useEmoji(true);
  const all = allowed === undefined ? [...own, ...known] : takenBy(allowed, known);
  const [text, setText] = useState('');
  const [group, setGroup] = useState<Group>(0);
  const shown: readonly Emoji[] =
    text.trim() === ''
      ? all
          .filter((one) => allowed !== undefined || one.group === group)
          .slice(0, group === ownGroup ? mostOwn : undefined)
      : findEmoji(all, text, mostFound);
  const walk = (event: React.KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const typing = event.target instanceof HTMLInputElement;
    // Letters are of a name, wherever one is: the key goes on to where the focus is by then.
    const letter = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (letter && !typing) event.currentTarget.querySelector('input')?.focus();
    if (step === undefined || (typing && event.key !== 'ArrowDown')) return;
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('.emoji-grid .emoji-one')];
    const at = document.activeElement instanceof HTMLElement ? buttons.indexOf(document.activeElement) : -1;
    event.preventDefault();
    if (at < columns && event.key === 'ArrowUp') event.currentTarget.querySelector('input')?.focus();
    else buttons[typing ? 0 : Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk the buttons within
    <div onKeyDown={walk}>
      {quick.length > 0 ? (
        <fieldset className="emoji-quick" aria-label={t('emoji.quick')}>
          {quick.map((text) => (
            <button key={text} type="button" className="emoji-one" aria-label={text} onClick={() => onPick(text)}>
              {text}
            </button>
          ))}
        </fieldset>
      ) : null}
      <input
        className="field emoji-search"
        type="text"
        value={text}
        autoComplete="off"
        placeholder={t('emoji.search')}
        aria-label={t('emoji.search')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          const first = shown[0];
          if (event.key !== 'Enter' || !first || text.trim() === '') return;
          event.preventDefault();
          onPick(first.text);
        }}
      />
      {allowed === undefined ? (
        <fieldset className="emoji-groups" aria-label={t('emoji.groups')}>
          {(own.length > 0 ? [ownTab, ...tabs] : tabs).map((tab) => (
            <button
              key={tab.group}
              type="button"
              aria-label={t(tab.title)}
              title={t(tab.title)}
              aria-pressed={text === '' && tab.group === group}
              onClick={() => {
                setText('');
                setGroup(tab.group);
              }}
            >
              {tab.icon}
            </button>
          ))}
        </fieldset>
      ) : null}
      <fieldset className="emoji-grid" aria-label={t('emoji.label')}>
        {shown.map((one, index) => (
          <button
            key={one.text}
            type="button"
            className="emoji-one"
            tabIndex={index === 0 ? 0 : -1}
            aria-label={one.name}
            title={one.codes[0] ? `${one.name} :${one.codes[0]}:` : one.name}
            onClick={() => onPick(one.text)}
          >
            {account === undefined ? one.text : <Drawn account={account} emoji={one.text} />}
          </button>
        ))}
        {all.length > 0 && shown.length === 0 ? <p className="emoji-none">{t('emoji.none')}</p> : null}
      </fieldset>
    </div>
  );
}
