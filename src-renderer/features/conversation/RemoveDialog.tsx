import type { MessageView } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { accountOf, channelOf } from '../accounts/store.ts';
import { previewOf } from './preview.ts';

/** Asked before a message is deleted: no network gives one back. */
export function RemoveDialog({
  message,
  scope,
  onClose,
}: {
  message: MessageView;
  scope: 'me' | 'everyone';
  onClose: () => void;
}) {
  const t = useT();
  const { actions } = useWorkspace();
  const network = useFeature('accounts', (state) => {
    const account = accountOf(state, message.account);
    return (account && channelOf(state, account.channel)?.name) ?? '';
  });
  const remove = (): void => {
    onClose();
    void actions.removeMessage(message.id, scope);
  };
  return (
    <Dialog title={t(scope === 'me' ? 'message.removeMe' : 'message.removeAll')} size="small" onClose={onClose}>
      <div className="dialog-body">
        <p className="remove-what truncate" dir="auto">
          {previewOf(message.parts)}
        </p>
        <p>{t(scope === 'me' ? 'message.removeMeSure' : 'message.removeAllSure', { name: network })}</p>
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button tone="danger" data-first="" onClick={remove}>
            {t('message.removeNow')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
