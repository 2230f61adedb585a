import { useFeature } from '../../state/context.tsx';
import { LabelDialog } from '../actions/LabelDialog.tsx';
import { SnoozeDialog } from '../actions/SnoozeDialog.tsx';
import { LinkDialog } from '../conversation/html/LinkDialog.tsx';
import { ImportDialog } from '../imports/ImportDialog.tsx';
import { AddAccount } from '../login/AddAccount.tsx';
import { Palette } from '../palette/Palette.tsx';
import { Shortcuts } from '../palette/Shortcuts.tsx';
import { StartDialog } from '../people/start/StartDialog.tsx';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import { ReplyOtherwise } from './ReplyOtherwise.tsx';

/** The one sheet that lies over the panes, if any. */
export function Overlays() {
  const overlay = useFeature('navigation', (state) => state.overlay);
  const show = useFeature('navigation', (state) => state.show);
  const close = (): void => show(null);
  switch (overlay?.is) {
    case 'settings':
      return <SettingsDialog section={overlay.section} onClose={close} />;
    case 'add-account':
      return <AddAccount mend={overlay.mend} channel={overlay.channel} onClose={close} />;
    case 'start':
      return <StartDialog onClose={close} />;
    case 'import':
      return <ImportDialog onClose={close} />;
    case 'shortcuts':
      return <Shortcuts onClose={close} />;
    case 'palette':
      return <Palette onClose={close} />;
    case 'label':
    case 'move':
      return <LabelDialog mode={overlay.is} onClose={close} />;
    case 'reply-otherwise':
      return <ReplyOtherwise onClose={close} />;
    case 'snooze':
      return <SnoozeDialog onClose={close} />;
    case 'link':
      return <LinkDialog url={overlay.url} text={overlay.text} onClose={close} />;
    default:
      return null;
  }
}
