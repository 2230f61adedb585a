import './shell.css';
import { useFeature } from '../../state/context.tsx';
import { FloatingComposer } from '../composer/FloatingComposer.tsx';
import { ConversationPane } from '../conversation/ConversationPane.tsx';
import { DropArchive } from '../imports/DropArchive.tsx';
import { ListPane } from '../list/ListPane.tsx';
import { Rail } from '../rail/Rail.tsx';
import { Toasts } from '../toasts/Toasts.tsx';
import { Welcome } from '../welcome/Welcome.tsx';
import { Banner } from './Banner.tsx';
import { Overlays } from './Overlays.tsx';

/** The window: rail, list and conversation side by side, fewer as it narrows. */
export function Shell() {
  const conversation = useFeature('navigation', (state) => state.conversation);
  const railOpen = useFeature('navigation', (state) => state.railOpen);
  const toggleRail = useFeature('navigation', (state) => state.toggleRail);
  const fresh = useFeature('accounts', (state) => state.accounts?.length === 0);
  return (
    <div className="window">
      <Banner />
      {fresh ? (
        <Welcome />
      ) : (
        <div className="panes" data-showing={conversation === null ? 'list' : 'conversation'} data-rail={railOpen}>
          <Rail />
          {railOpen ? <div className="rail-scrim" aria-hidden="true" onClick={() => toggleRail(false)} /> : null}
          <ListPane />
          <ConversationPane />
        </div>
      )}
      <FloatingComposer />
      <DropArchive />
      <Overlays />
      <Toasts />
    </div>
  );
}
