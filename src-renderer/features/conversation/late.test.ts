import { describe, expect, test } from 'vitest';
import { ConversationId, type MessageId } from '../../../src-shared/ids.ts';
import type { ConversationView, MessagePage, MessageView } from '../../../src-shared/ipc/index.ts';
import { held } from '../../testing/held.ts';
import { memoryHub } from '../../testing/transport.ts';
import { conversation, message } from '../../testing/views.ts';
import { createConversationStore } from './store.ts';

const id = ConversationId.parse(1);
const page = (...messages: MessageView[]): MessagePage => ({ messages, incomplete: false });
const some = (...numbers: number[]) => numbers.map((number) => message(number));

function world() {
  const views = held<ConversationView | null>();
  const pages = held<MessagePage>();
  const hub = memoryHub({
    'conversation.get': views.answer,
    'conversation.page': pages.answer,
    'act.focus': () => null,
  });
  const store = createConversationStore(hub.client);
  const shown = () => store.getState().shown;
  /** Opened at its end, with these messages. */
  const opened = async (...messages: MessageView[]): Promise<void> => {
    const opening = store.getState().open(id, null);
    views.give(conversation(1));
    pages.give(page(...messages));
    await opening;
  };
  return { ...store.getState(), hub, views, pages, shown, opened, ids: () => shown()?.messages.map((one) => one.id) };
}

describe('while answers are late', () => {
  test('a change does not keep what is being opened from the message it was opened at, and shows', async () => {
    const { open, refresh, views, pages, shown, ids } = world();
    const at = message(3).id;
    const opening = open(id, at);
    const refreshed = refresh();
    views.give(conversation(1));
    pages.give(page(...some(1, 2, 3)));
    await opening;
    expect([shown()?.target, ids()]).toEqual([at, [1, 2, 3]]);
    views.give(conversation(1));
    pages.give(page(...some(1, 2, 3, 4)));
    await refreshed;
    expect([shown()?.target, ids()]).toEqual([at, [1, 2, 3, 4]]);
  });
  test('what was opened last is shown, also of one conversation', async () => {
    const { open, views, pages, shown } = world();
    const first = open(id, null);
    const second = open(id, message(2).id);
    views.give(conversation(1), 'last');
    pages.give(page(...some(1, 2)));
    await second;
    views.give(conversation(1));
    await first;
    expect([shown()?.target, shown()?.messages.length]).toEqual([2, 2]);
  });
  test('a change heard of while one goes elsewhere is seen there', async () => {
    const { goTo, refresh, opened, views, pages, ids } = world();
    await opened(...some(8, 9));
    const going = goTo({ message: message(1).id });
    const refreshed = refresh();
    pages.give(page(...some(1, 2)));
    await going;
    expect(ids()).toEqual([1, 2]);
    // The look that was under way is for what was shown before.
    for (const messages of [some(8, 9), some(1, 2, 3), some(1, 2, 3)]) {
      views.give(conversation(1));
      pages.give(page(...messages));
    }
    await Promise.all([refreshed, refresh()]);
    expect(ids()).toEqual([1, 2, 3]);
  });
  test('what the person did stays done in what was asked for before, and is undone where it fails', async () => {
    const { change, refresh, opened, views, pages, shown } = world();
    await opened(...some(1));
    const pin = (pinned: boolean) => (one: MessageView) => ({ ...one, flags: { ...one.flags, pinned } });
    const isPinned = () => shown()?.messages[0]?.flags.pinned ?? false;
    const doing = (work: Promise<unknown>, on = true, of: MessageId = message(1).id) =>
      change(of, pin(on), work, pin(!on));
    const answered = async (pinned: boolean, refreshed: Promise<void>): Promise<void> => {
      views.give(conversation(1));
      pages.give(page(pin(pinned)(message(1))));
      await refreshed;
    };
    const done = held<null>();
    const before = refresh();
    const work = doing(done.answer());
    await answered(false, before);
    expect(isPinned()).toBe(true);
    const during = refresh();
    done.give(null);
    await work;
    await answered(false, during);
    expect(isPinned()).toBe(true);
    // Asked after the hub had done it: what it says now is so.
    await answered(false, refresh());
    expect(isPinned()).toBe(false);
    await expect(doing(Promise.reject(new Error('No.')))).rejects.toThrow('No.');
    await answered(false, refresh());
    expect(isPinned()).toBe(false);
  });
});
