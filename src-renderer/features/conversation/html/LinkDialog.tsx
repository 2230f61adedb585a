import './html.css';
import { useT } from '../../../i18n/react.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';

/** The text of a link names another place than where it leads: both shown in full before anything is opened. */
export function LinkDialog({ url, text, onClose }: { url: string; text: string; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog title={t('link.title')} size="small" onClose={onClose}>
      <div className="dialog-body">
        <p>{t('link.says')}</p>
        <p className="link-shown" dir="auto">
          {text}
        </p>
        <p>{t('link.leads')}</p>
        <p className="link-shown link-target">{url}</p>
        <div className="dialog-actions">
          <Button
            onClick={() => {
              window.open(url, '_blank', 'noopener,noreferrer');
              onClose();
            }}
          >
            {t('link.open')}
          </Button>
          <Button tone="primary" onClick={onClose}>
            {t('link.stay')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
