import { useEffect, useState } from 'react';
import type { AccountId } from '../../../src-shared/model/index.ts';
import { useWorkspace } from '../../state/context.tsx';
import { type Emoji, ownAmong } from './emoji.ts';

const none: readonly Emoji[] = [];
/** The own emoji of the network of an account, asked for when they are first to be seen. */
export function useOwnEmoji(account: AccountId | undefined): readonly Emoji[] {
  const { client, report } = useWorkspace();
  const [own, setOwn] = useState(none);
  useEffect(() => {
    if (account === undefined) return;
    let current = true;
    client.call('people.ownEmoji', { account }).then((names) => current && setOwn(ownAmong(names)), report);
    return () => {
      current = false;
    };
  }, [account, client, report]);
  return own;
}
