import type { PersonRef } from '../../../../src-shared/ipc/index.ts';
import type { PersonId } from '../../../../src-shared/model/index.ts';
import { personName } from '../../list/names.ts';
import { Face } from '../../people/Face.tsx';
import { PresenceDot } from '../../people/PresenceDot.tsx';

/** One of those in the conversation; pressing shows who it is, pressing again no longer. */
export function Member({
  of,
  presence,
  chosen,
  onChoose,
}: {
  of: PersonRef;
  presence?: Parameters<typeof PresenceDot>[0]['state'];
  chosen: PersonId | null;
  onChoose: (person: PersonId | null) => void;
}) {
  return (
    <button
      type="button"
      className="details-entry"
      aria-pressed={of.person === chosen}
      onClick={() => onChoose(of.person === chosen ? null : of.person)}
    >
      <Face of={of} name={personName(of)} size={24} />
      <span className="truncate" dir="auto">
        {personName(of)}
      </span>
      <PresenceDot state={presence} />
    </button>
  );
}
