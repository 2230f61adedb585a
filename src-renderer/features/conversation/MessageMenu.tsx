import {
  Copy,
  EllipsisVertical,
  FileCode,
  Forward,
  History,
  Link2,
  MessageSquareText,
  Pencil,
  Pin,
  PinOff,
  Reply,
  ReplyAll,
  SmilePlus,
  Trash2,
} from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import type { ConversationView, MessageView } from '../../../src-shared/ipc/index.ts';
import { plainOf } from '../../../src-shared/text/formats.ts';
import { useKeys } from '../../commands/useCaps.ts';
import { answer } from '../../commands/write.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { type MenuEntry, OpenMenu } from '../../ui/Menu.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { canEdit } from './reader.ts';
import { Source } from './Source.tsx';
import { useSurface } from './surface.ts';
import { openThread } from './thread/open.ts';
import { useWhy } from './useWhy.ts';
import { Versions } from './Versions.tsx';
import type { MessageAction } from './why.ts';

/** What a message says, as one would paste it elsewhere. */
export const textOf = (message: MessageView): string =>
  message.parts
    .flatMap((part) => (part.kind === 'text' ? [part.plain ?? plainOf(part.text, part.format)] : []))
    .join('\n\n')
    .trim();

type Sheet = 'source' | 'versions' | 'removeMe' | 'removeAll';

/** Everything one can do with one message. */
export function MessageMenu({ message, view }: { message: MessageView; view: ConversationView }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="bubble-tool"
        aria-label={t('action.more')}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <EllipsisVertical />
      </button>
      {open ? (
        <Entries message={message} view={view} anchor={button} onSheet={setSheet} onClose={() => setOpen(false)} />
      ) : null}
      {sheet === 'source' ? <Source message={message.id} onClose={() => setSheet(null)} /> : null}
      {sheet === 'versions' ? <Versions message={message} onClose={() => setSheet(null)} /> : null}
      {sheet === 'removeMe' || sheet === 'removeAll' ? (
        <RemoveDialog
          message={message}
          scope={sheet === 'removeMe' ? 'me' : 'everyone'}
          onClose={() => setSheet(null)}
        />
      ) : null}
    </>
  );
}

function Entries({
  message,
  view,
  anchor,
  onSheet,
  onClose,
}: {
  message: MessageView;
  view: ConversationView;
  anchor: RefObject<HTMLElement | null>;
  onSheet: (sheet: Sheet) => void;
  onClose: () => void;
}) {
  const t = useT();
  const workspace = useWorkspace();
  const keys = useKeys();
  const why = useWhy(view);
  const surface = useSurface();
  const { actions, reader, toasts, report } = workspace;
  const mail = view.limits.style === 'mail';
  const open = view.readOnly === null && !message.removed;
  const copy = (text: string): void => {
    navigator.clipboard
      .writeText(text)
      .then(() => void toasts.getState().show({ text: t('message.copied'), forMs: 2_000 }), report);
  };
  const link = (): string => `${location.origin}${location.pathname}#all/${view.id}/${message.id}`;
  const words = message.removed ? '' : textOf(message);
  const entry = (on: boolean, made: MenuEntry): readonly MenuEntry[] => (on ? [made] : []);
  const chat = !mail;
  const does = (action: MessageAction, made: MenuEntry): MenuEntry => ({ ...made, why: why(action, message) });
  const answers = [
    ...entry(
      !message.removed,
      does('reply', { label: t('command.reply'), icon: <Reply />, run: () => answer(workspace, 'reply', message.id) }),
    ),
    ...entry(open && mail, {
      label: t('command.replyAll'),
      icon: <ReplyAll />,
      run: () => answer(workspace, 'reply-all', message.id),
    }),
    ...entry(
      chat && !message.removed && surface === 'messages',
      does('thread', {
        label: t('thread.reply'),
        icon: <MessageSquareText />,
        keys: keys('thread'),
        run: () => openThread(workspace, message),
      }),
    ),
    ...entry(!message.removed, {
      label: t('command.forward'),
      icon: <Forward />,
      run: () => answer(workspace, 'forward', message.id),
    }),
    ...entry(
      (chat || view.features.includes('react')) && !message.removed,
      does('react', {
        label: t('message.react'),
        icon: <SmilePlus />,
        run: () => reader.getState().set({ reacting: message.id, surface }),
      }),
    ),
    ...entry(
      chat && !message.removed,
      does('pin', {
        label: t(message.flags.pinned ? 'message.unpin' : 'message.pin'),
        icon: message.flags.pinned ? <PinOff /> : <Pin />,
        run: () => void actions.pinMessage(message.id, !message.flags.pinned),
      }),
    ),
    ...entry(
      message.fromMe && !message.removed && (chat || (view.features.includes('edit') && canEdit(message))),
      does('edit', {
        label: t('message.edit'),
        icon: <Pencil />,
        run: () => reader.getState().set({ editing: message.id, surface }),
      }),
    ),
  ];
  const removals = (['removeMe', 'removeAll'] as const).map(
    (action): MenuEntry =>
      does(action, {
        label: t(action === 'removeMe' ? 'message.removeMe' : 'message.removeAll'),
        icon: <Trash2 />,
        danger: true,
        run: () => onSheet(action),
      }),
  );
  const more = [
    ...entry(words !== '', { label: t('message.copy'), icon: <Copy />, run: () => copy(words) }),
    ...entry(true, { label: t('message.copyLink'), icon: <Link2 />, run: () => copy(link()) }),
    ...entry(message.edited !== null, {
      label: t('message.versions'),
      icon: <History />,
      run: () => onSheet('versions'),
    }),
    ...entry(message.hasSource, { label: t('message.source'), icon: <FileCode />, run: () => onSheet('source') }),
  ];
  return (
    <OpenMenu
      anchor={anchor}
      entries={[
        ...answers,
        ...(answers.length > 0 ? [null] : []),
        ...more,
        ...(chat && !message.removed ? [null, ...removals] : []),
      ]}
      onClose={onClose}
    />
  );
}
