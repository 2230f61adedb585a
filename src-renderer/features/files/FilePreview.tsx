import type { FileRow } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { LightBox } from '../conversation/LightBox.tsx';
import { fileName } from './name.ts';
import { previewOf } from './preview/kind.ts';
import { PdfPreview } from './preview/PdfPreview.tsx';
import { TextPreview } from './preview/TextPreview.tsx';

/** A file by itself, as far as this page can show it. */
export function FilePreview({ file, onClose }: { file: Pick<FileRow, 'id' | 'name' | 'mime'>; onClose: () => void }) {
  const t = useT();
  const { client } = useWorkspace();
  const url = client.attachmentUrl(file.id);
  const name = fileName(file, t);
  switch (previewOf(file.mime, file.name)) {
    case 'picture':
      return <LightBox url={url} name={name} onClose={onClose} />;
    case 'film':
      return <LightBox url={url} name={name} film onClose={onClose} />;
    case 'pdf':
      return <PdfPreview url={url} name={name} onClose={onClose} />;
    case 'text':
      return <TextPreview url={url} name={name} onClose={onClose} />;
    case 'audio':
      return (
        <Dialog title={name} size="large" onClose={onClose}>
          <div className="file-preview">
            {/* biome-ignore lint/a11y/useMediaCaption: a stranger's file has none */}
            <audio src={url} controls autoPlay />
          </div>
        </Dialog>
      );
    case null:
      return null;
  }
}
