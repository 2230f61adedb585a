import type { ConversationRow } from '../../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';
import { useWorkspace } from '../../../state/context.tsx';
import { ChannelMark } from '../../../ui/ChannelMark.tsx';
import { useNow } from '../../../ui/useNow.ts';
import { namesOf } from '../../list/names.ts';

export function OtherConversations({ rows }: { rows: readonly ConversationRow[] }) {
  const t = useT();
  const formats = useFormats();
  const { navigation } = useWorkspace();
  const now = useNow(60_000);
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{t('details.others')}</h3>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className="details-entry" onClick={() => navigation.getState().open(row.id)}>
              <ChannelMark channel={row.channel} />
              <span className="truncate" dir="auto">
                {row.title || namesOf(row, t)}
              </span>
              <time>{formats.brief(row.lastAt, now)}</time>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
