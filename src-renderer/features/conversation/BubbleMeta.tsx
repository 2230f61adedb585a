import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { useFormats } from '../../i18n/react.ts';
import { EditedMark } from './EditedMark.tsx';
import { Receipts } from './Receipts.tsx';

/** When it was said, and what became of it. */
export function BubbleMeta({ message }: { message: MessageView }) {
  const formats = useFormats();
  return (
    <span className="bubble-meta">
      {message.edited ? <EditedMark message={message} /> : null}
      <time dateTime={new Date(message.at).toISOString()} title={formats.full(message.at)}>
        {formats.time(message.at)}
      </time>
      {message.fromMe ? <Receipts message={message} /> : null}
    </span>
  );
}
