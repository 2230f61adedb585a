import { keepKeys } from '../features/shell/ahead.ts';
import type { Workspace } from '../state/workspace.ts';

type Ready = (workspace: Workspace) => boolean;

/** Whether the list that is shown has been fetched. */
export const listReady: Ready = ({ navigation, list, search, people, files, notices }) => {
  const { place } = navigation.getState();
  switch (place.is) {
    case 'search':
      return !search.getState().searching;
    case 'people':
      return place.person !== null || people.getState().ready;
    case 'files':
      return files.getState().ready;
    case 'notifications':
      return notices.getState().ready;
    case 'outbox':
      return true;
    case 'view':
    case 'label':
      return list.getState().ready;
  }
};
/** Whether the conversation that is open, if any, has been fetched; what cannot be shown counts as fetched. */
export const conversationReady: Ready = ({ navigation, conversation }) => {
  const open = navigation.getState().conversation;
  const { id, shown, error, missing } = conversation.getState();
  return open === null || (id === open && (shown !== null || error !== null || missing));
};

/**
 * Runs at once, or as soon as what it acts on has been fetched. Keys pressed after the one for it come after it; when
 * nothing comes for too long, it and they are void.
 */
export function whenReady(workspace: Workspace, ready: Ready, run: () => void): void {
  if (ready(workspace)) {
    run();
    return;
  }
  const { list, conversation, search, people, files, notices } = workspace;
  const look = (): void => {
    if (!ready(workspace)) return;
    stop();
    try {
      run();
    } finally {
      release();
    }
  };
  const stops = [list, conversation, search, people, files, notices].map((store) => store.subscribe(look));
  const stop = (): void => {
    for (const end of stops) end();
  };
  const release = keepKeys(stop);
}

/** A command that acts on rows: it waits for them. */
export const onceListed =
  (run: (workspace: Workspace, count: number) => void) =>
  (workspace: Workspace, count = 1): void =>
    whenReady(workspace, listReady, () => run(workspace, count));
/** A command that acts on the messages of the open conversation: it waits for them. */
export const onceShown =
  (run: (workspace: Workspace, count: number) => void) =>
  (workspace: Workspace, count = 1): void =>
    whenReady(workspace, conversationReady, () => run(workspace, count));
