import './files.css';
import { LoaderCircle, Paperclip, X } from 'lucide-react';
import { mediaOf } from '../../../src-shared/model/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import type { Composer } from './store.ts';

export function AttachmentChips({ composer }: { composer: Composer }) {
  const t = useT();
  const formats = useFormats();
  const detach = useFeature('composer', (state) => state.detach);
  const media = composer.composition.parts.flatMap((part) => mediaOf(part));
  if (media.length === 0 && composer.uploading.length === 0) return null;
  return (
    <ul className="compose-files" aria-label={t('attachment.list')}>
      {media.map((one) => (
        <li className="compose-file" key={one.ref}>
          <Paperclip aria-hidden="true" />
          <span className="truncate" dir="auto">
            {one.name ?? t('attachment.unnamed')}
          </span>
          {one.bytes === undefined ? null : <span className="attachment-size">{formats.bytes(one.bytes)}</span>}
          <button
            type="button"
            aria-label={t('attachment.remove', { name: one.name ?? t('attachment.unnamed') })}
            onClick={() => detach(composer.key, one.ref)}
          >
            <X />
          </button>
        </li>
      ))}
      {composer.uploading.map((one) => (
        <li className="compose-file" key={one.id}>
          <LoaderCircle className="spin" aria-label={t('attachment.uploading')} />
          <span className="truncate">{one.name}</span>
        </li>
      ))}
    </ul>
  );
}
