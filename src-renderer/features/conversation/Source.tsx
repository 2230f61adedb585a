import './source.css';
import { useEffect, useState } from 'react';
import type { MessageId } from '../../../src-shared/model/index.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** The message exactly as it came. */
export function Source({ message, onClose }: { message: MessageId; onClose: () => void }) {
  const t = useT();
  const { client, report } = useWorkspace();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    client
      .call('message.source', { message })
      .then(
        (source) => setText(source ? source.text + (source.truncated ? '\n…' : '') : t('message.noSource')),
        report,
      );
  }, [client, message, report, t]);
  return (
    <Dialog title={t('message.source')} size="large" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <pre className="source dialog-body" data-first="" tabIndex={0}>
        {text}
      </pre>
    </Dialog>
  );
}
