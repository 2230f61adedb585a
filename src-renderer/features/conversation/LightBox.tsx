import { Dialog as Base } from '@base-ui/react/dialog';
import { Download, X } from 'lucide-react';
import { useT } from '../../i18n/react.ts';

/** A picture as large as the window allows. */
export function LightBox({ url, name, onClose }: { url: string; name: string; onClose: () => void }) {
  const t = useT();
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop lightbox-backdrop" />
        <Base.Popup className="lightbox">
          <header className="lightbox-head">
            <Base.Title className="truncate">{name}</Base.Title>
            <a className="icon-button" href={url} download={name} aria-label={t('attachment.save', { name })}>
              <Download />
            </a>
            <Base.Close className="icon-button" aria-label={t('action.close')}>
              <X />
            </Base.Close>
          </header>
          <img src={url} alt={name} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
