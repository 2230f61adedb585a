import { lazy, type RefObject, Suspense, useCallback, useId, useLayoutEffect, useRef } from 'react';
import type { SendLimits } from '../../../src-shared/model/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { EmojiSuggestions } from '../emoji/EmojiSuggestions.tsx';
import { useEmojiCompletion } from '../emoji/useEmojiCompletion.ts';
import { keepKeys } from '../shell/ahead.ts';
import { Offers } from './complete/Offers.tsx';
import { useMentions } from './complete/useMentions.ts';
import { useSlash } from './complete/useSlash.ts';
import type { EditorHandle, Format } from './handle.ts';
import { PlainEditor } from './PlainEditor.tsx';
import type { Composer } from './store.ts';

// A third of the window's script, and chat does without.
const fetchRich = () => import('./rich/RichText.tsx');
const RichText = lazy(fetchRich);
/** Fetches the rich editor before it is asked for, so that a reply can be typed into at once. */
export const prefetchEditor = (): void => void fetchRich().catch(() => undefined);

/** As everywhere where text has looks. */
const markKeys: Readonly<Record<string, Format>> = { b: 'bold', i: 'italic' };

/** Where the text is written: plain, or rich where the channel carries it. */
export function Editor({
  handle,
  composer,
  limits,
  chat,
  entry,
  placeholder,
  does,
  onSend,
  onEditLast,
}: {
  handle: RefObject<EditorHandle | null>;
  composer: Composer;
  limits: SendLimits;
  /** Enter sends; Shift+Enter makes a line. */
  chat: boolean;
  entry: boolean;
  placeholder: string;
  /** What a / can call up besides looks. */
  does: Parameters<typeof useSlash>[3];
  onSend: () => void;
  /** Arrow up where nothing is written yet. */
  onEditLast: () => void;
}) {
  const t = useT();
  const edit = useFeature('composer', (state) => state.edit);
  const { key, composition, quoted } = composer;
  const list = useId();
  const place = useRef<HTMLDivElement>(null);
  const waitedFor = useRef<(() => void) | null>(null);
  const emoji = useEmojiCompletion(handle);
  const people = useMentions(handle, composer, limits);
  const slash = useSlash(handle, composer, limits, does);
  const completions = [emoji, people, slash];
  const offering = completions.find(({ found }) => found.length > 0);
  const chose = (event: Parameters<typeof emoji.onKey>[0]): boolean => offering?.onKey(event) ?? false;
  const look = (before: string | null): void => {
    for (const completion of completions) completion.look(before);
  };
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
    describedBy: { list, active: offering ? `${list}-${offering.active}` : undefined },
    onChange: changed,
  };
  const pressed = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || chose(event)) return;
    const held = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const mark = held && composition.format === 'markdown' ? markKeys[event.key.toLowerCase()] : undefined;
    if (mark) {
      event.preventDefault();
      handle.current?.format(mark);
      return;
    }
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
          <RichText key={key} {...shared} closed={composer.sending} takeFocus={waitedFor} onKey={chose} />
        </Suspense>
      ) : (
        <PlainEditor {...shared} rows={chat ? 1 : 5} onKey={pressed} />
      )}
      <EmojiSuggestions id={list} anchor={place} completion={emoji} />
      {offering === people ? (
        <Offers id={list} label={t('compose.suggestions')} anchor={place} completion={people} />
      ) : null}
      {offering === slash ? <Offers id={list} label={t('format.label')} anchor={place} completion={slash} /> : null}
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
