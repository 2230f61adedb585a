import type { Workspace } from '../../../state/workspace.ts';
import { keepKeysDuring } from '../../shell/ahead.ts';
import { focusPane, soon } from '../../shell/focus.ts';
import { mailAddress, type Way } from './ways.ts';

/** Opens what one writes in: a letter to them, or the conversation with them on their network. */
export async function begin(workspace: Workspace, way: Way, title: string, done: () => void): Promise<void> {
  const { client, composer, navigation } = workspace;
  const { account, to, letter } = way;
  /** Whoever has closed the sheet meanwhile is not led anywhere. */
  const hasLeft = (): boolean => navigation.getState().overlay?.is !== 'start';
  if (letter) {
    const addresses = to.map((one) => `"${one.name.replace(/["\\]/g, '')}" <${mailAddress(one)}>`).join(', ');
    const key = await keepKeysDuring(composer.getState().start('new', { account: account.id, to: addresses }));
    if (hasLeft()) return;
    done();
    navigation.getState().write(key);
    soon(() => focusPane('composer', '.floating'), { keepsKeys: true });
    return;
  }
  const members = to.map(({ key }) => key);
  const { conversation } = await keepKeysDuring(
    client.call('conversation.create', { account: account.id, title: members.length > 1 ? title : '', members }),
  );
  if (hasLeft()) return;
  done();
  navigation.getState().open(conversation);
  soon(() => focusPane('composer', '.composer'), { keepsKeys: true });
}
