import type { Topic } from '../../src-shared/ipc/index.ts';
import type { ConversationId } from '../../src-shared/model/index.ts';
import { followRefusals } from '../features/actions/refusals.ts';
import { home } from '../features/navigation/place.ts';
import { followNotices } from '../features/notifications/desktop.ts';
import { followHere } from '../features/people/follow-here.ts';
import { followUnified } from '../features/rail/separate.ts';
import { followSearch } from '../features/search/place.ts';
import { followChanges } from '../features/session/store.ts';
import { atRest } from './at-rest.ts';
import { inTurn } from './in-turn.ts';
import type { Workspace } from './workspace.ts';

/** Loads what every window shows and keeps it true. Returns how to stop. */
export async function startWorkspace(workspace: Workspace): Promise<() => void> {
  const { client, session, accounts, navigation, list, conversation, composer, imports, outbox, notices, people } =
    workspace;
  const { reading } = workspace;
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);
  const load = {
    accounts: inTurn(() => accounts.getState().loadAccounts()),
    settings: inTurn(() => session.getState().loadSettings()),
    outbox: inTurn(() => outbox.getState().load()),
    drafts: inTurn(() => outbox.getState().loadDrafts()),
    imports: inTurn(() => imports.getState().load()),
  };
  /** Numbers beside what is read: they stand back while one message after another comes in. */
  const beside = {
    labels: atRest(() => accounts.getState().loadLabels()),
    counts: atRest(() => accounts.getState().loadCounts(reading.front())),
    notices: atRest(() => notices.getState().load()),
    people: atRest(() => people.getState().refresh()),
  };
  const refresh = (topics: readonly Topic[] | null): void => {
    const on = (name: Topic['on']): boolean => topics === null || topics.some((topic) => topic.on === name);
    const shown = async (): Promise<void> => {
      if (!on('conversations')) return;
      const ids = touched(topics);
      const open = conversation.getState().id;
      // Answers come in the order asked: what is being read first, then the list beside it.
      await Promise.allSettled([
        open !== null && (ids === undefined || ids.includes(open)) ? conversation.getState().refresh() : undefined,
        list.getState().refresh(ids),
      ]);
    };
    // What is read comes first; the rest follows, each asked for once however much changes meanwhile.
    void shown().then(() => {
      if (on('accounts')) quietly(load.accounts());
      if (on('labels')) beside.labels();
      if (on('counts')) beside.counts();
      if (on('settings')) quietly(load.settings());
      if (on('outbox')) quietly(load.outbox());
      // Drafts of other clients come and go as messages do.
      if (on('drafts') || (on('counts') && draftsShown())) quietly(load.drafts());
      if (on('imports')) quietly(load.imports());
      if (on('notifications') || on('conversations')) beside.notices();
      if (on('people')) beside.people();
    });
  };
  const draftsShown = (): boolean => {
    const { place } = navigation.getState();
    return place.is === 'view' && place.view === 'drafts';
  };
  const stopChanges = followChanges(client, session, refresh);
  // What could not be saved while nobody answered.
  const stopHub = client.on('hub', ({ is }) => {
    if (is === 'up') quietly(composer.getState().flush());
  });
  const stopHere = followHere(workspace);
  const stopReading = reading.follow(window);
  const stopTyping = client.on('typing', ({ conversation: id, name, until }) => {
    if (conversation.getState().id === id) conversation.getState().setTyping({ name, until });
  });
  const stopPresence = client.on('presence', (told) => conversation.getState().setPresence(told));
  let shown = navigation.getState();
  const stopNavigation = navigation.subscribe((now) => {
    const before = shown;
    shown = now;
    // What is searched for is no list of its own: the one before stays for when one comes back.
    if (before.place !== now.place && now.place.is !== 'search') {
      // Back from a search, to the very list that was left.
      const back = list.getState().place === now.place;
      quietly(back ? list.getState().refresh() : list.getState().show(now.place));
    }
    if (before.place !== now.place && draftsShown()) quietly(load.drafts());
    if (before.conversation !== now.conversation || before.around !== now.around) {
      quietly(conversation.getState().open(now.conversation, now.around));
      if (now.conversation !== null) list.getState().moveTo(now.conversation);
    }
  });
  const place = list.getState().show(shown.place.is === 'search' ? home : shown.place);
  if (shown.conversation !== null) quietly(conversation.getState().open(shown.conversation, shown.around));
  await Promise.all([
    session.getState().load(),
    accounts
      .getState()
      .loadAccounts()
      .catch(() => undefined),
    place,
  ]);
  quietly(accounts.getState().loadCounts());
  quietly(accounts.getState().loadLabels());
  quietly(accounts.getState().loadChannels());
  quietly(outbox.getState().load());
  quietly(outbox.getState().loadDrafts());
  quietly(imports.getState().load());
  quietly(notices.getState().load());
  const stopSearch = followSearch(workspace);
  const stopNotices = followNotices(workspace);
  const stopRefusals = followRefusals(workspace);
  const stopUnified = followUnified(workspace, window);
  return () => {
    stopSearch();
    stopNotices();
    stopRefusals();
    stopUnified();
    stopChanges();
    stopHub();
    stopHere();
    stopReading();
    stopTyping();
    stopPresence();
    stopNavigation();
  };
}

/** Which conversations changed; undefined when it may be any. */
function touched(topics: readonly Topic[] | null): readonly ConversationId[] | undefined {
  if (topics === null) return undefined;
  const ids: ConversationId[] = [];
  for (const topic of topics) {
    if (topic.on !== 'conversations') continue;
    if (topic.ids === undefined) return undefined;
    ids.push(...topic.ids);
  }
  return ids;
}
