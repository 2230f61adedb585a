import './details.css';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ConversationView, PersonView } from '../../../../src-shared/ipc/index.ts';
import type { PersonId } from '../../../../src-shared/model/index.ts';
import { useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import { Button, IconButton } from '../../../ui/Button.tsx';
import { Face } from '../../people/Face.tsx';
import { PresenceDot, presenceWord } from '../../people/PresenceDot.tsx';
import { focusPane, soon } from '../../shell/focus.ts';
import { Addresses } from './Addresses.tsx';
import { Carries } from './Carries.tsx';
import { Members } from './Members.tsx';
import { Notes } from './Notes.tsx';
import { OtherConversations } from './OtherConversations.tsx';
import { Pins } from './Pins.tsx';
import { Policy } from './Policy.tsx';
import { SharedFiles } from './SharedFiles.tsx';

/** Whom one is talking to: who they are, what was shared, what else there is with them, and what they may do. */
export function DetailsPane({ view }: { view: ConversationView }) {
  const t = useT();
  const { reader } = useWorkspace();
  const others = (view.members.length > 0 ? view.members : view.people).filter((one) => !one.me && one.person !== null);
  // Somebody pointed out in the text goes before whom the conversation is with.
  const pointed = useFeature('reader', (state) => state.person);
  const chosen = pointed ?? (others.length === 1 ? (others[0]?.person ?? null) : null);
  const choose = (of: PersonId | null): void => reader.getState().set({ person: of });
  const person = usePerson(chosen);
  const close = (): void => {
    reader.getState().set({ details: false, person: null });
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
        {others.length > 1 ? <Members view={view} people={others} chosen={chosen} onChoose={choose} /> : null}
        {person ? <Person person={person} view={view} /> : null}
        {view.topic ? (
          <section>
            <h3>{t('details.topic')}</h3>
            <p dir="auto">{view.topic}</p>
          </section>
        ) : null}
        <Pins view={view} />
        <SharedFiles conversation={view.id} />
        <Policy view={view} person={person} />
        {view.limits.style === 'chat' ? <Carries limits={view.limits} features={view.features} /> : null}
      </div>
    </aside>
  );
}

function Person({ person, view }: { person: PersonView; view: ConversationView }) {
  const t = useT();
  const { navigation } = useWorkspace();
  const keys = new Set(person.identities.map(({ key }) => key));
  const presence = view.presence?.find(({ key }) => keys.has(key));
  return (
    <>
      <section className="details-person">
        <Face of={person.identities.find(({ picture }) => picture)} name={person.name} size={48} />
        <strong dir="auto">{person.name}</strong>
        {presence ? (
          <span className="details-presence">
            <PresenceDot state={presence.state} /> {t(presenceWord(presence.state))}
          </span>
        ) : null}
        <Button onClick={() => navigation.getState().go({ is: 'people', person: person.id })}>
          {t('details.personPage')}
        </Button>
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
