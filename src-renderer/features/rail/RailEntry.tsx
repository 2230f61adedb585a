import { type ReactNode, useState } from 'react';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import { useFormats } from '../../i18n/react.ts';
import { carriesConversations, conversationsOf } from '../list/drag.ts';
import { type Place, toHash } from '../navigation/place.ts';

export function RailEntry({
  icon,
  text,
  count = 0,
  strong = false,
  current,
  place,
  trailing,
  onOpen,
  onRows,
}: {
  icon: ReactNode;
  text: string;
  count?: number;
  strong?: boolean;
  current: boolean;
  /** Where it leads, for the menu one can ask of it. */
  place?: Place;
  trailing?: ReactNode;
  onOpen: () => void;
  /** What becomes of rows dropped here; without it they cannot be. */
  onRows?: (ids: readonly ConversationId[]) => void;
}) {
  const formats = useFormats();
  const [over, setOver] = useState(false);
  return (
    <button
      type="button"
      className="rail-entry"
      aria-current={current ? 'page' : undefined}
      data-entry={current ? '' : undefined}
      data-over={over}
      data-place={place ? toHash({ place, conversation: null, around: null }) : undefined}
      onClick={onOpen}
      onDragOver={(event) => {
        if (!onRows || !carriesConversations(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!onRows || !carriesConversations(event)) return;
        event.preventDefault();
        onRows(conversationsOf(event));
      }}
    >
      <span className="rail-icon">{icon}</span>
      <span className="truncate rail-text" dir="auto">
        {text}
      </span>
      {trailing}
      {count > 0 ? (
        <span className="rail-count" data-strong={strong}>
          {formats.number(count)}
        </span>
      ) : null}
    </button>
  );
}
