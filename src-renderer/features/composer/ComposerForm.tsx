import { useEffect, useRef, useState } from 'react';
import type { SendLimits } from '../../../src-shared/model/index.ts';
import { localeOf } from '../../i18n/formats.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { editLast } from '../conversation/steps.ts';
import { focusPane, soon } from '../shell/focus.ts';
import { AttachmentChips } from './AttachmentChips.tsx';
import { ComposerFoot } from './ComposerFoot.tsx';
import { inFormat } from './composition.ts';
import { Editor } from './Editor.tsx';
import { FromLine } from './FromLine.tsx';
import { takesFiles } from './fits.ts';
import type { EditorHandle } from './handle.ts';
import { Problems } from './Problems.tsx';
import { Recipients } from './Recipients.tsx';
import { IntoThread, ReplyingTo } from './ReplyingTo.tsx';
import { SendLaterDialog } from './SendLaterDialog.tsx';
import { Standing } from './Standing.tsx';
import type { Composer } from './store.ts';
import { TemplatesDialog } from './TemplatesDialog.tsx';
import { fillTemplate, variablesOf } from './templates.ts';
import { useSend } from './useSend.ts';

/** The composer itself, for every channel: what it shows follows from what the channel can carry. */
export function ComposerForm({ composer, limits }: { composer: Composer; limits: SendLimits }) {
  const t = useT();
  const workspace = useWorkspace();
  const { key, composition } = composer;
  const edit = useFeature('composer', (state) => state.edit);
  const attach = useFeature('composer', (state) => state.attach);
  const adopt = useFeature('composer', (state) => state.adopt);
  const picker = useRef<HTMLInputElement>(null);
  const editor = useRef<EditorHandle>(null);
  const [dialog, setDialog] = useState<'later' | 'templates' | null>(null);
  const [over, setOver] = useState(false);
  const [copies, setCopies] = useState(composition.recipients.some((one) => one.role === 'cc' || one.role === 'bcc'));
  const send = useSend(composer);
  const mail = limits.style === 'mail';
  const inThread = composition.thread != null;
  const files = (list: FileList | null): void => {
    // A letter that is on its way takes none any more; its composer closes.
    if (composer.sending && composition.format === 'html') return;
    if (list && list.length > 0) void attach(key, [...list], limits);
  };
  // The hub begins with markdown, which any channel can carry; a mail is written as it will look.
  const rich = mail && limits.formats.html === 'full' && composition.format === 'markdown';
  useEffect(() => {
    if (rich) adopt(key, { format: 'html', text: inFormat(composition.text, 'markdown', 'html') });
  }, [rich, key, adopt, composition.text]);
  const template = (text: string): void => {
    const { view } = workspace.conversation.getState().shown ?? {};
    const to = view && composition.conversation === view.id ? (view.people[0]?.name ?? null) : null;
    const { accounts } = workspace.accounts.getState();
    const mine = accounts?.find((one) => one.id === composition.account)?.identities ?? [];
    const me = (mine.find((one) => one.key === composition.from) ?? mine[0])?.name ?? null;
    const filled = fillTemplate(
      text,
      variablesOf(composition, { to, me }, new Date(), localeOf(workspace.i18n.language())),
    );
    // The dialog gives the focus back as it goes; the words go in after that.
    soon(() => editor.current?.insert(filled));
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
        // A table copied from elsewhere comes as words and as a picture of itself: the words are meant.
        if (event.clipboardData.files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
        event.preventDefault();
        files(event.clipboardData.files);
      }}
    >
      <Standing composer={composer} />
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
      {inThread && !key.startsWith('thread') ? <IntoThread composer={composer} /> : null}
      <Editor
        handle={editor}
        composer={composer}
        chat={!mail}
        entry={!limits.recipients || composition.recipients.length > 0}
        limits={limits}
        placeholder={t(inThread ? 'thread.write' : mail ? 'compose.write' : 'compose.writeChat')}
        does={{
          attach: takesFiles(limits) ? () => picker.current?.click() : undefined,
          template: () => setDialog('templates'),
        }}
        onSend={() => void send({})}
        onEditLast={() => editLast(workspace)}
      />
      <AttachmentChips composer={composer} />
      <Problems composer={composer} limits={limits} />
      <ComposerFoot
        composer={composer}
        limits={limits}
        onPick={() => picker.current?.click()}
        onSend={(options) => void send(options)}
        onEmoji={(emoji) => soon(() => editor.current?.insert(emoji))}
        onDialog={setDialog}
        onDiscard={() => {
          void workspace.composer.getState().discard(key).catch(workspace.report);
          if (workspace.navigation.getState().writing === key) workspace.navigation.getState().write(null);
          soon(() => focusPane('conversation') || focusPane('list'));
        }}
      />
      {dialog === 'later' ? (
        <SendLaterDialog onChoose={(notBefore) => void send({ notBefore })} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'templates' ? (
        <TemplatesDialog
          current={inFormat(composition.text, composition.format, 'plain')}
          onChoose={template}
          onClose={() => setDialog(null)}
        />
      ) : null}
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
