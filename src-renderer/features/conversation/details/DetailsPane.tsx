import './details.css';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ConversationView, PersonView } from '../../../../src-shared/ipc/index.ts';
import type { PersonId } from '../../../../src-shared/model/index.ts';
import { useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import { Avatar } from '../../../ui/Avatar.tsx';
import { IconButton } from '../../../ui/Button.tsx';
import { personName } from '../../list/names.ts';
import { focusPane, soon } from '../../shell/focus.ts';
import { Addresses } from './Addresses.tsx';
import { Notes } from './Notes.tsx';
import { OtherConversations } from './OtherConversations.tsx';
import { Policy } from './Policy.tsx';
import { SharedFiles } from './SharedFiles.tsx';

/** Whom one is talking to: who they are, what was shared, what else there is with them, and what they may do. */
export function DetailsPane({ view }: { view: ConversationView }) {
  const t = useT();
  const { reader } = useWorkspace();
  const others = (view.members.length > 0 ? view.members : view.people).filter((one) => !one.me && one.person !== null);
  const [chosen, setChosen] = useState<PersonId | null>(others.length === 1 ? (others[0]?.person ?? null) : null);
  const person = usePerson(chosen);
  const close = (): void => {
    reader.getState().set({ details: false });
    soon(() => focusPane('conversation'));
  };
  return (
    <aside className="details" data-pane="details" tabIndex={-1} aria-label={t('details.label')}>
      <header className="details-head">
        <h2>{t('details.label')}</h2>
        <IconButton label={t('action.close')} data-entry="" onClick={close}>
          <X />
        </IconButton>
      </header>
      <div className="details-body">
        {others.length > 1 ? (
          <section>
            <h3>{t('details.people', { count: view.peopleCount })}</h3>
            <ul className="details-people">
              {others.slice(0, 100).map((one) => (
                <li key={one.identity}>
                  <button
                    type="button"
                    className="details-entry"
                    aria-pressed={one.person === chosen}
                    onClick={() => setChosen(one.person === chosen ? null : one.person)}
                  >
                    <Avatar name={personName(one)} size={24} />
                    <span className="truncate" dir="auto">
                      {personName(one)}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {person ? <Person person={person} view={view} /> : null}
        {view.topic ? (
          <section>
            <h3>{t('details.topic')}</h3>
            <p dir="auto">{view.topic}</p>
          </section>
        ) : null}
        <SharedFiles conversation={view.id} />
        <Policy view={view} person={person} />
      </div>
    </aside>
  );
}

function Person({ person, view }: { person: PersonView; view: ConversationView }) {
  const t = useT();
  return (
    <>
      <section className="details-person">
        <Avatar name={person.name} size={48} />
        <strong dir="auto">{person.name}</strong>
      </section>
      <section>
        <h3>{t('details.addresses')}</h3>
        <Addresses identities={person.identities} />
      </section>
      <Notes key={person.id} person={person} />
      <OtherConversations rows={person.conversations.filter((row) => row.id !== view.id)} />
    </>
  );
}

/** Fetched anew when anything about people or conversations changed. */
function usePerson(id: PersonId | null): PersonView | null {
  const { client, report } = useWorkspace();
  const [person, setPerson] = useState<PersonView | null>(null);
  const seen = useFeature('conversation', (state) => state.shown);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `seen` says that something changed
  useEffect(() => {
    if (id === null) return setPerson(null);
    let current = true;
    client.call('people.get', { person: id }).then((found) => current && setPerson(found), report);
    return () => {
      current = false;
    };
  }, [id, client, report, seen?.view]);
  return id === null ? null : person;
}
