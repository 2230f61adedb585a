import {
  Download,
  EllipsisVertical,
  File,
  FileArchive,
  FileImage,
  FileMusic,
  FileText,
  FileVideo,
  MessagesSquare,
  User,
} from 'lucide-react';
import type { FileKind, FileRow } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { unturned } from '../../i18n/unturned.ts';
import { useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { useNow } from '../../ui/useNow.ts';
import { fileName } from './name.ts';
import { previewOf } from './preview/kind.ts';

const icons: Record<FileKind, typeof File> = {
  image: FileImage,
  video: FileVideo,
  audio: FileMusic,
  document: FileText,
  archive: FileArchive,
  other: File,
};

export function FileItem({ file, entry, onPreview }: { file: FileRow; entry: boolean; onPreview: () => void }) {
  const t = useT();
  const formats = useFormats();
  const now = useNow(60_000);
  const { client, navigation, files, report } = useWorkspace();
  const Icon = icons[file.kind];
  const name = fileName(file, t);
  const url = client.attachmentUrl(file.id);
  const shows = previewOf(file.mime, file.name) !== null;
  const jump = (): void => navigation.getState().open(file.conversation, file.message);
  const narrow = (change: Parameters<ReturnType<typeof files.getState>['narrow']>[0]): void =>
    void files.getState().narrow(change).catch(report);
  const onlyPerson = async (): Promise<void> => {
    const message = await client.call('message.get', { message: file.message });
    const person = message?.author?.person;
    if (person) narrow({ person: { id: person, name: file.author } });
  };
  const entries: (MenuEntry | null)[] = [
    {
      label: t('files.onlyConversation'),
      icon: <MessagesSquare />,
      run: () => narrow({ conversation: { id: file.conversation, title: file.title || file.author } }),
    },
    ...(file.fromMe
      ? []
      : [{ label: t('files.onlyPerson'), icon: <User />, run: () => void onlyPerson().catch(report) }]),
  ];
  return (
    <li className="file">
      {shows ? (
        <button type="button" className="file-thumb" aria-label={t('attachment.show', { name })} onClick={onPreview}>
          {file.kind === 'image' ? <img src={url} alt="" loading="lazy" /> : <Icon />}
        </button>
      ) : (
        <span className="file-thumb">
          <Icon aria-hidden="true" />
        </span>
      )}
      <button type="button" className="file-open" data-item="" data-entry={entry ? '' : undefined} onClick={jump}>
        <span className="truncate file-name" dir="auto">
          {name}
        </span>
        <span className="truncate file-facts" dir="auto">
          {[
            file.bytes === null ? '' : formats.bytes(file.bytes),
            file.fromMe ? t('message.me') : unturned(file.author),
            formats.brief(file.at, now),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {file.title === '' ? null : (
          <span className="truncate file-facts" dir="auto">
            {file.title}
          </span>
        )}
      </button>
      <a className="icon-button" href={url} download={name} aria-label={t('attachment.save', { name })}>
        <Download />
      </a>
      <Menu
        trigger={
          <IconButton label={t('files.actions', { name })}>
            <EllipsisVertical />
          </IconButton>
        }
        entries={entries}
      />
    </li>
  );
}
