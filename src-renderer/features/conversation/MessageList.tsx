import { ArrowDown, CornerDownLeft, History } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { useNow } from '../../ui/useNow.ts';
import { Bubble } from './Bubble.tsx';
import { FindBar } from './find/FindBar.tsx';
import { useWordMarks } from './find/useWordMarks.ts';
import { MailCard } from './MailCard.tsx';
import { SystemLine } from './SystemLine.tsx';
import { goBack } from './steps.ts';
import type { OpenConversation } from './store.ts';
import { TypingLine } from './TypingLine.tsx';
import { type TimelineItem, timeline } from './timeline.ts';

/** Closer than this to an end, px, more is loaded at that end. */
const near = 600;
/** Closer than this to the foot, px, the newest message stays in sight as it arrives. */
const atFoot = 80;

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
  const stored = useFeature('conversation', (state) => state.loadOlder);
  const items = useMemo(
    () =>
      timeline(messages, { unreadFrom, incomplete: shown.incomplete && !older, days: view.limits.style === 'chat' }),
    [messages, unreadFrom, shown.incomplete, older, view.limits.style],
  );
  /** Where the foot was before the last change, so that what is read stays where it is. */
  const before = useRef({ height: 0, top: 0, first: 0, foot: true });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const find = (selector: string): HTMLElement | undefined =>
      [...element.querySelectorAll<HTMLElement>(selector)].at(-1);
    const anchor = find('[data-target="true"]') ?? find('[data-unread-mark]') ?? find('.card[data-open="true"]');
    if (!anchor) element.scrollTop = element.scrollHeight;
    // A mail begins at its own head; a line of a chat wants some of what went before.
    else if (anchor.matches('.card')) element.scrollTop = anchor.offsetTop - 16;
    else element.scrollTop = anchor.offsetTop - element.clientHeight / 4;
    before.current.foot = !anchor;
    // Whoever opened it by key waits at the pane for the messages.
    if (document.activeElement?.matches('[data-pane="conversation"]')) element.focus({ preventScroll: true });
  }, []);

  const firstId = messages[0]?.id ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when messages change, reads the page itself
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const was = before.current;
    if (was.first !== 0 && was.first !== firstId && !was.foot)
      element.scrollTop = was.top + (element.scrollHeight - was.height);
    else if (was.foot && !newer) element.scrollTop = element.scrollHeight;
    was.first = firstId;
    was.height = element.scrollHeight;
    was.top = element.scrollTop;
  }, [messages, firstId]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || shown.jumps === 0) return;
    const found = element.querySelector<HTMLElement>(`[data-message="${shown.target}"]`);
    if (!found) return;
    const tall = found.offsetHeight > element.clientHeight;
    element.scrollTop = tall ? found.offsetTop - 16 : found.offsetTop - (element.clientHeight - found.offsetHeight) / 2;
    before.current = { ...before.current, foot: false, top: element.scrollTop, height: element.scrollHeight };
  }, [shown.jumps, shown.target]);
  useWordMarks(content, shown);

  // Frames and pictures grow as they load: whoever stands at the foot stays there.
  useEffect(() => {
    const element = scroller.current;
    if (!element || !content.current) return;
    const observer = new ResizeObserver(() => {
      if (before.current.foot) element.scrollTop = element.scrollHeight;
      before.current.height = element.scrollHeight;
    });
    observer.observe(content.current);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const scrolled = (): void => {
    const element = scroller.current;
    if (!element) return;
    const toFoot = element.scrollHeight - element.scrollTop - element.clientHeight;
    before.current = {
      ...before.current,
      foot: toFoot < atFoot && !newer,
      top: element.scrollTop,
      height: element.scrollHeight,
    };
    setAway(toFoot > element.clientHeight || newer !== undefined);
    if (element.scrollTop < near && older) void stored();
    if (toFoot < near && newer) void workspace.conversation.getState().loadNewer();
  };
  const toNewest = (): void => {
    if (newer) void workspace.conversation.getState().open(view.id, null);
    else scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  const mail = view.limits.style === 'mail';
  return (
    <div className="messages-frame">
      <div
        className={mail ? 'messages messages-mail' : 'messages'}
        ref={scroller}
        onScroll={scrolled}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
        tabIndex={0}
        data-entry=""
        role="log"
        aria-label={t('conversation.messages')}
      >
        <div ref={content} className="messages-content">
          {items.map((item) => (
            <TimelineEntry key={item.key} item={item} shown={shown} now={now} />
          ))}
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
        <button type="button" className="to-newest" aria-label={t('conversation.toNewest')} onClick={toNewest}>
          <ArrowDown />
        </button>
      ) : null}
    </div>
  );
}

function TimelineEntry({ item, shown, now }: { item: TimelineItem; shown: OpenConversation; now: number }) {
  const t = useT();
  const formats = useFormats();
  const workspace = useWorkspace();
  switch (item.is) {
    case 'gap':
      return (
        <p className="gap-mark">
          <History aria-hidden="true" />
          {t('conversation.gap')}
        </p>
      );
    case 'day':
      return (
        <p className="day-mark">
          <button
            type="button"
            className="day-jump"
            title={t('jump.title')}
            onClick={() => workspace.reader.getState().set({ jumping: true })}
          >
            {formats.day(item.at, now)}
          </button>
        </p>
      );
    case 'unread':
      return (
        <p className="unread-mark" data-unread-mark>
          <span>{t('conversation.unread', { count: item.count })}</span>
        </p>
      );
    case 'message':
      return <Message item={item} shown={shown} />;
  }
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
