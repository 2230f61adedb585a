import {
  Copy,
  EllipsisVertical,
  FileCode,
  Forward,
  History,
  Link2,
  Pencil,
  Reply,
  ReplyAll,
  SmilePlus,
} from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import type { ConversationView, MessageView } from '../../../src-shared/ipc/index.ts';
import { plainOf } from '../../../src-shared/text/formats.ts';
import { answer } from '../../commands/write.ts';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { type MenuEntry, OpenMenu } from '../../ui/Menu.tsx';
import { canEdit } from './reader.ts';
import { Source } from './Source.tsx';
import { Versions } from './Versions.tsx';

/** What a message says, as one would paste it elsewhere. */
export const textOf = (message: MessageView): string =>
  message.parts
    .flatMap((part) => (part.kind === 'text' ? [part.plain ?? plainOf(part.text, part.format)] : []))
    .join('\n\n')
    .trim();

type Sheet = 'source' | 'versions';

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
  const { reader, toasts, report } = workspace;
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
  const answers = [
    ...entry(open && view.limits.reply !== 'rejected', {
      label: t('command.reply'),
      icon: <Reply />,
      run: () => answer(workspace, 'reply', message.id),
    }),
    ...entry(open && mail, {
      label: t('command.replyAll'),
      icon: <ReplyAll />,
      run: () => answer(workspace, 'reply-all', message.id),
    }),
    ...entry(!message.removed, {
      label: t('command.forward'),
      icon: <Forward />,
      run: () => answer(workspace, 'forward', message.id),
    }),
    ...entry(open && view.features.includes('react'), {
      label: t('message.react'),
      icon: <SmilePlus />,
      run: () => reader.getState().set({ reacting: message.id }),
    }),
    ...entry(open && view.features.includes('edit') && canEdit(message), {
      label: t('message.edit'),
      icon: <Pencil />,
      run: () => reader.getState().set({ editing: message.id }),
    }),
  ];
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
      entries={[...answers, ...(answers.length > 0 ? [null] : []), ...more]}
      onClose={onClose}
    />
  );
}
