import { type CSSProperties, useState } from 'react';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { ListPane } from '../list/ListPane.tsx';
import { Rail } from '../rail/Rail.tsx';
import { Boundary } from './Boundary.tsx';
import { type Resizable, usualPanes } from './panes.ts';
import { SafeConversation } from './SafeConversation.tsx';
import { Splitter } from './Splitter.tsx';

/** Rail, list, conversation and its details side by side, as wide as the person made them. */
export function Panes() {
  const t = useT();
  const { session, navigation, report } = useWorkspace();
  const conversation = useFeature('navigation', (state) => state.conversation);
  const place = useFeature('navigation', (state) => state.place);
  const railOpen = useFeature('navigation', (state) => state.railOpen);
  const details = useFeature('reader', (state) => state.details) && conversation !== null;
  const kept = useFeature('session', (state) => state.settings?.panes ?? usualPanes);
  /** The pane whose edge is dragged now. */
  const [moving, setMoving] = useState<Partial<Record<Resizable, number>>>({});
  const panes = { ...kept, ...moving };
  const splitter = (pane: Resizable) => (
    <Splitter
      pane={pane}
      width={panes[pane]}
      onMove={(width) => setMoving({ [pane]: width })}
      onDone={(width) => {
        setMoving({});
        if (width === kept[pane]) return;
        session
          .getState()
          .change({ panes: { ...kept, [pane]: width } })
          .catch(report);
      }}
    />
  );
  const widths = { '--rail': `${panes.rail}px`, '--list': `${panes.list}px`, '--details': `${panes.details}px` };
  return (
    <div
      className="panes"
      data-showing={conversation === null ? 'list' : 'conversation'}
      data-rail={railOpen}
      data-rail-shown={kept.railShown}
      style={widths as CSSProperties}
    >
      <Boundary
        at={place}
        around={(said) => (
          <nav className="rail" data-pane="rail" aria-label={t('rail.label')} tabIndex={-1}>
            {said}
          </nav>
        )}
      >
        <Rail />
      </Boundary>
      {railOpen ? (
        <div className="rail-scrim" aria-hidden="true" onClick={() => navigation.getState().toggleRail(false)} />
      ) : null}
      <Boundary
        at={place}
        around={(said) => (
          <section className="pane-list" data-pane="list" aria-label={t('list.label')} tabIndex={-1}>
            {said}
          </section>
        )}
      >
        <ListPane />
      </Boundary>
      <SafeConversation />
      <section className="splitters" aria-label={t('panes.label')}>
        {splitter('rail')}
        {splitter('list')}
        {details ? splitter('details') : null}
      </section>
    </div>
  );
}
