import './messages.css';
import { ArrowDown, CornerDownLeft, History } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { useNow } from '../../ui/useNow.ts';
import { Bubble } from './Bubble.tsx';
import { FindBar } from './find/FindBar.tsx';
import { useWordMarks } from './find/useWordMarks.ts';
import { Grouped } from './Grouped.tsx';
import { MailCard } from './MailCard.tsx';
import { SystemLine } from './SystemLine.tsx';
import { goBack } from './steps.ts';
import type { OpenConversation } from './store.ts';
import { TypingLine } from './TypingLine.tsx';
import { type TimelineItem, timeline } from './timeline.ts';
import { useQuietPointer } from './useQuietPointer.ts';
import { useSteadyScroll } from './useSteadyScroll.ts';

/** Closer than this to an end, in heights of the pane, more is loaded at that end. */
const near = 2;

const ownEnds = 'input, textarea, select, audio, video, [contenteditable]';

export function MessageList({ shown }: { shown: OpenConversation }) {
  const t = useT();
  const workspace = useWorkspace();
  const now = useNow(60_000);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const { messages, older, newer, unreadFrom, view } = shown;
  const finding = useFeature('reader', (state) => state.finding !== null);
  const strayed = useFeature('reader', (state) => state.cameFrom.length > 0);
  const items = useMemo(
    () =>
      timeline(messages, { unreadFrom, incomplete: shown.incomplete && !older, days: view.limits.style === 'chat' }),
    [messages, unreadFrom, shown.incomplete, older, view.limits.style],
  );
  const { scrolled, stays } = useSteadyScroll(scroller, content, shown);
  useQuietPointer(scroller, content);
  useWordMarks(content, shown);

  const moved = (): void => {
    scrolled();
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, clientHeight, scrollHeight } = element;
    const toFoot = scrollHeight - scrollTop - clientHeight;
    const state = workspace.conversation.getState();
    setAway(toFoot > clientHeight || newer !== undefined);
    if (scrollTop < near * clientHeight && older) void state.loadOlder();
    if (toFoot < near * clientHeight && newer) void state.loadNewer();
    if (stays.current) state.letGo();
  };
  const goTo = (where: 'first' | 'newest'): void => {
    const { goTo, goToNewest } = workspace.conversation.getState();
    (where === 'first' ? goTo({ at: 0 }) : goToNewest()).catch(workspace.report);
  };
  const keys = (event: React.KeyboardEvent): void => {
    if (event.key !== 'Home' && event.key !== 'End') return;
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const { target, currentTarget } = event;
    // What lies over the messages belongs to them for React alone; a field, or a player, has a beginning of its own.
    if (!(target instanceof Element) || !currentTarget.contains(target) || target.closest(ownEnds)) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(event.key === 'Home' ? 'first' : 'newest');
  };
  // What had the focus may be far away by now, and gone: it is not to fall out of the pane.
  const inside = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when messages change
  useLayoutEffect(() => {
    if (inside.current && document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [messages]);
  const mail = view.limits.style === 'mail';
  return (
    <div className="messages-frame">
      <div
        className={mail ? 'messages messages-mail' : 'messages'}
        ref={scroller}
        onScroll={moved}
        onKeyDown={keys}
        onFocus={({ target, currentTarget }) => {
          // What lies over the messages belongs to them for React, not for the eye.
          inside.current = currentTarget.contains(target);
        }}
        onBlur={({ relatedTarget, currentTarget }) => {
          if (relatedTarget) inside.current = currentTarget.contains(relatedTarget);
        }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
        tabIndex={0}
        data-entry=""
        role="log"
        // What is read again further up is no news.
        aria-live={away ? 'off' : 'polite'}
        aria-label={t('conversation.messages')}
      >
        <div ref={content} className="messages-content">
          <Grouped
            items={items}
            entry={(item) => <TimelineEntry key={item.key} item={item} shown={shown} now={now} />}
          />
          <TypingLine />
        </div>
      </div>
      {finding ? <FindBar conversation={view.id} /> : null}
      {strayed ? (
        <button type="button" className="came-from" onClick={() => void goBack(workspace)}>
          <CornerDownLeft aria-hidden="true" />
          {t('conversation.return')}
        </button>
      ) : null}
      {away ? (
        <button
          type="button"
          className="to-newest"
          aria-label={t('conversation.toNewest')}
          onClick={() => goTo('newest')}
        >
          <ArrowDown />
        </button>
      ) : null}
    </div>
  );
}

/** Asks for nothing itself: all but a few of these are messages, which are drawn anew only where they changed. */
function TimelineEntry({ item, shown, now }: { item: TimelineItem; shown: OpenConversation; now: number }) {
  switch (item.is) {
    case 'gap':
      return <Gap />;
    case 'day':
      return <Day at={item.at} now={now} />;
    case 'unread':
      return <Unread count={item.count} />;
    case 'message':
      return <Message item={item} shown={shown} />;
  }
}

function Gap() {
  const t = useT();
  return (
    <p className="gap-mark">
      <History aria-hidden="true" />
      {t('conversation.gap')}
    </p>
  );
}

function Day({ at, now }: { at: number; now: number }) {
  const t = useT();
  const formats = useFormats();
  const { reader } = useWorkspace();
  return (
    <p className="day-mark">
      <button
        type="button"
        className="day-jump"
        title={t('jump.title')}
        onClick={() => reader.getState().set({ jumping: true })}
      >
        {formats.day(at, now)}
      </button>
    </p>
  );
}

function Unread({ count }: { count: number }) {
  const t = useT();
  return (
    <p className="unread-mark" data-unread-mark>
      <span>{t('conversation.unread', { count })}</span>
    </p>
  );
}

function Message({ item, shown }: { item: Extract<TimelineItem, { is: 'message' }>; shown: OpenConversation }) {
  const { message, starts, ends } = item;
  const { view, messages, target, unreadFrom } = shown;
  if (message.system) return <SystemLine message={message} />;
  const marked = message.id === target;
  if (view.limits.style === 'chat') {
    return <Bubble message={message} starts={starts} ends={ends} marked={marked} view={view} />;
  }
  // Old, read mail starts folded to a line.
  const wanted = message.id === messages.at(-1)?.id || message.id === unreadFrom || message.flags.read === false;
  return <MailCard message={message} view={view} marked={marked} open={marked || wanted} />;
}
