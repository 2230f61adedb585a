import './find.css';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect } from 'react';
import type { ConversationId } from '../../../../src-shared/model/index.ts';
import { useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import { IconButton } from '../../../ui/Button.tsx';
import { focusPane, soon } from '../../shell/focus.ts';

/** Words looked for in the conversation that is open, in all of it and not only in what is loaded. */
export function FindBar({ conversation }: { conversation: ConversationId }) {
  const t = useT();
  const workspace = useWorkspace();
  const finding = useFeature('reader', (state) => state.finding);
  const { find, step, closeFinder } = workspace.reader.getState();
  const text = finding?.text ?? '';
  const { report } = workspace;
  // biome-ignore lint/correctness/useExhaustiveDependencies: typed words alone ask again; the rest reads the store
  useEffect(() => {
    const wait = setTimeout(() => {
      const { finding: now } = workspace.reader.getState();
      if (now && now.text === text && text !== '') find(text, conversation).then((news) => news && go(-1), report);
    }, 120);
    return () => clearTimeout(wait);
  }, [text, conversation]);
  if (!finding) return null;
  const go = (by: 1 | -1): void => {
    const message = step(by);
    if (message !== null) void workspace.conversation.getState().goTo({ message }).catch(report);
  };
  const close = (): void => {
    closeFinder();
    soon(() => focusPane('conversation'));
  };
  const count = finding.hits.length;
  const said =
    text.trim() === '' || finding.busy
      ? ''
      : count === 0
        ? t('find.none')
        : t(finding.more ? 'find.atMore' : 'find.at', { at: finding.at + 1, count });
  return (
    <search className="find-bar">
      <input
        className="field"
        type="text"
        id="find-box"
        dir="auto"
        // biome-ignore lint/a11y/noAutofocus: it was asked for with Ctrl F
        autoFocus
        value={text}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('find.placeholder')}
        aria-label={t('find.label')}
        onChange={(event) =>
          workspace.reader.setState({ finding: { ...finding, text: event.target.value, hits: [], at: -1, busy: true } })
        }
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') close();
          else if (event.key === 'Enter' || event.key === 'F3') go(event.shiftKey ? 1 : -1);
          else if (event.key === 'ArrowUp') go(-1);
          else if (event.key === 'ArrowDown') go(1);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className="find-count" role="status">
        {said}
      </span>
      <IconButton label={t('find.older')} keys="↵" disabled={count === 0} onClick={() => go(-1)}>
        <ChevronUp />
      </IconButton>
      <IconButton label={t('find.newer')} keys="⇧ ↵" disabled={count === 0} onClick={() => go(1)}>
        <ChevronDown />
      </IconButton>
      <IconButton label={t('action.close')} keys="Esc" onClick={close}>
        <X />
      </IconButton>
    </search>
  );
}
