import { Mail } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import './reply.css';
import type { ConversationRow, PersonView } from '../../../src-shared/ipc/index.ts';
import { targetsOf } from '../../commands/target.ts';
import { compose } from '../../commands/write.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { AccountMark } from '../accounts/AccountMark.tsx';
import { accountOf } from '../accounts/store.ts';
import { namesOf } from '../list/names.ts';
import { focusPane, soon } from './focus.ts';

/** The other ways to reach whoever the conversation is with: their conversations elsewhere, and their addresses. */
export function ReplyOtherwise({ onClose }: { onClose: () => void }) {
  const t = useT();
  const workspace = useWorkspace();
  const [conversation] = useState(() => targetsOf(workspace)[0]);
  const [person, setPerson] = useState<PersonView | null | undefined>(undefined);
  useEffect(() => {
    const find = async (): Promise<PersonView | null> => {
      if (conversation === undefined) return null;
      const view = await workspace.client.call('conversation.get', { conversation });
      const other = view?.people.find((one) => !one.me && one.person !== null)?.person ?? null;
      return other === null ? null : workspace.client.call('people.get', { person: other });
    };
    find().then(setPerson, (error) => {
      setPerson(null);
      workspace.report(error);
    });
  }, [conversation, workspace]);
  const ways = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ways are there once the person is known
  useLayoutEffect(() => ways.current?.querySelector('button')?.focus(), [person]);
  const elsewhere = person?.conversations.filter((row) => row.id !== conversation).slice(0, 8) ?? [];
  const addresses = [
    ...new Set(
      person?.identities.flatMap(({ address }) => (address?.includes('@') ? [address.replace(/^mailto:/, '')] : [])),
    ),
  ];
  const open = (row: ConversationRow): void => {
    onClose();
    workspace.navigation.getState().open(row.id);
    soon(() => focusPane('composer') || focusPane('conversation'));
  };
  const write = (address: string): void => {
    onClose();
    compose(workspace, address);
  };
  return (
    <Dialog title={t('command.replyOtherwise')} size="small" onClose={onClose}>
      <div className="dialog-body">
        {person === undefined ? null : elsewhere.length === 0 && addresses.length === 0 ? (
          <p className="setting-help">{t('reply.noOtherWay')}</p>
        ) : (
          <ul className="reply-ways" ref={ways}>
            {elsewhere.map((row) => (
              <li key={row.id}>
                <Elsewhere row={row} onOpen={() => open(row)} />
              </li>
            ))}
            {addresses.map((address) => (
              <li key={address}>
                <button type="button" className="reply-way" onClick={() => write(address)}>
                  <Mail aria-hidden="true" />
                  <span className="truncate">{t('reply.newMail', { address })}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

function Elsewhere({ row, onOpen }: { row: ConversationRow; onOpen: () => void }) {
  const t = useT();
  const account = useFeature('accounts', (state) => accountOf(state, row.account));
  return (
    <button type="button" className="reply-way" onClick={onOpen}>
      {account ? <AccountMark account={account} /> : null}
      <span className="truncate" dir="auto">
        {row.title || namesOf(row, t)}
      </span>
      <span className="reply-way-detail truncate" dir="auto">
        {account?.label}
      </span>
    </button>
  );
}
