import { type CSSProperties, type RefObject, useEffect, useRef, useState } from 'react';
import { ConversationId } from '../../../src-shared/ids.ts';
import { useKeys } from '../../commands/useCaps.ts';
import { useWorkspace } from '../../state/context.tsx';
import { OpenMenu } from '../../ui/Menu.tsx';
import { fromHash, type Place } from '../navigation/place.ts';
import { conversationMenu, placeMenu } from './menus.ts';

interface Asked {
  readonly x: number;
  readonly y: number;
  /** Null: the conversation pointed at. */
  readonly place: Place | null;
  readonly on: HTMLElement;
}
/** Where the system's own menu serves better: text, links, pictures. */
const systems = 'input, textarea, [contenteditable="true"], a[href], img, video, audio, .dialog';

/** The menu of a right click, the menu key or Shift F10: the page tells all of them as one event. */
export function ContextMenus() {
  const workspace = useWorkspace();
  const keys = useKeys();
  const [asked, setAsked] = useState<Asked | null>(null);
  const anchor = useRef<HTMLSpanElement>(null);
  const on = useRef<HTMLElement>(null) as RefObject<HTMLElement | null>;
  useEffect(() => {
    const opened = (event: MouseEvent): void => {
      const target = event.target;
      if (event.defaultPrevented || !(target instanceof Element) || target.closest(systems)) return;
      if (window.getSelection()?.isCollapsed === false) return;
      const message = target.closest('article[data-message]')?.querySelector<HTMLElement>('[aria-haspopup="menu"]');
      if (message) {
        event.preventDefault();
        message.click();
        return;
      }
      const row = target.closest<HTMLElement>('[data-pane="list"] [data-conversation]');
      const entry = target.closest<HTMLElement>('[data-place]');
      const element = row ?? entry;
      if (!element) return;
      event.preventDefault();
      if (row) {
        const conversation = ConversationId.parse(Number(row.dataset.conversation));
        workspace.list.getState().moveTo(conversation);
        workspace.navigation.getState().point({ conversation, message: null });
      }
      on.current = element;
      const place = row ? null : fromHash(entry?.dataset.place ?? '').place;
      setAsked({ x: event.clientX, y: event.clientY, place, on: element });
    };
    document.addEventListener('contextmenu', opened);
    return () => document.removeEventListener('contextmenu', opened);
  }, [workspace]);
  if (!asked) return null;
  const close = (): void => {
    setAsked(null);
    const { overlay, point } = workspace.navigation.getState();
    // A sheet one was led to keeps what the menu was asked for until it is closed.
    if (overlay === null) point(null);
    workspace.refocus();
  };
  const entries = asked.place === null ? conversationMenu(workspace, keys) : placeMenu(workspace, asked.place);
  const spot: CSSProperties = { position: 'fixed', left: asked.x, top: asked.y };
  return (
    <>
      <span ref={anchor} style={spot} aria-hidden="true" />
      <OpenMenu anchor={anchor} back={on} entries={entries} onClose={close} />
    </>
  );
}
