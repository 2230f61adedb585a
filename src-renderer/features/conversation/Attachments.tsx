import './attachments.css';
import { CircleAlert, Download, Eye, File, FileArchive, FileImage, FileMusic, FileText, FileVideo } from 'lucide-react';
import { useState } from 'react';
import type { AttachmentView } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { FilePreview } from '../files/FilePreview.tsx';
import { fileName } from '../files/name.ts';
import { previewOf } from '../files/preview/kind.ts';

const iconOf = (mime: string): typeof File => {
  if (mime.startsWith('image/')) return FileImage;
  if (mime.startsWith('audio/')) return FileMusic;
  if (mime.startsWith('video/')) return FileVideo;
  if (mime.startsWith('text/') || mime === 'application/pdf') return FileText;
  return /zip|tar|compressed/.test(mime) ? FileArchive : File;
};

export function Attachments({ attachments }: { attachments: readonly AttachmentView[] }) {
  const t = useT();
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments" aria-label={t('attachment.list')}>
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <Attachment attachment={attachment} />
        </li>
      ))}
    </ul>
  );
}

export function Attachment({ attachment }: { attachment: AttachmentView }) {
  const t = useT();
  const formats = useFormats();
  const { client, reader } = useWorkspace();
  const [reading, setReading] = useState(false);
  const Icon = iconOf(attachment.mime);
  const url = client.attachmentUrl(attachment.id);
  const name = fileName(attachment, t);
  const size = attachment.bytes === null ? '' : formats.bytes(attachment.bytes);
  const kind = previewOf(attachment.mime, attachment.name);
  // Pictures and films go with those of the whole conversation.
  const look = (): void => {
    if (kind === 'picture' || kind === 'film') reader.getState().set({ looking: attachment.id });
    else setReading(true);
  };
  return (
    <div className="attachment" data-failed={attachment.state === 'failed'}>
      {kind === 'picture' ? (
        <button type="button" className="attachment-thumb" aria-label={t('attachment.show', { name })} onClick={look}>
          <img src={url} alt="" loading="lazy" />
        </button>
      ) : (
        <span className="attachment-icon">{attachment.state === 'failed' ? <CircleAlert /> : <Icon />}</span>
      )}
      <span className="attachment-text">
        <span className="truncate" dir="auto" title={name}>
          {name}
        </span>
        <span className="attachment-size">{attachment.state === 'failed' ? t('attachment.failed') : size}</span>
      </span>
      {kind === null || kind === 'picture' ? null : (
        <IconButton label={t('attachment.show', { name })} onClick={look}>
          <Eye />
        </IconButton>
      )}
      <a className="icon-button" href={url} download={name} aria-label={t('attachment.save', { name })}>
        <Download />
      </a>
      {reading ? <FilePreview file={attachment} onClose={() => setReading(false)} /> : null}
    </div>
  );
}
