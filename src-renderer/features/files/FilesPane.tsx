import './files.css';
import { Files, Search, X } from 'lucide-react';
import { useEffect } from 'react';
import { type FileKind, fileKinds } from '../../../src-shared/ipc/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { FileList } from './FileList.tsx';
import { noFilter } from './store.ts';

const kindTitles: Record<FileKind, Key> = {
  image: 'files.image',
  video: 'files.video',
  audio: 'files.audio',
  document: 'files.document',
  archive: 'files.archive',
  other: 'files.other',
};
const megabyte = 1_000_000;
const sizes = [megabyte, 10 * megabyte, 50 * megabyte] as const;

/** The files of all messages, narrowed by name, kind, size, account, person and conversation. */
export function FilesPane() {
  const t = useT();
  const formats = useFormats();
  const { files, report } = useWorkspace();
  const filter = useFeature('files', (state) => state.filter);
  const accounts = useFeature('accounts', (state) => state.accounts) ?? [];
  const narrow = (change: Partial<typeof filter>): void => void files.getState().narrow(change).catch(report);
  useEffect(() => {
    // A person's page shares this store; here one begins with everything.
    const { filter: before } = files.getState();
    void files.getState().narrow(before.person ? noFilter : {});
  }, [files]);
  const chips = [
    ...(filter.person ? [{ text: t('files.fromPerson', { name: filter.person.name }), off: { person: null } }] : []),
    ...(filter.conversation
      ? [{ text: t('files.inConversation', { title: filter.conversation.title }), off: { conversation: null } }]
      : []),
  ];
  return (
    <>
      <header className="list-head">
        <h1 className="list-title truncate">{t('files.title')}</h1>
      </header>
      <div className="narrowing">
        <label className="narrowing-text">
          <Search aria-hidden="true" />
          <input
            type="text"
            value={filter.text}
            dir="auto"
            autoComplete="off"
            spellCheck={false}
            placeholder={t('files.search')}
            aria-label={t('files.search')}
            onChange={(event) => narrow({ text: event.target.value })}
          />
        </label>
        <Choice
          quiet
          label={t('files.kind')}
          value={filter.kind ?? 'all'}
          onChange={(kind) => narrow({ kind: kind === 'all' ? null : kind })}
          options={[
            { value: 'all' as const, label: t('files.all') },
            ...fileKinds.map((kind) => ({ value: kind, label: t(kindTitles[kind]) })),
          ]}
        />
        <Choice
          quiet
          label={t('files.size')}
          value={String(filter.minBytes ?? 0)}
          onChange={(size) => narrow({ minBytes: size === '0' ? null : Number(size) })}
          options={[
            { value: '0', label: t('files.anySize') },
            ...sizes.map((size) => ({ value: String(size), label: t('files.larger', { size: formats.bytes(size) }) })),
          ]}
        />
        {accounts.length > 1 ? (
          <Choice
            quiet
            label={t('files.account')}
            value={String(filter.account ?? 0)}
            onChange={(id) => narrow({ account: accounts.find((account) => String(account.id) === id)?.id ?? null })}
            options={[
              { value: '0', label: t('files.anyAccount') },
              ...accounts.map((account) => ({ value: String(account.id), label: account.label })),
            ]}
          />
        ) : null}
        {chips.map(({ text, off }) => (
          <button type="button" key={text} className="chip" onClick={() => narrow(off)}>
            <span className="truncate" dir="auto">
              {text}
            </span>
            <X aria-label={t('filter.remove')} />
          </button>
        ))}
      </div>
      <FileList icon={<Files />} />
    </>
  );
}
