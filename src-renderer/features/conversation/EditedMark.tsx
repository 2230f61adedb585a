import './marks.css';
import { Popover } from '@base-ui/react/popover';
import { useState } from 'react';
import type { MessageView, Output } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { VersionList } from './Versions.tsx';

/** "Edited", and on asking what it said before. */
export function EditedMark({ message }: { message: MessageView }) {
  const t = useT();
  const { client, report } = useWorkspace();
  const [versions, setVersions] = useState<Output<'message.versions'>>([]);
  const load = (open: boolean): void => {
    if (open) client.call('message.versions', { message: message.id }).then(setVersions, report);
  };
  return (
    <Popover.Root onOpenChange={load}>
      <Popover.Trigger className="edited">{t('message.edited')}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="menu-positioner" sideOffset={6}>
          <Popover.Popup className="menu versions">
            <Popover.Title className="versions-title">{t('message.versions')}</Popover.Title>
            <VersionList versions={versions} message={message} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
