import { MessageSquareDashed, Phone, PhoneIncoming, PhoneMissed, PhoneOutgoing, Video } from 'lucide-react';
import type { MessageView } from '../../../../src-shared/ipc/index.ts';
import type { PartOf } from '../../../../src-shared/model/index.ts';
import type { Key } from '../../../i18n/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';
import { DocumentPart } from './MediaParts.tsx';

const outcomes = {
  answered: 'call.answered',
  missed: 'call.missed',
  declined: 'call.declined',
  busy: 'call.busy',
  failed: 'call.failed',
  ongoing: 'call.ongoing',
} as const satisfies Record<PartOf<'call'>['outcome'], Key>;

export function CallPart({ part }: { part: PartOf<'call'> }) {
  const t = useT();
  const formats = useFormats();
  const bad = part.outcome === 'missed' || part.outcome === 'failed';
  const Icon = bad ? PhoneMissed : part.direction === 'incoming' ? PhoneIncoming : PhoneOutgoing;
  return (
    <div className="part-card call" data-bad={bad}>
      <span className="part-icon">
        <Icon />
      </span>
      <div className="part-text">
        <strong>{t(part.direction === 'incoming' ? 'call.incoming' : 'call.outgoing')}</strong>
        <span className="call-line">
          {part.media === 'video' ? <Video aria-hidden="true" /> : <Phone aria-hidden="true" />}
          {t(outcomes[part.outcome])}
          {part.durationMs === undefined ? '' : ` · ${formats.duration(part.durationMs)}`}
        </span>
      </div>
    </div>
  );
}

export function SystemPart({ part }: { part: PartOf<'system'> }) {
  return (
    <span className="system-text" dir="auto">
      {part.text}
    </span>
  );
}

export function TemplatePart({ part }: { part: PartOf<'template'> }) {
  return (
    <div className="text" dir="auto">
      {part.text}
    </div>
  );
}

/** Something the network has and Carillon has no word for: named, kept, never passed over in silence. */
export function UnsupportedPart({ part, message }: { part: PartOf<'unsupported'>; message: MessageView }) {
  const t = useT();
  return (
    <div className="part-card">
      <span className="part-icon">
        <MessageSquareDashed />
      </span>
      <div className="part-text">
        <strong>{t('part.unsupported', { what: part.what })}</strong>
        {part.text ? <span dir="auto">{part.text}</span> : null}
        {part.media ? <DocumentPart media={part.media} message={message} /> : null}
      </div>
    </div>
  );
}
