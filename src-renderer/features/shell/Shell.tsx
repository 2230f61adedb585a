import './shell.css';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FloatingComposer } from '../composer/FloatingComposer.tsx';
import { DropArchive } from '../imports/DropArchive.tsx';
import { Toasts } from '../toasts/Toasts.tsx';
import { Welcome } from '../welcome/Welcome.tsx';
import { Banner } from './Banner.tsx';
import { Boundary } from './Boundary.tsx';
import { ContextMenus } from './ContextMenus.tsx';
import { Overlays } from './Overlays.tsx';
import { Panes } from './Panes.tsx';
import { SafeConversation } from './SafeConversation.tsx';

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
          <SafeConversation />
        </div>
      ) : (
        <Panes />
      )}
      <Letter />
      <DropArchive />
      <ContextMenus />
      <Sheets />
      <Toasts />
    </div>
  );
}

/** The new message beside whatever is read. By itself, as is what lies over the panes: those need no drawing for it. */
function Letter() {
  const t = useT();
  const writing = useFeature('navigation', (state) => state.writing);
  return (
    <Boundary
      at={writing}
      around={(said) => (
        <section className="floating" data-pane="composer" aria-label={t('compose.new')} tabIndex={-1}>
          {said}
        </section>
      )}
    >
      <FloatingComposer />
    </Boundary>
  );
}

function Sheets() {
  const t = useT();
  const { navigation } = useWorkspace();
  const overlay = useFeature('navigation', (state) => state.overlay);
  return (
    <Boundary
      at={overlay}
      around={(said) => (
        <Dialog title={t('failed.title')} hideTitle size="small" onClose={() => navigation.getState().show(null)}>
          {said}
        </Dialog>
      )}
    >
      <Overlays />
    </Boundary>
  );
}
