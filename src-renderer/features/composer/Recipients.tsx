import './addresses.css';
import './complete/suggestions.css';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { asUserKey } from '../../../src-shared/ids.ts';
import type { PersonRef, PersonView } from '../../../src-shared/ipc/index.ts';
import type { Recipient } from '../../../src-shared/model/index.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Face } from '../people/Face.tsx';
import { keepKeys } from '../shell/ahead.ts';
import { parseAddresses } from './addresses.ts';

type Role = 'to' | 'cc' | 'bcc';
interface Suggestion {
  readonly name: string;
  readonly address: string;
  readonly face: PersonRef | undefined;
}
/** Who is offered, and for which words. */
interface Offer {
  readonly text: string;
  readonly found: readonly Suggestion[];
}
const nobody: Offer = { text: '', found: [] };
/** Everyone with a mail address, each address once: who is met on several networks has one in each of them. */
const suggestionsOf = (people: readonly PersonView[]): readonly Suggestion[] => {
  const byAddress = new Map<string, Suggestion>();
  for (const { identities } of people) {
    const pictured = identities.find(({ picture }) => picture !== undefined);
    for (const one of identities) {
      const written = (one.address ?? one.key).replace(/^mailto:/, '');
      const known = byAddress.has(written.toLowerCase());
      if (!one.me && !known && /^[^@\s]+@[^@\s]+$/.test(written)) {
        const face = one.picture === undefined ? pictured : one;
        byAddress.set(written.toLowerCase(), { name: one.name, address: written, face });
      }
    }
  }
  return [...byAddress.values()];
};

/** One line of addresses, completed over everyone one has ever heard from. */
export function Recipients({
  field: role,
  recipients,
  onChange,
  entry = false,
  trailing,
}: {
  field: Role;
  recipients: readonly Recipient[];
  onChange: (recipients: readonly Recipient[]) => void;
  entry?: boolean;
  trailing?: ReactNode;
}) {
  const t = useT();
  const { client } = useWorkspace();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [offer, setOffer] = useState(nobody);
  const [active, setActive] = useState(0);
  /** Enter was pressed before it was known who is meant: what that does once it is. */
  const waiting = useRef<((found: readonly Suggestion[]) => void) | null>(null);
  const { found } = offer;
  const mine = recipients.filter((one) => one.role === role);
  useEffect(() => {
    if (text.trim() === '') return setOffer(nobody);
    let current = true;
    const show = (people: readonly Suggestion[]): void => {
      if (!current) return;
      setOffer({ text, found: people });
      setActive(0);
      waiting.current?.(people);
    };
    client.call('people.find', { text, limit: 8 }).then(
      (people) => show(suggestionsOf(people).slice(0, 6)),
      () => show([]),
    );
    return () => {
      current = false;
    };
  }, [text, client]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, or none: nobody waits any longer
  useEffect(() => () => waiting.current?.([]), [text]);
  const add = (more: readonly { address: string; name?: string | undefined }[]): void => {
    const known = new Set(mine.map((one) => one.key.toLowerCase()));
    const fresh = more
      .filter((one) => !known.has(one.address.toLowerCase()))
      .map((one): Recipient => ({ role, key: asUserKey(one.address), ...(one.name ? { name: one.name } : {}) }));
    onChange([...recipients, ...fresh]);
    setText('');
    setOffer(nobody);
  };
  /** What is typed becomes an address when it is one; else it stays to be finished. */
  const finish = (): boolean => {
    const parsed = parseAddresses(text);
    if (parsed.length === 0) return false;
    add(parsed);
    return true;
  };
  const take = ({ address, name }: Suggestion): void => add([{ address, name }]);
  /** Fast hands are ahead of what is offered: nobody is taken who was offered for less than what is typed now. */
  const choose = (): boolean => {
    const chosen = offer.text === text ? found[active] : undefined;
    const [typed] = parseAddresses(text);
    const meant = active > 0 || typed === undefined || typed.address.toLowerCase() === chosen?.address.toLowerCase();
    if (chosen && meant) take(chosen);
    else if (typed) finish();
    else if (text.trim() !== '' && offer.text !== text) {
      const release = keepKeys(() => {
        waiting.current = null;
      });
      waiting.current = (people) => {
        waiting.current = null;
        if (people[0]) take(people[0]);
        release();
      };
    } else return false;
    return true;
  };
  const keys = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' && found.length > 0) setActive((active + 1) % found.length);
    else if (event.key === 'ArrowUp' && found.length > 0) setActive((active + found.length - 1) % found.length);
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
      if (!choose()) {
        if (event.key === 'Enter') event.preventDefault();
        return;
      }
    } else if ([',', ';'].includes(event.key) && text.trim() !== '') {
      if (!finish()) return;
    } else if (event.key === 'Backspace' && text === '' && mine.length > 0) {
      const last = mine.at(-1);
      onChange(recipients.filter((one) => one !== last));
    } else if (event.key === 'Escape' && found.length > 0) setOffer({ text, found: [] });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const title = { to: t('compose.to'), cc: t('compose.cc'), bcc: t('compose.bcc') }[role];
  return (
    <div className="recipients">
      <label className="compose-role" htmlFor={id}>
        {title}
      </label>
      <div className="recipients-line">
        {mine.map((one) => (
          <span className="recipient" key={one.key} title={one.key}>
            <span className="truncate" dir="auto">
              {one.name || one.key.replace(/^mailto:/, '')}
            </span>
            <button
              type="button"
              aria-label={t('compose.removeRecipient', { name: one.name ?? one.key })}
              onClick={() => onChange(recipients.filter((other) => other !== one))}
            >
              <X />
            </button>
          </span>
        ))}
        <input
          id={id}
          ref={input}
          type="text"
          value={text}
          autoComplete="off"
          spellCheck={false}
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
          data-entry={entry ? '' : undefined}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={keys}
          onBlur={() => {
            finish();
            setOffer(nobody);
          }}
          onPaste={(event) => {
            const pasted = parseAddresses(event.clipboardData.getData('text'));
            if (pasted.length === 0) return;
            event.preventDefault();
            add(pasted);
          }}
        />
      </div>
      {trailing}
      <div
        className="suggestions menu"
        id={`${id}-list`}
        role="listbox"
        aria-label={t('compose.suggestions')}
        hidden={found.length === 0}
      >
        {found.map((one, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box, see aria-activedescendant
          <div
            key={one.address}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className="suggestion"
            onPointerDown={(event) => {
              event.preventDefault();
              take(one);
            }}
          >
            <Face of={one.face} name={one.name || one.address} size={26} />
            <span className="truncate" dir="auto">
              {one.name}
            </span>
            <span className="suggestion-address truncate">{one.address}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
