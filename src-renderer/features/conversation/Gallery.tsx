import type { AttachmentView } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { fileName } from '../files/name.ts';
import { previewOf } from '../files/preview/kind.ts';
import { LightBox } from './LightBox.tsx';

const isLookedAt = ({ mime, name }: AttachmentView): boolean =>
  ['picture', 'film'].includes(previewOf(mime, name) ?? '');

/** All pictures and films of the conversation as far as it is loaded, one at a time, in the order they came. */
export function Gallery() {
  const t = useT();
  const { client, reader } = useWorkspace();
  const looking = useFeature('reader', (state) => state.looking);
  const messages = useFeature('conversation', (state) => state.shown?.messages);
  if (looking === null || !messages) return null;
  const items: readonly AttachmentView[] = messages.flatMap((message) =>
    message.attachments.filter((one) => one.id === looking || (!one.inline && isLookedAt(one))),
  );
  const at = items.findIndex((one) => one.id === looking);
  const item = items[at];
  if (!item) return null;
  const step = (by: 1 | -1): void => {
    const next = items[(at + by + items.length) % items.length];
    if (next) reader.getState().set({ looking: next.id });
  };
  return (
    <LightBox
      url={client.attachmentUrl(item.id)}
      name={fileName(item, t)}
      film={previewOf(item.mime, item.name) === 'film'}
      position={items.length > 1 ? t('lightbox.position', { at: at + 1, count: items.length }) : undefined}
      onStep={items.length > 1 ? step : undefined}
      onClose={() => reader.getState().set({ looking: null })}
    />
  );
}
