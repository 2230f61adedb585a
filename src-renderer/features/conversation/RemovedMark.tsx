import './marks.css';
import { Ban } from 'lucide-react';
import { useT } from '../../i18n/react.ts';

export function RemovedMark() {
  const t = useT();
  return (
    <span className="removed">
      <Ban aria-hidden="true" />
      {t('message.removed')}
    </span>
  );
}
