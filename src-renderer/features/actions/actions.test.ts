import { afterEach, expect, test } from 'vitest';
import type { TriageView } from '../../../src-shared/ipc/index.ts';
import { createI18n } from '../../i18n/index.ts';
import { memoryHub } from '../../testing/transport.ts';
import { row } from '../../testing/views.ts';
import { createConversationStore } from '../conversation/store.ts';
import { createListStore } from '../list/store.ts';
import { home } from '../navigation/place.ts';
import { createNavigationStore } from '../navigation/store.ts';
import { createToastsStore } from '../toasts/store.ts';
import { createActions } from './actions.ts';
import { createUndo } from './undo.ts';

const page = { history: { pushState: () => undefined }, location: { hash: '' }, addEventListener: () => undefined };
const view = (change: Partial<TriageView> = {}): TriageView => ({
  triage: 't1',
  state: 'done',
  done: 1,
  total: 1,
  problems: [],
  ...change,
});

/** A hub that answers when the test says so, and a list of three rows before it. */
async function seat() {
  let answer: (reply: TriageView | Error) => void = () => undefined;
  let rows = [row(1, { unread: 2 }), row(2), row(3)];
  const hub = memoryHub({
    'inbox.page': () => ({ rows }),
    'triage.start': () =>
      new Promise((resolve, reject) => {
        answer = (reply) => (reply instanceof Error ? reject(reply) : resolve(reply));
      }),
    'triage.undo': () => view({ state: 'undone' }),
    'triage.cancel': () => null,
  });
  const parts = {
    client: hub.client,
    i18n: createI18n('en'),
    undo: createUndo(),
    list: createListStore(hub.client),
    navigation: createNavigationStore(page as never),
    conversation: createConversationStore(hub.client),
    toasts: createToastsStore(),
    keepUnread: () => undefined,
    wide: () => true,
    refocus: () => undefined,
  };
  await parts.list.getState().show(home);
  return {
    hub,
    parts,
    actions: createActions(parts),
    shown: () => parts.list.getState().rows.map((one) => one.id as number),
    told: () => parts.toasts.getState().toasts.map((toast) => toast.text),
    answer: (reply: TriageView | Error) => answer(reply),
    now: (next: typeof rows) => {
      rows = next;
    },
  };
}
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
afterEach(tick);

test('what is done shows at once and stays while a slow hub thinks, whatever pages come meanwhile', async () => {
  const { actions, parts, shown, answer, now, told } = await seat();
  const done = actions.archive([row(2).id]);
  expect(shown()).toEqual([1, 3]);
  await parts.list.getState().refresh();
  expect(shown()).toEqual([1, 3]);
  now([row(1), row(3)]);
  answer(view());
  await done;
  expect(shown()).toEqual([1, 3]);
  expect(told()).toEqual(['Done']);
});

test('what is refused comes back, with the words of who refused, and is nothing to undo', async () => {
  const { actions, parts, shown, answer, told } = await seat();
  const done = actions.moveTo([row(2).id], 'spam');
  expect(shown()).toEqual([1, 3]);
  answer(new Error('SMS has no folder for "spam" here.'));
  await done.catch(() => undefined);
  expect(shown()).toEqual([1, 2, 3]);
  expect(told().join()).toContain('no folder for "spam"');
  expect(await parts.undo.take()).toBe(false);
});

test('it can be taken back before the hub has even answered', async () => {
  const { actions, parts, answer, hub } = await seat();
  const done = actions.archive([row(1).id]);
  const back = parts.undo.take();
  expect(hub.callsOf('triage.undo')).toEqual([]);
  answer(view({ triage: 'slow one' }));
  await Promise.all([done, back]);
  expect(hub.callsOf('triage.undo')).toEqual([{ triage: 'slow one' }]);
});

test('what is read by itself is that alone, whatever is selected beside it', async () => {
  const { actions, parts, answer, hub } = await seat();
  parts.list.getState().selectMatching();
  const done = actions.read([row(1).id], true, { byItself: true });
  answer(view());
  await done;
  expect(hub.callsOf('triage.start')).toEqual([{ conversations: [1], action: { is: 'read', on: true } }]);
  expect(parts.list.getState().allMatching).toBe(true);
});

test('all that matches is one question to the hub, less the rows left out', async () => {
  const { actions, parts, answer, hub, shown } = await seat();
  parts.list.getState().selectMatching();
  parts.list.getState().toggle(row(3).id);
  const done = actions.archive([...parts.list.getState().selected]);
  expect(shown()).toEqual([3]);
  await tick();
  answer(view({ state: 'running', done: 200, total: 900 }));
  await tick();
  expect(parts.toasts.getState().toasts).toMatchObject([{ text: '200 of 900', progress: 200 / 900 }]);
  hub.emit('triage', view({ state: 'running', done: 400, total: 900 }));
  expect(parts.toasts.getState().toasts).toMatchObject([{ text: '400 of 900' }]);
  hub.emit('triage', view({ done: 900, total: 900, problems: [{ text: 'Read-only.', conversations: 5 }] }));
  await done;
  expect(hub.callsOf('triage.start')).toEqual([
    { matching: { view: 'inbox' }, except: [3], action: { is: 'archive', on: true } },
  ]);
  expect(parts.toasts.getState().toasts.map((toast) => toast.text)).toEqual([
    '900 conversations done',
    '5 conversations stayed as they were: Read-only.',
  ]);
});
