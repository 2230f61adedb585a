import './foot.css';
import {
  CalendarClock,
  ChevronUp,
  CircleCheck,
  FileText,
  Paperclip,
  SendHorizontal,
  Smile,
  Trash2,
  Type,
} from 'lucide-react';
import { useState } from 'react';
import type { SendLimits } from '../../../src-shared/model/index.ts';
import { useCaps } from '../../commands/useCaps.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { laterTimes } from '../actions/later.ts';
import { EmojiPicker } from '../emoji/EmojiPicker.tsx';
import { inFormat, isEmpty } from './composition.ts';
import { takesFiles } from './fits.ts';
import type { Composer } from './store.ts';
import type { SendChoice } from './useSend.ts';

export function ComposerFoot({
  composer,
  limits,
  onPick,
  onSend,
  onDiscard,
  onEmoji,
  onDialog,
}: {
  composer: Composer;
  limits: SendLimits;
  onPick: () => void;
  onSend: (choice: SendChoice) => void;
  onDiscard: () => void;
  onEmoji: (emoji: string) => void;
  onDialog: (dialog: 'later' | 'templates') => void;
}) {
  const t = useT();
  const caps = useCaps();
  const formats = useFormats();
  const [emoji, setEmoji] = useState(false);
  const edit = useFeature('composer', (state) => state.edit);
  const { key, composition } = composer;
  const rich = composition.format === 'html';
  const to = composition.recipients.some((one) => one.role !== 'reply-to');
  const over = limits.maxText > 0 && composition.text.length > limits.maxText;
  const rejected = composer.problems.some((problem) => problem.level === 'rejected');
  const ready =
    !composer.sending &&
    !over &&
    !rejected &&
    (!limits.recipients || to) &&
    (limits.style === 'mail' || !isEmpty(composition) || composer.uploading.length > 0);
  const nothing = limits.style !== 'mail' && isEmpty(composition);
  const saved = {
    no: '',
    yes: t('compose.saving'),
    saved: nothing ? '' : t('compose.saved'),
    failed: t('compose.notSaved'),
  }[composer.saving];
  const files = takesFiles(limits);
  const near = limits.maxText > 0 && composition.text.length > limits.maxText * 0.8;
  return (
    <div className="compose-foot">
      <IconButton
        label={files ? t('compose.attach') : t('compose.noFiles')}
        aria-disabled={!files}
        onClick={files ? onPick : undefined}
      >
        <Paperclip />
      </IconButton>
      <EmojiPicker
        open={emoji}
        onOpen={setEmoji}
        onPick={onEmoji}
        trigger={
          <button type="button" className="icon-button" aria-label={t('emoji.label')} title={t('emoji.hint')}>
            <Smile />
          </button>
        }
      />
      <IconButton
        label={t('template.title')}
        keys={caps("Ctrl+'")}
        data-open="templates"
        onClick={() => onDialog('templates')}
      >
        <FileText />
      </IconButton>
      {limits.formats.html === 'full' ? (
        <IconButton
          label={t(rich ? 'compose.plain' : 'compose.rich')}
          aria-pressed={rich}
          onClick={() => {
            const format = rich ? 'plain' : 'html';
            edit(key, { format, text: inFormat(composition.text, composition.format, format) });
          }}
        >
          <Type />
        </IconButton>
      ) : null}
      <span className="compose-state" role="status">
        {near ? `${formats.number(limits.maxText - composition.text.length)} · ` : ''}
        {saved}
      </span>
      {limits.style === 'mail' || (composer.draft !== null && !nothing) ? (
        <IconButton label={t('compose.discard')} onClick={onDiscard}>
          <Trash2 />
        </IconButton>
      ) : null}
      <button
        type="button"
        hidden
        data-send="send-archive"
        disabled={!ready}
        onClick={() => onSend({ archive: true })}
      />
      <div className="send">
        <Button tone="primary" type="submit" data-send="send" disabled={!ready} title={caps('Ctrl+Enter')}>
          <SendHorizontal />
          {t('command.send')}
        </Button>
        <Menu
          trigger={
            <button
              type="button"
              className="send-more button button-primary"
              aria-label={t('compose.sendOptions')}
              disabled={!ready}
            >
              <ChevronUp />
            </button>
          }
          entries={[
            ...(composition.conversation === null
              ? []
              : [
                  {
                    label: t('command.sendArchive'),
                    icon: <CircleCheck />,
                    keys: caps('Ctrl+Shift+Enter'),
                    run: () => onSend({ archive: true }),
                  },
                  null,
                ]),
            ...laterTimes(Date.now()).map(({ title, at }) => ({
              label: t('compose.sendAt', { what: t(title), time: formats.full(at) }),
              icon: <CalendarClock />,
              run: () => onSend({ notBefore: at }),
            })),
            { label: t('compose.laterOther'), icon: <CalendarClock />, run: () => onDialog('later') },
          ]}
        />
      </div>
    </div>
  );
}
