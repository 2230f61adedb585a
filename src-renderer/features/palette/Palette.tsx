import { useEffect, useMemo, useRef, useState } from 'react';
import './palette.css';
import { commands } from '../../commands/registry.ts';
import { useCaps } from '../../commands/useCaps.ts';
import { compose } from '../../commands/write.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Avatar } from '../../ui/Avatar.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { namesOf } from '../list/names.ts';
import { rank } from './rank.ts';

interface Entry {
  readonly id: string;
  readonly text: string;
  readonly detail?: string | undefined;
  readonly keys?: string | undefined;
  readonly face?: string;
  readonly run: () => void;
}
const atMost = 40;

/** Everything one can do and everyone one can write to, by typing a few letters. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useT();
  const caps = useCaps();
  const workspace = useWorkspace();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [people, setPeople] = useState<readonly Entry[]>([]);
  const list = useRef<HTMLDivElement>(null);
  const rows = useFeature('list', (state) => state.rows);
  useEffect(() => {
    if (text.trim().length < 2) return setPeople([]);
    let current = true;
    workspace.client.call('people.find', { text, limit: 6 }).then(
      (found) => {
        if (!current) return;
        setPeople(
          found.map((person): Entry => {
            const open = person.conversations[0];
            const address = person.identities
              .find((one) => one.address?.includes('@'))
              ?.address?.replace(/^mailto:/, '');
            return {
              id: `person ${person.id}`,
              text: person.name || (address ?? ''),
              detail: address,
              face: person.name,
              run: () => (open ? workspace.navigation.getState().open(open.id) : void compose(workspace, address)),
            };
          }),
        );
      },
      () => current && setPeople([]),
    );
    return () => {
      current = false;
    };
  }, [text, workspace]);
  const fixed = useMemo((): readonly Entry[] => {
    const doable = commands.filter((command) => command.id !== 'palette' && (command.when?.(workspace) ?? true));
    return [
      ...doable.map(
        (command): Entry => ({
          id: command.id,
          text: t(command.title),
          keys: caps(command.keys[0]),
          run: () => command.run(workspace),
        }),
      ),
      ...rows.slice(0, 300).map(
        (row): Entry => ({
          id: `conversation ${row.id}`,
          text: row.title || namesOf(row, t),
          detail: row.title ? namesOf(row, t) : row.preview,
          face: row.title && row.kind !== 'thread' ? row.title : namesOf(row, t),
          run: () => workspace.navigation.getState().open(row.id),
        }),
      ),
    ];
  }, [rows, t, caps, workspace]);
  const entries = useMemo(() => {
    const search: Entry = {
      id: 'search-for',
      text: t('palette.search', { text }),
      run: () => workspace.search.getState().type(text),
    };
    const found = [...rank(fixed, text), ...people].slice(0, atMost);
    return text.trim() === '' ? found : [...found, search];
  }, [fixed, people, text, t, workspace]);
  const run = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    // The sheet gives the focus back first; what runs may then send it elsewhere.
    requestAnimationFrame(() => requestAnimationFrame(entry.run));
  };
  const keys = (event: React.KeyboardEvent): void => {
    const move =
      event.key === 'ArrowDown' || (event.ctrlKey && event.key === 'n') ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (move !== 0) {
      const next = (active + move + entries.length) % Math.max(1, entries.length);
      setActive(next);
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') run(entries[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t('command.palette')} size="palette" hideTitle onClose={onClose}>
      <input
        className="palette-box"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={entries[active] ? `palette-${active}` : undefined}
        aria-label={t('palette.label')}
        placeholder={t('palette.placeholder')}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={keys}
      />
      <div className="palette-list" id="palette-list" role="listbox" aria-label={t('palette.label')} ref={list}>
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box, see aria-activedescendant
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the box runs it
          <div
            key={entry.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === active}
            className="palette-entry"
            onClick={() => run(entry)}
          >
            {entry.face === undefined ? null : <Avatar name={entry.face} size={24} />}
            <span className="truncate" dir="auto">
              {entry.text}
            </span>
            {entry.detail ? (
              <span className="palette-detail truncate" dir="auto">
                {entry.detail}
              </span>
            ) : null}
            {entry.keys ? <kbd>{entry.keys}</kbd> : null}
          </div>
        ))}
      </div>
    </Dialog>
  );
}
