import type { AccountId } from '../../../src-shared/model/index.ts';
import type { Workspace } from '../../state/workspace.ts';
import { toHash } from '../navigation/place.ts';

/** With "one inbox for all accounts" switched off a view is always of one account: the one last looked at, else the first. */
export function followUnified({ navigation, session, accounts }: Workspace, page: Pick<Window, 'history'>): () => void {
  let last: AccountId | null = null;
  const settle = (): void => {
    const { place, conversation, around } = navigation.getState();
    if (place.is !== 'view') return;
    if (place.account !== null) {
      last = place.account;
      return;
    }
    if (session.getState().settings?.unified !== false) return;
    const known = accounts.getState().accounts ?? [];
    const account = known.find((one) => one.id === last)?.id ?? known[0]?.id;
    if (account === undefined) return;
    const next = { ...place, account };
    // In place of the address it stands for: otherwise "back" would lead here again and again.
    page.history.replaceState(null, '', toHash({ place: next, conversation, around }));
    navigation.setState({ place: next });
  };
  const stops = [navigation.subscribe(settle), session.subscribe(settle), accounts.subscribe(settle)];
  settle();
  return () => {
    for (const stop of stops) stop();
  };
}
