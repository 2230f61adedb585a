import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import './palette.css';
import { useCaps } from '../../commands/useCaps.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Face } from '../people/Face.tsx';
import { drawn } from '../shell/focus.ts';
import { useAhead } from '../shell/useAhead.ts';
import { countUse, type Entry, entriesOf, peopleFor } from './entries.ts';
import { createFinder } from './finder.ts';
import { prepareWhenIdle } from './prepare.ts';
import { Sheet } from './Sheet.tsx';

const atMost = 40;
const none: Readonly<Record<string, number>> = {};
const nothing: readonly Entry[] = [];
const nobody: { readonly text: string; readonly found: readonly Entry[] } = { text: '', found: nothing };
const searchFor = 'search-for';

/** Everything one can do, everywhere one can go and everyone one can write to, by typing a few letters. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useT();
  const caps = useCaps();
  const workspace = useWorkspace();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  /** Who was found, and for which words. */
  const [people, setPeople] = useState(nobody);
  const ahead = useAhead<readonly Entry[]>(text);
  const list = useRef<HTMLDivElement>(null);
  const shown = useRef({ entries: nothing, active });
  const uses = useFeature('session', (state) => state.settings?.commandUses ?? none);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for other words alone; the rest is as it was then
  useEffect(() => {
    if (text.trim().length < 2) return setPeople({ text, found: nothing });
    let current = true;
    const show = (found: readonly Entry[]): void => {
      if (!current) return;
      const { entries, active: at } = shown.current;
      const chosen = at > 0 ? entries[at]?.id : undefined;
      const now = entriesFor(text, found);
      setPeople({ text, found });
      // What somebody has gone down to stays chosen, wherever it stands now.
      if (chosen !== undefined)
        setActive(
          Math.max(
            0,
            now.findIndex(({ id }) => id === chosen),
          ),
        );
      ahead.known(now);
    };
    peopleFor(workspace, text).then(show, () => show(nothing));
    return () => {
      current = false;
    };
  }, [text]);
  // What can be done is what could be done when it was opened: the keys of the list do not reach it meanwhile.
  const finder = useMemo(
    () =>
      createFinder(
        () => entriesOf(workspace),
        (id) => uses[id] ?? 0,
      ),
    [uses, workspace],
  );
  useEffect(() => prepareWhenIdle(finder), [finder]);
  const entriesFor = (typed: string, others: readonly Entry[]): readonly Entry[] => {
    const found = [...finder.find(typed), ...others].slice(0, atMost);
    if (typed.trim() === '') return found;
    const search: Entry = {
      id: searchFor,
      text: t('palette.search', { text: typed }),
      run: () => workspace.search.getState().type(typed),
    };
    return [...found, search];
  };
  // The box is drawn first, and at each letter too; what was found follows, in pieces that give way to the next letter.
  const asked = useDeferredValue<string | null>(text, null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: all that `entriesFor` is made of
  const drawnEntries = useMemo(
    () => (asked === null ? nothing : entriesFor(asked, people.found)),
    [asked, finder, people, t, workspace],
  );
  /** Keys mean what was typed, whether that is drawn yet or not. */
  const current = (): readonly Entry[] => (asked === text ? drawnEntries : entriesFor(text, people.found));
  shown.current = { entries: drawnEntries, active };
  const run = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    countUse(workspace, entry.id).catch(workspace.report);
    // The sheet gives the focus back once it is gone; what runs may then send it elsewhere.
    drawn();
    queueMicrotask(entry.run);
  };
  /** Who is meant is known only once those were found whom these words name. */
  const choose = (): void => {
    const chosen = current()[active];
    const person = chosen?.id.startsWith('person ') || (chosen?.id === searchFor && active === 0);
    if (person && people.text !== text && text.trim().length > 1) ahead.wait((entries) => run(entries[active]));
    else run(chosen);
  };
  const keys = (event: React.KeyboardEvent): void => {
    const move =
      event.key === 'ArrowDown' || (event.ctrlKey && event.key === 'n')
        ? 1
        : event.key === 'ArrowUp' || (event.ctrlKey && event.key === 'p')
          ? -1
          : 0;
    if (move !== 0) {
      const count = current().length;
      const next = (active + move + count) % Math.max(1, count);
      setActive(next);
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') choose();
    else return;
    event.preventDefault();
  };
  return (
    <Sheet title={t('command.palette')} onClose={onClose}>
      <input
        className="palette-box"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={drawnEntries[active] ? `palette-${active}` : undefined}
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
        {drawnEntries.map((entry, index) => (
          <Line
            key={entry.id}
            entry={entry}
            index={index}
            keys={caps(entry.keys)}
            active={index === active}
            onRun={run}
          />
        ))}
      </div>
    </Sheet>
  );
}

interface LineProps {
  readonly entry: Entry;
  readonly index: number;
  readonly keys: string | undefined;
  readonly active: boolean;
  readonly onRun: (entry: Entry) => void;
}
const Line = memo(LineView, (before, after) => {
  const keys = ['entry', 'index', 'keys', 'active'] as const;
  return keys.every((key) => before[key] === after[key]);
});
function LineView({ entry, index, keys, active, onRun }: LineProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box, see aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the box runs it
    <div
      id={`palette-${index}`}
      role="option"
      aria-selected={active}
      aria-disabled={entry.off}
      className="palette-entry"
      onClick={() => onRun(entry)}
    >
      {entry.face === undefined ? null : <Face of={entry.of} name={entry.face} size={24} />}
      <span className="truncate" dir="auto">
        {entry.text}
      </span>
      {entry.detail ? (
        <span className="palette-detail truncate" dir="auto">
          {entry.detail}
        </span>
      ) : null}
      {keys ? <kbd>{keys}</kbd> : null}
    </div>
  );
}
