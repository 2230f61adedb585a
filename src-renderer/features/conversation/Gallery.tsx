import type { AttachmentView } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { LightBox } from './LightBox.tsx';

/** Pictures a browser draws; SVG is left out, it is a program rather than a picture. */
export const isPicture = (mime: string): boolean => /^image\/(png|jpeg|gif|webp|avif|bmp)$/.test(mime);
export const isFilm = (mime: string): boolean => /^video\/(mp4|webm|ogg|quicktime)$/.test(mime);

/** All pictures and films of the conversation as far as it is loaded, one at a time, in the order they came. */
export function Gallery() {
  const t = useT();
  const { client, reader } = useWorkspace();
  const looking = useFeature('reader', (state) => state.looking);
  const messages = useFeature('conversation', (state) => state.shown?.messages);
  if (looking === null || !messages) return null;
  const items: readonly AttachmentView[] = messages.flatMap((message) =>
    message.attachments.filter(
      (one) => one.id === looking || (!one.inline && (isPicture(one.mime) || isFilm(one.mime))),
    ),
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
      name={item.name || t('attachment.unnamed')}
      film={isFilm(item.mime)}
      position={items.length > 1 ? t('lightbox.position', { at: at + 1, count: items.length }) : undefined}
      onStep={items.length > 1 ? step : undefined}
      onClose={() => reader.getState().set({ looking: null })}
    />
  );
}
