import { useEffect, useState } from 'react';
import type { PersonRow, PersonView } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { keepKeysDuring } from '../shell/ahead.ts';
import { useAhead } from '../shell/useAhead.ts';
import { Face } from './Face.tsx';

const most = 8;
const nobody = { text: null, found: [] };

/** Who else this person is; the choice can be taken back. */
export function MergeDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const t = useT();
  const { client, people, toasts, undo, report } = useWorkspace();
  const [text, setText] = useState('');
  const [offer, setOffer] = useState<{ readonly text: string | null; readonly found: readonly PersonRow[] }>(nobody);
  const [active, setActive] = useState(0);
  const { found } = offer;
  const ahead = useAhead<readonly PersonRow[]>(text);
  useEffect(() => {
    let current = true;
    client.call('people.page', { text, limit: most + 1 }).then((page) => {
      if (!current) return;
      const others = page.people.filter((one) => one.id !== person.id).slice(0, most);
      setOffer({ text, found: others });
      setActive(0);
      ahead.known(others);
    }, report);
    return () => {
      current = false;
    };
  }, [client, text, person.id, report, ahead]);
  const merge = async (other: PersonRow | undefined): Promise<void> => {
    if (!other) return;
    onClose();
    try {
      const before = await client.call('people.get', { person: other.id });
      await people.getState().merge(person.id, other.id);
      const apart = async (): Promise<void> => {
        await client.call('people.split', { identities: (before?.identities ?? []).map((one) => one.identity) });
        await people.getState().refresh();
      };
      undo.push(apart);
      toasts.getState().show({
        text: t('people.merged', { name: person.name, other: other.name }),
        action: { label: t('action.undo'), run: () => void undo.take(apart).catch(report) },
      });
    } catch (error) {
      report(error);
    }
  };
  const keys = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setActive((active + 1) % Math.max(1, found.length));
    else if (event.key === 'ArrowUp') setActive((active + found.length - 1) % Math.max(1, found.length));
    // Whatever is pressed next may be to take it back, and there is nothing to take back before it is done.
    else if (event.key === 'Enter' && offer.text === text) void keepKeysDuring(merge(found[active]));
    else if (event.key === 'Enter') ahead.wait((people) => void keepKeysDuring(merge(people[0])));
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t('people.mergeTitle', { name: person.name })} size="small" onClose={onClose}>
      <div className="merge">
        <p className="setting-help">{t('people.mergeText')}</p>
        <input
          className="field"
          type="text"
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls="merge-list"
          aria-autocomplete="list"
          aria-activedescendant={found[active] ? `merge-${active}` : undefined}
          aria-label={t('people.search')}
          placeholder={t('people.search')}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={keys}
        />
        <div id="merge-list" role="listbox" aria-label={t('people.title')}>
          {found.map((one, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box, see aria-activedescendant
            // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the box chooses it
            <div
              key={one.id}
              id={`merge-${index}`}
              role="option"
              aria-selected={index === active}
              className="suggestion"
              onClick={() => void merge(one)}
            >
              <Face of={one.face} name={one.name} size={26} />
              <span className="truncate" dir="auto">
                {one.name}
              </span>
              <span className="suggestion-address truncate">{one.addresses[0]}</span>
            </div>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
