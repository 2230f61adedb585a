import './now.css';
import type { ConversationRow } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { presenceIn } from '../people/here.ts';
import { PresenceDot } from '../people/PresenceDot.tsx';

/** What lasts for seconds: drawn by themselves, so that a row is not drawn anew when somebody begins to write. */

/** The preview, or that somebody is writing while they are. */
export function RowPreview({ row, text, lines }: { row: ConversationRow; text: string; lines: 1 | 2 }) {
  const t = useT();
  const typing = useFeature('here', (state) => state.typing.get(row.id));
  if (typing)
    return (
      <span className="row-preview row-typing truncate" dir="auto">
        {row.kind === 'direct'
          ? t('row.typing')
          : t('conversation.typing', { count: typing.length, names: typing.join(', ') })}
        <span className="typing-dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      </span>
    );
  return (
    <span className={lines === 2 ? 'row-preview row-preview-two' : 'row-preview truncate'} dir="auto">
      {text}
    </span>
  );
}

/** Whether the other one of a conversation between two is there; nothing for who is not. */
export function RowPresence({ row, now }: { row: ConversationRow; now: number }) {
  const state = useFeature('here', (here) => presenceIn(here, row, now));
  return state === undefined || state === 'offline' ? null : <PresenceDot state={state} />;
}
