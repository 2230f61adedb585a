import { FileUp } from 'lucide-react';
import { useState } from 'react';
import type { AccountId } from '../../../src-shared/model/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { ImportRow } from '../imports/ImportRow.tsx';
import { Setting } from './Setting.tsx';

type Format = 'jsonl' | 'mbox';

export function ArchivesSection() {
  const t = useT();
  const { navigation } = useWorkspace();
  const imports = useFeature('imports', (state) => state.imports);
  return (
    <>
      <Setting tall title={t('command.import')} text={t('import.text')}>
        <span>
          <Button onClick={() => navigation.getState().show({ is: 'import' })}>
            <FileUp />
            {t('command.import')}
          </Button>
        </span>
        {imports.length > 0 ? (
          <ul className="imports" aria-label={t('import.list')}>
            {imports.map((one) => (
              <ImportRow key={one.id} view={one} />
            ))}
          </ul>
        ) : null}
      </Setting>
      <Export />
    </>
  );
}

/** Everything, or one account, into a file that any other program can read. */
function Export() {
  const t = useT();
  const { client } = useWorkspace();
  const accounts = useFeature('accounts', (state) => state.accounts) ?? [];
  const [path, setPath] = useState('');
  const [format, setFormat] = useState<Format>('jsonl');
  const [account, setAccount] = useState<AccountId | null>(null);
  const [said, setSaid] = useState<{ text: string; failed: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    setSaid(null);
    try {
      const { messages, skipped } = await client.call('export.start', {
        path: path.trim(),
        format,
        ...(account === null ? {} : { account }),
      });
      const left = skipped.length > 0 ? ` ${t('export.skipped', { count: skipped.length })}` : '';
      setSaid({ text: t('export.done', { count: messages }) + left, failed: false });
    } catch (error) {
      setSaid({ text: error instanceof Error ? error.message : String(error), failed: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Setting tall title={t('export.title')} text={t('export.text')} words="export eksport mbox jsonl">
      <form
        className="export"
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim() !== '' && !busy) void run();
        }}
      >
        <Choice
          label={t('export.what')}
          value={String(account ?? 0)}
          onChange={(id) => setAccount(accounts.find((one) => String(one.id) === id)?.id ?? null)}
          options={[
            { value: '0', label: t('export.everything') },
            ...accounts.map((one) => ({ value: String(one.id), label: one.label })),
          ]}
        />
        <Choice
          label={t('export.format')}
          value={format}
          onChange={setFormat}
          options={[
            { value: 'jsonl', label: t('export.jsonl') },
            { value: 'mbox', label: t('export.mbox') },
          ]}
        />
        <input
          className="field"
          type="text"
          value={path}
          spellCheck={false}
          aria-label={t('export.path')}
          placeholder={t('export.pathHint')}
          onChange={(event) => setPath(event.target.value)}
        />
        <Button type="submit" tone="primary" disabled={busy || path.trim() === ''}>
          {t('export.start')}
        </Button>
      </form>
      {busy ? <p role="status">{t('export.running')}</p> : null}
      {said ? (
        <p className={said.failed ? 'login-error' : ''} role={said.failed ? 'alert' : 'status'}>
          {said.text}
        </p>
      ) : null}
    </Setting>
  );
}
