import { ArrowLeft, Files, Merge, Pencil } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { PersonView } from '../../../src-shared/ipc/index.ts';
import type { PersonId } from '../../../src-shared/model/index.ts';
import { compose } from '../../commands/write.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { FileList } from '../files/FileList.tsx';
import { noFilter } from '../files/store.ts';
import { ConversationList } from '../list/ConversationList.tsx';
import { RuleChoice } from '../notifications/RuleChoice.tsx';
import { focusPane, soon } from '../shell/focus.ts';
import { Face } from './Face.tsx';
import { Identities } from './Identities.tsx';
import { MergeDialog } from './MergeDialog.tsx';

/** One person over all their networks: addresses, conversations, files, and how one is told of them. */
export function PersonPage({ id }: { id: PersonId }) {
  const t = useT();
  const { people, navigation, report } = useWorkspace();
  const person = useFeature('people', (state) => (state.person?.id === id ? state.person : null));
  const [tried, setTried] = useState(false);
  useEffect(() => {
    people
      .getState()
      .open(id)
      .catch(report)
      .finally(() => setTried(true));
  }, [people, id, report]);
  const back = (): void => {
    navigation.getState().go({ is: 'people', person: null });
    soon(() => focusPane('list'));
  };
  return (
    <>
      <header className="list-head">
        <IconButton label={t('people.all')} onClick={back}>
          <ArrowLeft />
        </IconButton>
        <h1 className="list-title truncate" dir="auto">
          {person?.name ?? t('people.title')}
        </h1>
      </header>
      {person ? <About person={person} /> : null}
      {!person && tried ? <p className="empty empty-text">{t('people.missing')}</p> : null}
    </>
  );
}

type Tab = 'conversations' | 'files';
function About({ person }: { person: PersonView }) {
  const t = useT();
  const formats = useFormats();
  const workspace = useWorkspace();
  const { files, report } = workspace;
  const [merging, setMerging] = useState(false);
  const [tab, setTab] = useState<Tab>('conversations');
  const [news, setNews] = useState<HTMLElement | null>(null);
  const { id, name } = person;
  const address = person.identities.find((one) => one.address?.includes('@'))?.address ?? undefined;
  useEffect(() => {
    if (tab === 'files')
      files
        .getState()
        .narrow({ ...noFilter, person: { id, name } })
        .catch(report);
  }, [tab, files, id, name, report]);
  return (
    <>
      <section className="person-card" aria-label={name}>
        <div className="person-head">
          <Face of={person.identities.find(({ picture }) => picture)} name={name} size={52} />
          <div className="person-text">
            {person.lastAt === null ? null : (
              <span className="person-addresses">{t('people.lastHeard', { time: formats.full(person.lastAt) })}</span>
            )}
            <RuleChoice of={`person:${id}`} name={name} />
          </div>
          {address === undefined ? null : (
            <IconButton label={t('people.write')} onClick={() => compose(workspace, address)}>
              <Pencil />
            </IconButton>
          )}
          <IconButton label={t('people.merge')} onClick={() => setMerging(true)}>
            <Merge />
          </IconButton>
        </div>
        <Identities identities={person.identities} />
      </section>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
      <div className="tabs" role="group" aria-label={t('people.show')}>
        {(['conversations', 'files'] as const).map((one) => (
          <button type="button" key={one} aria-pressed={tab === one} onClick={() => setTab(one)}>
            {t(one === 'files' ? 'files.title' : 'people.conversations')}
          </button>
        ))}
        <span ref={setNews} className="tabs-news" />
      </div>
      {tab === 'files' ? <FileList icon={<Files />} /> : <ConversationList news={news} />}
      {merging ? <MergeDialog person={person} onClose={() => setMerging(false)} /> : null}
    </>
  );
}
