import { useEffect, useState } from 'react';
import type { FileRow } from '../../../src-shared/ipc/index.ts';
import { errorMessage } from '../../client/index.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { LightBox } from '../conversation/LightBox.tsx';

const pictures = /^image\/(png|jpeg|gif|webp|avif|bmp)$/;
const texts = /^(text\/(?!html)|application\/json)/;
/** Beyond this a text is read elsewhere. Bytes. */
const mostText = 200_000;

/** What this page can show by itself, safely. */
export const previewable = ({ mime, kind, bytes }: Pick<FileRow, 'mime' | 'kind' | 'bytes'>): boolean =>
  pictures.test(mime) || kind === 'audio' || kind === 'video' || (texts.test(mime) && (bytes ?? 0) <= mostText);

export function FilePreview({ file, onClose }: { file: FileRow; onClose: () => void }) {
  const t = useT();
  const { client } = useWorkspace();
  const url = client.attachmentUrl(file.id);
  const name = file.name || t('attachment.unnamed');
  if (pictures.test(file.mime)) return <LightBox url={url} name={name} onClose={onClose} />;
  return (
    <Dialog title={name} size="large" onClose={onClose}>
      <div className="file-preview">
        {file.kind === 'audio' ? (
          // biome-ignore lint/a11y/useMediaCaption: a stranger's file has none
          <audio src={url} controls autoPlay />
        ) : file.kind === 'video' ? (
          // biome-ignore lint/a11y/useMediaCaption: a stranger's file has none
          <video src={url} controls autoPlay />
        ) : (
          <TextFile url={url} />
        )}
      </div>
    </Dialog>
  );
}

function TextFile({ url }: { url: string }) {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    const over = new AbortController();
    fetch(url, { signal: over.signal })
      .then((response) => response.text())
      .then(setText, (error: unknown) => {
        if (!over.signal.aborted) setText(errorMessage(error));
      });
    return () => over.abort();
  }, [url]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long texts are scrolled with the keys
    <pre dir="auto" tabIndex={0} aria-busy={text === null}>
      {text}
    </pre>
  );
}
