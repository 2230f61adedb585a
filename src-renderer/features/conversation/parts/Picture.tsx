import type { MessageView } from '../../../../src-shared/ipc/index.ts';
import type { Media } from '../../../../src-shared/model/index.ts';
import { useWorkspace } from '../../../state/context.tsx';
import { attachmentOf } from './media.ts';

/** A picture that belongs to a card; decorative, the card has the words. */
export function Picture({
  media,
  message,
  small = false,
}: {
  media: Media | undefined;
  message: MessageView;
  small?: boolean;
}) {
  const { client } = useWorkspace();
  const attachment = attachmentOf(message, media);
  if (!attachment) return null;
  return (
    <img
      className={small ? 'picture picture-small' : 'picture'}
      src={client.attachmentUrl(attachment.id)}
      alt=""
      loading="lazy"
    />
  );
}
