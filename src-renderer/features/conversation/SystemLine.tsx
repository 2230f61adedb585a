import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { useFormats } from '../../i18n/react.ts';
import { PartView } from './parts/PartView.tsx';

/** What happened in the conversation, rather than what someone said. */
export function SystemLine({ message }: { message: MessageView }) {
  const formats = useFormats();
  return (
    <div className="system-line" title={formats.full(message.at)}>
      {message.parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name and never change places
        <PartView key={index} part={part} message={message} />
      ))}
    </div>
  );
}
