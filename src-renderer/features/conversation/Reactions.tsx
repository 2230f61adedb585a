import './marks.css';
import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';
import { Emoji } from '../emoji/Emoji.tsx';
import { isOwnEmoji } from '../people/pictures.ts';

export function Reactions({ message }: { message: MessageView }) {
  const t = useT();
  const formats = useFormats();
  const { actions } = useWorkspace();
  if (message.reactions.length === 0) return null;
  return (
    <ul className="reactions">
      {message.reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <button
            type="button"
            className="reaction"
            aria-pressed={reaction.mine}
            title={[...(isOwnEmoji(reaction.emoji) ? [reaction.emoji] : []), ...whoOf(reaction, t)].join(', ')}
            aria-label={t('message.reaction', { emoji: reaction.emoji, count: reaction.count })}
            onClick={() => void actions.react(message.id, reaction.emoji, !reaction.mine)}
          >
            <Emoji account={message.account} emoji={reaction.emoji} />
            <span>{formats.number(reaction.count)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Those whose names are known, and how many more there are. Nothing where nobody is named: the number says it. */
function whoOf({ by, mine, count }: MessageView['reactions'][number], t: ReturnType<typeof useT>): readonly string[] {
  const named = [...(mine ? [t('message.me')] : []), ...by];
  const more = count - named.length;
  return named.length > 0 && more > 0 ? [...named, t('message.reactionMore', { count: more })] : named;
}
