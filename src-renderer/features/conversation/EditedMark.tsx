import { Popover } from '@base-ui/react/popover';
import { useState } from 'react';
import type { MessageView, Output } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { PartView } from './parts/PartView.tsx';

/** "Edited", and on asking what it said before. */
export function EditedMark({ message }: { message: MessageView }) {
  const t = useT();
  const formats = useFormats();
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
            {versions.map((version) => (
              <div className="version" key={version.at}>
                <time>{formats.full(version.at)}</time>
                {version.parts.map((part, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name and never change places
                  <PartView key={index} part={part} message={message} />
                ))}
              </div>
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
