import './files.css';
import { type ReactNode, useState } from 'react';
import type { FileRow } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { useEntryFocus } from '../shell/useEntryFocus.ts';
import { FileItem } from './FileItem.tsx';
import { FilePreview } from './FilePreview.tsx';

/** What the files store holds, newest first; Enter goes to the message, the picture itself opens it large. */
export function FileList({ icon }: { icon: ReactNode }) {
  const t = useT();
  const { report } = useWorkspace();
  const { files, ready, more, error, loadMore } = useFeature('files', (state) => state);
  const [shown, setShown] = useState<FileRow | null>(null);
  useEntryFocus(ready && files.length > 0);
  if (error !== null)
    return (
      <p className="empty" role="alert">
        {error}
      </p>
    );
  return (
    <>
      <p className="narrowing-count" role="status">
        {ready && files.length > 0 ? t(more ? 'files.countMore' : 'files.count', { count: files.length }) : ''}
      </p>
      {ready && files.length === 0 ? (
        <div className="empty">
          {icon}
          <p className="empty-title">{t('files.empty')}</p>
          <p className="empty-text">{t('files.emptyText')}</p>
        </div>
      ) : (
        <div className="files-scroll" aria-busy={!ready}>
          <ul className="files" aria-label={t('files.title')}>
            {files.map((file, index) => (
              <FileItem key={file.id} file={file} entry={index === 0} onPreview={() => setShown(file)} />
            ))}
          </ul>
          {more ? (
            <Button className="hits-more" onClick={() => void loadMore().catch(report)}>
              {t('search.more')}
            </Button>
          ) : null}
        </div>
      )}
      {shown ? <FilePreview file={shown} onClose={() => setShown(null)} /> : null}
    </>
  );
}
