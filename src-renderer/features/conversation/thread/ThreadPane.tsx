import './thread.css';
import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ConversationView } from '../../../../src-shared/ipc/index.ts';
import { useKeys } from '../../../commands/useCaps.ts';
import { useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import { Button, IconButton } from '../../../ui/Button.tsx';
import { ThreadComposer } from '../../composer/ThreadComposer.tsx';
import { namesOf } from '../../list/names.ts';
import { Bubble } from '../Bubble.tsx';
import { Grouped } from '../Grouped.tsx';
import { SystemLine } from '../SystemLine.tsx';
import { SurfaceContext } from '../surface.ts';
import { timeline } from '../timeline.ts';
import { closeThread } from './open.ts';
import { asShown } from './store.ts';

/** Closer than this to the foot, px, one reads the newest and goes on doing so. */
const atFoot = 80;

/** One thread beside its conversation, with a composer of its own. */
export function ThreadPane({ view }: { view: ConversationView }) {
  const t = useT();
  const keys = useKeys();
  const workspace = useWorkspace();
  const { client, thread } = workspace;
  const of = useFeature('thread', (state) => state.of);
  const page = useFeature('thread', (state) => state.page);
  const error = useFeature('thread', (state) => state.error);
  const shown = useFeature('conversation', (state) => state.shown?.messages);
  const target = useFeature('conversation', (state) => state.shown?.target ?? null);
  const scroller = useRef<HTMLDivElement>(null);
  const stays = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` says that something changed
  useEffect(() => void thread.getState().refresh(), [thread, shown]);
  // What happens in a thread may be of nothing that the conversation shows.
  useEffect(
    () =>
      client.on('changed', ({ topics }) => {
        if (topics.some((topic) => topic.on === 'conversations' && (topic.ids?.includes(view.id) ?? true)))
          void thread.getState().refresh();
      }),
    [client, thread, view.id],
  );
  const last = page?.replies.at(-1)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever reads the newest sees what comes
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && stays.current) element.scrollTop = element.scrollHeight;
  }, [last, of]);
  const messages = page ? asShown([...(page.root ? [page.root] : []), ...page.replies], shown ?? []) : [];
  const items = timeline(page?.root ? messages.slice(1) : messages, {
    unreadFrom: null,
    incomplete: false,
    days: true,
  });
  const [root] = page?.root ? messages : [];
  return (
    <aside
      className="details thread"
      data-pane="details"
      tabIndex={-1}
      aria-label={t('thread.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
        // What lies over it belongs to it for React alone.
        if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
        event.preventDefault();
        event.stopPropagation();
        closeThread(workspace);
      }}
    >
      <header className="details-head">
        <div className="thread-title">
          <h2>{t('thread.title')}</h2>
          <span className="truncate" dir="auto">
            {view.title || namesOf(view, t)}
          </span>
        </div>
        <IconButton label={t('action.close')} keys={keys('back')} onClick={() => closeThread(workspace)}>
          <X />
        </IconButton>
      </header>
      <SurfaceContext value="thread">
        <div
          ref={scroller}
          className="thread-messages"
          role="log"
          aria-label={t('thread.messages')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
          tabIndex={0}
          onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
            stays.current = scrollHeight - scrollTop - clientHeight < atFoot;
          }}
        >
          {error === null ? null : (
            <p className="thread-gone" role="alert">
              {error}
            </p>
          )}
          {root ? (
            <Bubble message={root} starts ends marked={root.id === target} view={view} />
          ) : page ? (
            <p className="thread-gone">{t('thread.rootMissing')}</p>
          ) : null}
          {page ? (
            <p className="thread-count">
              <span>{t('thread.replies', { count: page.replies.length })}</span>
              {page.earlier ? (
                <Button onClick={() => void thread.getState().loadEarlier().catch(workspace.report)}>
                  {t('thread.earlier')}
                </Button>
              ) : null}
            </p>
          ) : null}
          <Grouped
            items={items}
            entry={(item) =>
              item.is !== 'message' ? null : item.message.system ? (
                <SystemLine key={item.key} message={item.message} />
              ) : (
                <Bubble
                  key={item.key}
                  message={item.message}
                  starts={item.starts}
                  ends={item.ends}
                  marked={item.message.id === target}
                  view={view}
                />
              )
            }
          />
        </div>
      </SurfaceContext>
      {page && of !== null ? <ThreadComposer key={of} view={view} thread={root?.id ?? of} /> : null}
    </aside>
  );
}
