import { lazy, type RefObject, Suspense, useCallback, useId, useLayoutEffect, useRef } from 'react';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { EmojiSuggestions } from '../emoji/EmojiSuggestions.tsx';
import { useEmojiCompletion } from '../emoji/useEmojiCompletion.ts';
import { keepKeys } from '../shell/ahead.ts';
import type { EditorHandle } from './handle.ts';
import { PlainEditor } from './PlainEditor.tsx';
import type { Composer } from './store.ts';

// A third of the window's script, and chat does without.
const fetchRich = () => import('./rich/RichText.tsx');
const RichText = lazy(fetchRich);
/** Fetches the rich editor before it is asked for, so that a reply can be typed into at once. */
export const prefetchEditor = (): void => void fetchRich().catch(() => undefined);

/** Where the text is written: plain, or rich where the channel carries it. */
export function Editor({
  handle,
  composer,
  chat,
  entry,
  placeholder,
  onSend,
  onEditLast,
}: {
  handle: RefObject<EditorHandle | null>;
  composer: Composer;
  /** Enter sends; Shift+Enter makes a line. */
  chat: boolean;
  entry: boolean;
  placeholder: string;
  onSend: () => void;
  /** Arrow up where nothing is written yet. */
  onEditLast: () => void;
}) {
  const edit = useFeature('composer', (state) => state.edit);
  const { key, composition, quoted } = composer;
  const list = useId();
  const place = useRef<HTMLDivElement>(null);
  const waitedFor = useRef<(() => void) | null>(null);
  const completion = useEmojiCompletion(handle);
  const { look } = completion;
  const looking = useRef(look);
  looking.current = look;
  const changed = useCallback(
    (text: string, before: string | null): void => {
      edit(key, { text });
      looking.current(before);
    },
    [edit, key],
  );
  const waited = (pressKept: () => void): void => {
    waitedFor.current = pressKept;
  };
  const shared = {
    ref: handle,
    value: composition.text,
    label: placeholder,
    entry,
    describedBy: { list, active: completion.found.length > 0 ? `${list}-${completion.active}` : undefined },
    onChange: changed,
  };
  const pressed = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || completion.onKey(event)) return;
    const alone = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (chat && alone && event.key === 'Enter') onSend();
    else if (chat && alone && event.key === 'ArrowUp' && composition.text === '') onEditLast();
    else return;
    event.preventDefault();
  };
  return (
    <div className="editor" ref={place}>
      {composition.format === 'html' ? (
        <Suspense fallback={<Waiting entry={entry} onLeave={waited} />}>
          <RichText key={key} {...shared} takeFocus={waitedFor} onKey={completion.onKey} />
        </Suspense>
      ) : (
        <PlainEditor {...shared} rows={chat ? 1 : 5} onKey={pressed} />
      )}
      <EmojiSuggestions id={list} anchor={place} completion={completion} />
      {quoted ? <QuotedBelow composer={composer} /> : null}
    </div>
  );
}

/** Stands where the editor will be, and hands the focus on to it, with the keys that were pressed meanwhile. */
function Waiting({ entry, onLeave }: { entry: boolean; onLeave: (pressKept: () => void) => void }) {
  const element = useRef<HTMLTextAreaElement>(null);
  const leave = useRef(onLeave);
  const kept = useRef<(() => void) | null>(null);
  useLayoutEffect(() => {
    const own = element.current;
    return () => {
      if (own !== null && own === document.activeElement) leave.current(kept.current ?? (() => undefined));
      else kept.current?.();
    };
  }, []);
  return (
    // A place to type, so that no letter acts as a command meanwhile.
    <textarea
      ref={element}
      className="compose-text compose-rich"
      readOnly
      aria-label="…"
      aria-busy="true"
      data-entry={entry ? '' : undefined}
      onFocus={() => {
        kept.current ??= keepKeys();
      }}
      onBlur={() => {
        kept.current?.();
        kept.current = null;
      }}
    />
  );
}

function QuotedBelow({ composer }: { composer: Composer }) {
  const t = useT();
  const keep = useFeature('composer', (state) => state.keepQuote);
  return (
    <label className="compose-quote">
      <input
        type="checkbox"
        checked={composer.withQuote}
        onChange={(event) => keep(composer.key, event.target.checked)}
      />
      {t('compose.withQuote')}
    </label>
  );
}
