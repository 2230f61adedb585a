import { Face } from './Face.tsx';
import './people.css';
import { Search, Users } from 'lucide-react';
import { useEffect } from 'react';
import type { PersonRow } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { useNow } from '../../ui/useNow.ts';
import { focusPane, soon } from '../shell/focus.ts';
import { useEntryFocus } from '../shell/useEntryFocus.ts';
import { PersonPage } from './PersonPage.tsx';

/** Everyone one has ever heard from or written to, or one of them. */
export function PeoplePane() {
  const person = useFeature('navigation', (state) => (state.place.is === 'people' ? state.place.person : null));
  return person === null ? <Everyone /> : <PersonPage key={person} id={person} />;
}

function Everyone() {
  const t = useT();
  const { people: store, report } = useWorkspace();
  const { text, sort, people, ready, more, error, type, setSort, loadMore } = useFeature('people', (state) => state);
  useEffect(() => void store.getState().load(), [store]);
  useEntryFocus(ready && people.length > 0);
  return (
    <>
      <header className="list-head">
        <h1 className="list-title truncate">{t('people.title')}</h1>
        <Choice
          quiet
          label={t('people.sort')}
          value={sort}
          onChange={setSort}
          options={[
            { value: 'recent', label: t('people.recent') },
            { value: 'name', label: t('people.byName') },
          ]}
        />
      </header>
      <div className="narrowing">
        <label className="narrowing-text">
          <Search aria-hidden="true" />
          <input
            type="text"
            value={text}
            dir="auto"
            autoComplete="off"
            spellCheck={false}
            placeholder={t('people.search')}
            aria-label={t('people.search')}
            onChange={(event) => type(event.target.value)}
          />
        </label>
      </div>
      {error === null ? null : (
        <p className="empty" role="alert">
          {error}
        </p>
      )}
      {ready && error === null && people.length === 0 ? (
        <div className="empty">
          <Users />
          <p className="empty-title">{t('people.empty')}</p>
        </div>
      ) : (
        <div className="files-scroll" aria-busy={!ready}>
          <ul aria-label={t('people.title')}>
            {people.map((person, index) => (
              <Person key={person.id} person={person} entry={index === 0} />
            ))}
          </ul>
          {more ? (
            <Button className="hits-more" onClick={() => void loadMore().catch(report)}>
              {t('search.more')}
            </Button>
          ) : null}
        </div>
      )}
    </>
  );
}

function Person({ person, entry }: { person: PersonRow; entry: boolean }) {
  const formats = useFormats();
  const now = useNow(60_000);
  const { navigation } = useWorkspace();
  const addresses = person.addresses.filter((address) => address !== person.name).join(', ');
  return (
    <li>
      <button
        type="button"
        className="person"
        data-item=""
        data-entry={entry ? '' : undefined}
        onClick={() => {
          navigation.getState().go({ is: 'people', person: person.id });
          soon(() => focusPane('list'));
        }}
      >
        <Face of={person.face} name={person.name} />
        <span className="person-text">
          <span className="row-line">
            <strong className="truncate" dir="auto">
              {person.name}
            </strong>
            {person.lastAt === null ? null : <time className="row-time">{formats.brief(person.lastAt, now)}</time>}
          </span>
          <span className="truncate person-addresses" dir="auto">
            {addresses}
          </span>
        </span>
      </button>
    </li>
  );
}
