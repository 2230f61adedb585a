import { useRef, useState } from 'react';
import type { SendLimits } from '../../../src-shared/model/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { focusPane, soon } from '../shell/focus.ts';
import { AttachmentChips } from './AttachmentChips.tsx';
import { ComposerFoot } from './ComposerFoot.tsx';
import { Editor } from './Editor.tsx';
import { FromLine } from './FromLine.tsx';
import { Problems } from './Problems.tsx';
import { Recipients } from './Recipients.tsx';
import { ReplyingTo } from './ReplyingTo.tsx';
import type { Composer } from './store.ts';
import { useSend } from './useSend.ts';

/** The composer itself, for every channel: what it shows follows from what the channel can carry. */
export function ComposerForm({ composer, limits }: { composer: Composer; limits: SendLimits }) {
  const t = useT();
  const workspace = useWorkspace();
  const { key, composition } = composer;
  const edit = useFeature('composer', (state) => state.edit);
  const attach = useFeature('composer', (state) => state.attach);
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [copies, setCopies] = useState(composition.recipients.some((one) => one.role === 'cc' || one.role === 'bcc'));
  const send = useSend(composer);
  const mail = limits.style === 'mail';
  const files = (list: FileList | null): void => {
    if (list && list.length > 0) void attach(key, [...list]);
  };
  return (
    <form
      className="compose"
      data-over={over}
      onSubmit={(event) => {
        event.preventDefault();
        void send({});
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        files(event.dataTransfer.files);
      }}
      onPaste={(event) => {
        if (event.clipboardData.files.length === 0) return;
        event.preventDefault();
        files(event.clipboardData.files);
      }}
    >
      <FromLine composer={composer} limits={limits} />
      {limits.recipients ? (
        <>
          <Recipients
            field="to"
            recipients={composition.recipients}
            onChange={(recipients) => edit(key, { recipients: [...recipients] })}
            entry={composition.recipients.length === 0}
            trailing={
              copies ? null : (
                <button type="button" className="compose-more" onClick={() => setCopies(true)}>
                  {t('compose.copies')}
                </button>
              )
            }
          />
          {copies
            ? (['cc', 'bcc'] as const).map((role) => (
                <Recipients
                  key={role}
                  field={role}
                  recipients={composition.recipients}
                  onChange={(recipients) => edit(key, { recipients: [...recipients] })}
                />
              ))
            : null}
        </>
      ) : null}
      {limits.subject && (composer.kind === 'new' || composer.kind === 'forward') ? (
        <input
          className="compose-subject"
          type="text"
          dir="auto"
          value={composition.subject ?? ''}
          placeholder={t('compose.subject')}
          aria-label={t('compose.subject')}
          onChange={(event) => edit(key, { subject: event.target.value })}
        />
      ) : null}
      {composition.replyTo !== null && !mail ? <ReplyingTo composer={composer} /> : null}
      <Editor
        composer={composer}
        chat={!mail}
        entry={!limits.recipients || composition.recipients.length > 0}
        placeholder={t(mail ? 'compose.write' : 'compose.writeChat')}
        onSend={() => void send({})}
      />
      <AttachmentChips composer={composer} />
      <Problems composer={composer} limits={limits} />
      <ComposerFoot
        composer={composer}
        limits={limits}
        onPick={() => picker.current?.click()}
        onSend={(options) => void send(options)}
        onDiscard={() => {
          void workspace.composer.getState().discard(key).catch(workspace.report);
          if (workspace.navigation.getState().writing === key) workspace.navigation.getState().write(null);
          soon(() => focusPane('conversation') || focusPane('list'));
        }}
      />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          files(event.target.files);
          event.target.value = '';
        }}
      />
    </form>
  );
}
