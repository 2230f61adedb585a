import './replying.css';
import { X } from 'lucide-react';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { previewOf } from '../conversation/preview.ts';
import { personName } from '../list/names.ts';
import type { Composer } from './store.ts';

export function ReplyingTo({ composer }: { composer: Composer }) {
  const t = useT();
  const edit = useFeature('composer', (state) => state.edit);
  const message = useFeature('conversation', (state) =>
    state.shown?.messages.find((one) => one.id === composer.composition.replyTo),
  );
  if (!message) return null;
  return (
    <div className="replying">
      <span className="truncate" dir="auto">
        <b>{message.author ? personName(message.author) : t('message.me')}</b> {previewOf(message.parts)}
      </span>
      <button type="button" aria-label={t('compose.noReply')} onClick={() => edit(composer.key, { replyTo: null })}>
        <X />
      </button>
    </div>
  );
}

/** A draft of a thread, gone on with outside of it: it still goes there, unless one says otherwise. */
export function IntoThread({ composer }: { composer: Composer }) {
  const t = useT();
  const edit = useFeature('composer', (state) => state.edit);
  return (
    <div className="replying">
      <span className="truncate">{t('thread.into')}</span>
      <button type="button" aria-label={t('thread.leave')} onClick={() => edit(composer.key, { thread: null })}>
        <X />
      </button>
    </div>
  );
}
