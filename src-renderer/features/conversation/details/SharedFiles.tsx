import { useEffect, useState } from 'react';
import type { FileRow } from '../../../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../../../src-shared/model/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import { fileName } from '../../files/name.ts';
import { previewOf } from '../../files/preview/kind.ts';

const most = 24;

/** What was sent here, the newest first; pressing one goes to the message it came with. */
export function SharedFiles({ conversation }: { conversation: ConversationId }) {
  const t = useT();
  const formats = useFormats();
  const workspace = useWorkspace();
  const { client, report } = workspace;
  const [files, setFiles] = useState<readonly FileRow[]>([]);
  const last = useFeature('conversation', (state) => state.shown?.messages.at(-1)?.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `last` says that something new came
  useEffect(() => {
    let current = true;
    client.call('files.page', { conversation, limit: most }).then((page) => current && setFiles(page.files), report);
    return () => {
      current = false;
    };
  }, [client, conversation, report, last]);
  if (files.length === 0) return null;
  const isPicture = ({ mime, name }: FileRow): boolean => previewOf(mime, name) === 'picture';
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  const go = (file: FileRow): void =>
    void workspace.conversation.getState().goTo({ message: file.message }).catch(report);
  return (
    <section>
      <h3>{t('details.files')}</h3>
      {pictures.length > 0 ? (
        <ul className="details-pictures">
          {pictures.map((file) => (
            <li key={file.id}>
              <button type="button" aria-label={t('details.toMessage', { name: file.name })} onClick={() => go(file)}>
                <img src={client.attachmentUrl(file.id)} alt="" loading="lazy" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <ul>
        {others.map((file) => (
          <li key={file.id}>
            <button type="button" className="details-entry" onClick={() => go(file)}>
              <span className="truncate" dir="auto">
                {fileName(file, t)}
              </span>
              {file.bytes === null ? null : <span className="attachment-size">{formats.bytes(file.bytes)}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
