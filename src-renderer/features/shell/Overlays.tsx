import { useFeature, useWorkspace } from '../../state/context.tsx';
import { LabelDialog } from '../actions/LabelDialog.tsx';
import { SnoozeDialog } from '../actions/SnoozeDialog.tsx';
import { LinkDialog } from '../conversation/html/LinkDialog.tsx';
import { JumpToDate } from '../conversation/JumpToDate.tsx';
import { ImportDialog } from '../imports/ImportDialog.tsx';
import { goToDay } from '../list/by-date.ts';
import { AddAccount } from '../login/AddAccount.tsx';
import { Palette } from '../palette/Palette.tsx';
import { Shortcuts } from '../palette/Shortcuts.tsx';
import { StartDialog } from '../people/start/StartDialog.tsx';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import { keepKeysDuring } from './ahead.ts';
import { focusPane, soon } from './focus.ts';
import { ReplyOtherwise } from './ReplyOtherwise.tsx';

/** The one sheet that lies over the panes, if any. */
export function Overlays() {
  const overlay = useFeature('navigation', (state) => state.overlay);
  const show = useFeature('navigation', (state) => state.show);
  const workspace = useWorkspace();
  const close = (): void => show(null);
  const toDay = (day: number): void => {
    keepKeysDuring(goToDay(workspace, day)).then(() => soon(() => focusPane('list')), workspace.report);
  };
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
    case 'day':
      return <JumpToDate onGo={toDay} onClose={close} />;
    case 'link':
      return <LinkDialog url={overlay.url} text={overlay.text} onClose={close} />;
    default:
      return null;
  }
}
