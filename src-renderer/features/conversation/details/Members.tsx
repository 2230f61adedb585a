import { useState } from 'react';
import type { ConversationView, PersonRef } from '../../../../src-shared/ipc/index.ts';
import type { PersonId } from '../../../../src-shared/model/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';
import { Button } from '../../../ui/Button.tsx';
import { AllMembers } from './AllMembers.tsx';
import { Member } from './Member.tsx';

const first = 12;
/** Who is there stands first. */
const ranks = { online: 0, busy: 1, away: 2, offline: 4 } as const;

/**
 * Everybody in the conversation, those who are there now before the others; pressing one shows who they are. Where there are
 * more than the network named, it is asked for them once all are to be shown.
 */
export function Members({
  view,
  people,
  chosen,
  onChoose,
}: {
  view: ConversationView;
  people: readonly PersonRef[];
  chosen: PersonId | null;
  onChoose: (person: PersonId | null) => void;
}) {
  const t = useT();
  const formats = useFormats();
  const [all, setAll] = useState(false);
  const presence = new Map(view.presence?.map(({ key, state }) => [key, state]));
  const rank = ({ key }: PersonRef): number => ranks[presence.get(key) ?? 'offline'] - (presence.has(key) ? 1 : 0);
  const sorted = presence.size === 0 ? people : people.toSorted((a, b) => rank(a) - rank(b));
  const shown = all ? sorted : sorted.slice(0, first);
  // The account's own person is one of those counted, and none of those named.
  const count = Math.max(view.peopleCount, view.memberCount ?? 0);
  const asked = view.memberCount !== undefined && view.memberCount > people.length + 1;
  const hidden = count - shown.length;
  return (
    <section>
      <h3>{t('details.people', { count })}</h3>
      {asked && all ? (
        <AllMembers conversation={view.id} chosen={chosen} onChoose={onChoose} />
      ) : (
        <ul className="details-people">
          {shown.map((one) => (
            <li key={one.identity}>
              <Member of={one} presence={presence.get(one.key)} chosen={chosen} onChoose={onChoose} />
            </li>
          ))}
        </ul>
      )}
      {!all && (asked || sorted.length > first) ? (
        <Button tone="quiet" onClick={() => setAll(true)}>
          {t('details.allPeople', { count: formats.number(asked ? count : sorted.length) })}
        </Button>
      ) : hidden > 0 && all && !asked ? (
        <p className="details-more">{t('details.morePeople', { count: hidden })}</p>
      ) : null}
    </section>
  );
}
