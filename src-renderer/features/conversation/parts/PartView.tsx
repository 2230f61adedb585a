import './parts.css';
import type { MessageView } from '../../../../src-shared/ipc/index.ts';
import type { Part } from '../../../../src-shared/model/index.ts';
import { HtmlPart } from '../html/HtmlPart.tsx';
import { CalendarPart } from './CalendarPart.tsx';
import { ButtonsPart, CarouselPart, FormPart, ListPart, PollPart } from './InteractiveParts.tsx';
import { AudioPart, DocumentPart, ImagePart, StickerPart, VideoPart } from './MediaParts.tsx';
import { CallPart, SystemPart, TemplatePart, UnsupportedPart } from './NoticeParts.tsx';
import { AddressPart, ContactPart, LinkPreviewPart, LocationPart, ProductPart, StoryPart } from './PlaceParts.tsx';
import { SecuredPart } from './SecuredPart.tsx';
import { PlainText, TextOfNetwork } from './TextPart.tsx';

/** Draws one part; the compiler sees to it that there is a drawing for every kind. */
export function PartView({ part, message }: { part: Part; message: MessageView }) {
  switch (part.kind) {
    case 'text':
      if (part.format === 'html') return <HtmlPart html={part.text} message={message} />;
      return part.format === 'markdown' ? (
        <TextOfNetwork part={part} message={message} />
      ) : (
        <PlainText text={part.text} mentions={message.mentions} />
      );
    case 'image':
      return <ImagePart part={part} message={message} />;
    case 'video':
      return <VideoPart part={part} message={message} />;
    case 'audio':
      return <AudioPart part={part} message={message} />;
    case 'document':
      return <DocumentPart media={part.media} message={message} />;
    case 'sticker':
      return <StickerPart part={part} message={message} />;
    case 'location':
      return <LocationPart part={part} />;
    case 'address':
      return <AddressPart part={part} />;
    case 'contact':
      return <ContactPart part={part} />;
    case 'poll':
      return <PollPart part={part} message={message} />;
    case 'link-preview':
      return <LinkPreviewPart part={part} message={message} />;
    case 'buttons':
      return <ButtonsPart part={part} message={message} />;
    case 'list':
      return <ListPart part={part} />;
    case 'carousel':
      return <CarouselPart part={part} message={message} />;
    case 'template':
      return <TemplatePart part={part} />;
    case 'form':
      return <FormPart part={part} />;
    case 'product':
      return <ProductPart part={part} message={message} />;
    case 'calendar-event':
      return <CalendarPart part={part} />;
    case 'call':
      return <CallPart part={part} />;
    case 'system':
      return <SystemPart part={part} />;
    case 'story':
      return <StoryPart part={part} message={message} />;
    case 'secured':
      return <SecuredPart part={part} />;
    case 'unsupported':
      return <UnsupportedPart part={part} message={message} />;
  }
}
