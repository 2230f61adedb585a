import { type CSSProperties, useState } from 'react';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { ConversationPane } from '../conversation/ConversationPane.tsx';
import { ListPane } from '../list/ListPane.tsx';
import { Rail } from '../rail/Rail.tsx';
import { type Resizable, usualPanes } from './panes.ts';
import { Splitter } from './Splitter.tsx';

/** Rail, list, conversation and its details side by side, as wide as the person made them. */
export function Panes() {
  const t = useT();
  const { session, navigation, report } = useWorkspace();
  const conversation = useFeature('navigation', (state) => state.conversation);
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
      <Rail />
      {railOpen ? (
        <div className="rail-scrim" aria-hidden="true" onClick={() => navigation.getState().toggleRail(false)} />
      ) : null}
      <ListPane />
      <ConversationPane />
      <section className="splitters" aria-label={t('panes.label')}>
        {splitter('rail')}
        {splitter('list')}
        {details ? splitter('details') : null}
      </section>
    </div>
  );
}
