import { ArrowDown, History } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { useNow } from '../../ui/useNow.ts';
import { Bubble } from './Bubble.tsx';
import { MailCard } from './MailCard.tsx';
import { SystemLine } from './SystemLine.tsx';
import type { OpenConversation } from './store.ts';
import { TypingLine } from './TypingLine.tsx';
import { timeline } from './timeline.ts';

/** Closer than this to an end, px, more is loaded at that end. */
const near = 600;
/** Closer than this to the foot, px, the newest message stays in sight as it arrives. */
const atFoot = 80;

export function MessageList({ shown }: { shown: OpenConversation }) {
  const t = useT();
  const formats = useFormats();
  const workspace = useWorkspace();
  const now = useNow(60_000);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const { messages, older, newer, unreadFrom, target, view } = shown;
  const stored = useFeature('conversation', (state) => state.loadOlder);
  const items = useMemo(
    () => timeline(messages, unreadFrom, shown.incomplete && !older),
    [messages, unreadFrom, shown.incomplete, older],
  );
  /** Where the foot was before the last change, so that what is read stays where it is. */
  const before = useRef({ height: 0, top: 0, first: 0, foot: true });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const anchor =
      element.querySelector<HTMLElement>('[data-target="true"]') ??
      element.querySelector<HTMLElement>('[data-unread-mark]');
    if (anchor) element.scrollTop = anchor.offsetTop - element.clientHeight / 4;
    else element.scrollTop = element.scrollHeight;
    before.current.foot = !anchor;
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
  const lastId = messages.at(-1)?.id;
  return (
    <div className="messages-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <div
        className={mail ? 'messages messages-mail' : 'messages'}
        ref={scroller}
        onScroll={scrolled}
        tabIndex={0}
        data-entry=""
        role="log"
        aria-label={t('conversation.messages')}
      >
        <div ref={content} className="messages-content">
          {items.map((item) => {
            switch (item.is) {
              case 'gap':
                return (
                  <p className="gap-mark" key={item.key}>
                    <History aria-hidden="true" />
                    {t('conversation.gap')}
                  </p>
                );
              case 'day':
                return (
                  <p className="day-mark" key={item.key}>
                    <span>{formats.day(item.at, now)}</span>
                  </p>
                );
              case 'unread':
                return (
                  <p className="unread-mark" key={item.key} data-unread-mark>
                    <span>{t('conversation.unread', { count: item.count })}</span>
                  </p>
                );
              case 'message': {
                const { message } = item;
                if (message.system) return <SystemLine key={item.key} message={message} />;
                const marked = message.id === target;
                return mail ? (
                  <MailCard
                    key={item.key}
                    message={message}
                    marked={marked}
                    // Old, read mail starts folded to a line.
                    open={message.id === lastId || marked || !(message.flags.read ?? true) || message.id === unreadFrom}
                  />
                ) : (
                  <Bubble
                    key={item.key}
                    message={message}
                    starts={item.starts}
                    ends={item.ends}
                    marked={marked}
                    view={view}
                  />
                );
              }
            }
          })}
          <TypingLine />
        </div>
      </div>
      {away ? (
        <button type="button" className="to-newest" aria-label={t('conversation.toNewest')} onClick={toNewest}>
          <ArrowDown />
        </button>
      ) : null}
    </div>
  );
}
