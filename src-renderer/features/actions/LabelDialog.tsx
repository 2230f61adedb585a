import { Check, Folder, Minus, Plus, Tag } from 'lucide-react';
import { useState } from 'react';
import './labels.css';
import { rowsOf, targetsOf } from '../../commands/target.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { accountOf } from '../accounts/store.ts';
import { type Choice, choicesFor, creatableIn, leftBy } from './label-choices.ts';

/** Labels put on and taken off, or a folder to move to: typed to find, Enter to take, or made anew. */
export function LabelDialog({ mode, onClose }: { mode: 'label' | 'move'; onClose: () => void }) {
  const t = useT();
  const workspace = useWorkspace();
  const labels = useFeature('accounts', (state) => state.labels);
  const accounts = useFeature('accounts', (state) => state);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [ids] = useState(() => targetsOf(workspace));
  const [rows] = useState(() => rowsOf(workspace));
  const choices = choicesFor({ labels, rows, text, mode });
  const makeIn = creatableIn({ rows, accounts, text, choices });
  const size = choices.length + (makeIn === null ? 0 : 1);
  const active = Math.min(at, size - 1);
  const several = new Set(rows.map((row) => row.account)).size > 1;

  const take = ({ label, state }: Choice): void => {
    onClose();
    if (mode === 'move') void workspace.actions.label(ids, [label.id], leftBy(labels, label), true);
    else if (state === 'all') void workspace.actions.label(ids, [], [label.id]);
    else void workspace.actions.label(ids, [label.id], []);
  };
  const make = async (): Promise<void> => {
    if (makeIn === null) return;
    onClose();
    try {
      const { label } = await workspace.client.call('labels.create', { account: makeIn, name: text.trim() });
      await workspace.accounts.getState().loadLabels();
      const known = workspace.accounts.getState().labels;
      const made = known.find((one) => one.id === label);
      const left = mode === 'move' && made ? leftBy(known, made) : [];
      await workspace.actions.label(ids, [label], left, mode === 'move');
    } catch (error) {
      workspace.report(error);
    }
  };
  const enter = (): void => {
    const choice = choices[active];
    if (choice) take(choice);
    else void make();
  };
  return (
    <Dialog title={t(mode === 'label' ? 'command.label' : 'command.move')} size="small" onClose={onClose}>
      <form
        className="dialog-body labels"
        onSubmit={(event) => {
          event.preventDefault();
          enter();
        }}
      >
        <input
          className="field"
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="label-choices"
          aria-activedescendant={size > 0 ? `label-choice-${active}` : undefined}
          aria-label={t('labels.find')}
          placeholder={t('labels.find')}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
            if (by === 0 || size === 0) return;
            event.preventDefault();
            setAt((active + by + size) % size);
          }}
        />
        <div className="label-choices" id="label-choices" role="listbox" aria-label={t('labels.choices')}>
          {choices.map((choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys
            <div
              key={choice.label.id}
              id={`label-choice-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className="label-choice"
              ref={(element) => {
                if (index === active) element?.scrollIntoView({ block: 'nearest' });
              }}
              onClick={() => take(choice)}
            >
              {choice.label.kind === 'folder' ? <Folder aria-hidden="true" /> : <Tag aria-hidden="true" />}
              <span className="truncate" dir="auto">
                {choice.label.name}
              </span>
              {several ? (
                <span className="label-account truncate">{accountOf(accounts, choice.label.account)?.label}</span>
              ) : null}
              {choice.state === 'all' ? <Check aria-label={t('labels.on')} /> : null}
              {choice.state === 'some' ? <Minus aria-label={t('labels.onSome')} /> : null}
            </div>
          ))}
          {makeIn === null ? null : (
            // biome-ignore lint/a11y/useKeyWithClickEvents: as above
            <div
              id={`label-choice-${choices.length}`}
              role="option"
              tabIndex={-1}
              aria-selected={active === choices.length}
              className="label-choice"
              onClick={() => void make()}
            >
              <Plus aria-hidden="true" />
              <span className="truncate">{t('labels.create', { name: text.trim() })}</span>
            </div>
          )}
        </div>
        {size === 0 ? <p className="labels-none">{t('labels.none')}</p> : null}
      </form>
    </Dialog>
  );
}
