import './media.css';
import { Mic, Music } from 'lucide-react';
import { useState } from 'react';
import type { MessageView } from '../../../../src-shared/ipc/index.ts';
import type { Media, PartOf } from '../../../../src-shared/model/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';
import { useWorkspace } from '../../../state/context.tsx';
import { Attachment } from '../Attachments.tsx';
import { AudioPlayer } from './AudioPlayer.tsx';
import { attachmentOf } from './media.ts';
import { Linked } from './TextPart.tsx';

type MediaProps<K extends 'image' | 'video' | 'audio' | 'sticker'> = { part: PartOf<K>; message: MessageView };

const useUrl = (message: MessageView, media: Media): string | undefined => {
  const { client } = useWorkspace();
  const attachment = attachmentOf(message, media);
  return attachment && client.attachmentUrl(attachment.id);
};
/** The room a picture will take is kept before it is there, so that nothing jumps. */
const boxOf = ({ width, height }: Media): React.CSSProperties =>
  width && height ? { aspectRatio: `${width} / ${height}`, width: Math.min(width, 360) } : {};

function Caption({ text }: { text: string | undefined }) {
  return text ? (
    <span className="caption" dir="auto">
      <Linked text={text} />
    </span>
  ) : null;
}

export function ImagePart({ part: { media }, message }: MediaProps<'image'>) {
  const t = useT();
  const url = useUrl(message, media);
  const { reader } = useWorkspace();
  const [broken, setBroken] = useState(false);
  const name = media.name ?? t('part.image');
  if (!url || broken) return <DocumentPart media={media} message={message} />;
  return (
    <figure className="media">
      <button
        type="button"
        className="media-picture"
        style={boxOf(media)}
        aria-label={t('attachment.show', { name })}
        onClick={() => reader.getState().set({ looking: attachmentOf(message, media)?.id ?? null })}
      >
        <img src={url} alt={media.caption ?? name} loading="lazy" onError={() => setBroken(true)} />
      </button>
      <Caption text={media.caption} />
    </figure>
  );
}

export function VideoPart({ part: { media, loop }, message }: MediaProps<'video'>) {
  const t = useT();
  const url = useUrl(message, media);
  const [broken, setBroken] = useState(false);
  if (!url || broken) return <DocumentPart media={media} message={message} />;
  return (
    <figure className="media">
      {/* biome-ignore lint/a11y/useMediaCaption: nobody made captions for it */}
      <video
        className="media-video"
        style={boxOf(media)}
        src={url}
        controls
        preload="metadata"
        loop={loop}
        aria-label={media.name ?? t('part.video')}
        onError={() => setBroken(true)}
      />
      <Caption text={media.caption} />
    </figure>
  );
}

export function AudioPart({ part, message }: MediaProps<'audio'>) {
  const t = useT();
  const url = useUrl(message, part.media);
  const name = part.voiceNote ? t('part.voice') : (part.media.name ?? t('part.audio'));
  return (
    <figure className="media audio">
      <span className="audio-head">
        {part.voiceNote ? <Mic aria-hidden="true" /> : <Music aria-hidden="true" />}
        <span className="truncate" dir="auto">
          {name}
        </span>
      </span>
      {url ? (
        <AudioPlayer url={url} name={name} durationMs={part.media.durationMs} samples={part.waveform} />
      ) : (
        <DocumentPart media={part.media} message={message} />
      )}
      {part.transcript ? (
        <p className="caption" dir="auto">
          {part.transcript}
        </p>
      ) : null}
    </figure>
  );
}
export function StickerPart({ part, message }: MediaProps<'sticker'>) {
  const t = useT();
  const url = useUrl(message, part.media);
  const [broken, setBroken] = useState(false);
  return url && !broken ? (
    <img className="sticker" src={url} alt={part.emoji ?? t('part.sticker')} onError={() => setBroken(true)} />
  ) : (
    <span className="text-emoji">{part.emoji ?? t('part.sticker')}</span>
  );
}

/** A file by name and size, whether or not its bytes can be had. */
export function DocumentPart({ media, message }: { media: Media; message: MessageView }) {
  const t = useT();
  const formats = useFormats();
  const attachment = attachmentOf(message, media);
  if (attachment) return <Attachment attachment={attachment} />;
  return (
    <p className="part-line">
      {media.name ?? t('attachment.unnamed')} {media.bytes === undefined ? '' : formats.bytes(media.bytes)}
    </p>
  );
}
