import { SmilePlus } from 'lucide-react';
import { useRef } from 'react';
import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { OpenEmojiPicker } from '../emoji/EmojiPicker.tsx';
import { useSurface } from './surface.ts';

const quick = ['👍', '❤️', '😂', '🎉', '😮', '🙏'] as const;

/**
 * Puts a reaction to a message, or takes the same one back. Opened by its button, by key, and from the message's menu.
 * `allowed`: what the conversation takes, where that is not all there is.
 */
export function ReactionPicker({
  message,
  allowed,
}: {
  message: MessageView;
  allowed?: readonly string[] | undefined;
}) {
  const t = useT();
  const { actions, reader } = useWorkspace();
  const surface = useSurface();
  const open = useFeature('reader', (state) => state.reacting === message.id && state.surface === surface);
  const button = useRef<HTMLButtonElement>(null);
  const set = (on: boolean): void => reader.getState().set({ reacting: on ? message.id : null, surface });
  if (allowed?.length === 0) return null;
  return (
    <>
      <button
        ref={button}
        type="button"
        className="bubble-tool"
        aria-label={t('message.react')}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => set(!open)}
      >
        <SmilePlus />
      </button>
      {open ? (
        <OpenEmojiPicker
          anchor={button}
          quick={allowed === undefined ? quick : []}
          allowed={allowed}
          account={message.account}
          onClose={() => set(false)}
          onPick={(emoji) => {
            const mine = message.reactions.some((one) => one.emoji === emoji && one.mine);
            void actions.react(message.id, emoji, !mine);
          }}
        />
      ) : null}
    </>
  );
}
