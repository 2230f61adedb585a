import './shell.css';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { FloatingComposer } from '../composer/FloatingComposer.tsx';
import { ConversationPane } from '../conversation/ConversationPane.tsx';
import { DropArchive } from '../imports/DropArchive.tsx';
import { Toasts } from '../toasts/Toasts.tsx';
import { Welcome } from '../welcome/Welcome.tsx';
import { Banner } from './Banner.tsx';
import { ContextMenus } from './ContextMenus.tsx';
import { Overlays } from './Overlays.tsx';
import { Panes } from './Panes.tsx';

/** The window: everything side by side, or one conversation alone. */
export function Shell() {
  const { alone } = useWorkspace();
  const fresh = useFeature('accounts', (state) => state.accounts?.length === 0);
  return (
    <div className="window">
      <Banner />
      {fresh ? (
        <Welcome />
      ) : alone ? (
        <div className="panes" data-alone="true" data-showing="conversation">
          <ConversationPane />
        </div>
      ) : (
        <Panes />
      )}
      <FloatingComposer />
      <DropArchive />
      <ContextMenus />
      <Overlays />
      <Toasts />
    </div>
  );
}
