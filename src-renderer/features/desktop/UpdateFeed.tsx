import './desktop.css';
import { useState } from 'react';
import type { UpdateView } from '../../../src-shared/ipc/index.ts';
import { CallError, errorMessage } from '../../client/index.ts';
import type { Key, Translate } from '../../i18n/index.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Setting } from '../settings/Setting.tsx';

const problems: Readonly<Record<string, Key>> = {
  'update-away': 'shell.updateAway',
  'update-missing': 'shell.updateMissing',
  'update-bad': 'shell.updateBad',
};
const wordsOf = (t: Translate, { running, found, installs }: UpdateView): string => {
  if (found === null) return t('shell.updateNewest', { running });
  return installs ? t('shell.updateInstalls', { found }) : t('shell.updateFound', { found, running });
};
const wordsOfProblem = (t: Translate, error: unknown): string => {
  const known = error instanceof CallError ? problems[error.view.code] : undefined;
  return known ? t(known) : errorMessage(error);
};

/** Where new versions are looked for, and a look there when the person wants one. */
export function UpdateFeed({ feed, onChange }: { feed: string | null; onChange: (feed: string | null) => void }) {
  const t = useT();
  const { client } = useWorkspace();
  const [text, setText] = useState(feed ?? '');
  const [said, setSaid] = useState('');
  const wanted = text.trim() === '' ? null : text.trim();
  const look = (): void => {
    setSaid(t('shell.updateChecking'));
    client.call('shell.update', {}).then(
      (view) => setSaid(wordsOf(t, view)),
      (error: unknown) => setSaid(wordsOfProblem(t, error)),
    );
  };
  return (
    <Setting tall title={t('shell.updates')} text={t('shell.updatesText')}>
      <form
        className="feed"
        onSubmit={(event) => {
          event.preventDefault();
          setSaid('');
          onChange(wanted);
        }}
      >
        <input
          className="field"
          type="url"
          aria-label={t('shell.updates')}
          placeholder="https://"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={wanted === feed}>
          {t('shell.updatesKeep')}
        </Button>
        <Button disabled={feed === null || wanted !== feed} onClick={look}>
          {t('shell.updateCheck')}
        </Button>
      </form>
      <p className="setting-help" role="status">
        {said}
      </p>
    </Setting>
  );
}
