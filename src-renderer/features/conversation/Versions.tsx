import { useEffect, useState } from 'react';
import type { MessageView, Output } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { PartView } from './parts/PartView.tsx';

/** All that a message said over time, the first words first. */
export function Versions({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const t = useT();
  const { client, report } = useWorkspace();
  const [versions, setVersions] = useState<Output<'message.versions'>>([]);
  useEffect(() => {
    client.call('message.versions', { message: message.id }).then(setVersions, report);
  }, [client, message.id, report]);
  return (
    <Dialog title={t('message.versions')} size="medium" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <div className="dialog-body" data-first="" tabIndex={0}>
        <VersionList versions={versions} message={message} />
      </div>
    </Dialog>
  );
}

export function VersionList({ versions, message }: { versions: Output<'message.versions'>; message: MessageView }) {
  const formats = useFormats();
  return versions.map((version) => (
    <div className="version" key={version.at}>
      <time>{formats.full(version.at)}</time>
      {version.parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name and never change places
        <PartView key={index} part={part} message={message} />
      ))}
    </div>
  ));
}
