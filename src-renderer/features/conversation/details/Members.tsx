import { useState } from 'react';
import type { ConversationView, PersonRef } from '../../../../src-shared/ipc/index.ts';
import type { PersonId } from '../../../../src-shared/model/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';
import { Button } from '../../../ui/Button.tsx';
import { personName } from '../../list/names.ts';
import { Face } from '../../people/Face.tsx';
import { PresenceDot } from '../../people/PresenceDot.tsx';

const first = 12;
/** Who is there stands first. */
const ranks = { online: 0, busy: 1, away: 2, offline: 4 } as const;

/** Everybody in the conversation, those who are there now before the others; pressing one shows who they are. */
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
  const hidden = view.peopleCount - shown.length;
  return (
    <section>
      <h3>{t('details.people', { count: view.peopleCount })}</h3>
      <ul className="details-people">
        {shown.map((one) => (
          <li key={one.identity}>
            <button
              type="button"
              className="details-entry"
              aria-pressed={one.person === chosen}
              onClick={() => onChoose(one.person === chosen ? null : one.person)}
            >
              <Face of={one} name={personName(one)} size={24} />
              <span className="truncate" dir="auto">
                {personName(one)}
              </span>
              <PresenceDot state={presence.get(one.key)} />
            </button>
          </li>
        ))}
      </ul>
      {!all && sorted.length > first ? (
        <Button tone="quiet" onClick={() => setAll(true)}>
          {t('details.allPeople', { count: formats.number(sorted.length) })}
        </Button>
      ) : hidden > 0 && all ? (
        <p className="details-more">{t('details.morePeople', { count: hidden })}</p>
      ) : null}
    </section>
  );
}
