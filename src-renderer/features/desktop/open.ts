import { type AccountId, asUserKey, type ConversationId, type MessageId } from '../../../src-shared/ids.ts';
import type { Events } from '../../../src-shared/ipc/index.ts';
import { type Command, titleOf } from '../../commands/command.ts';
import { commandOf } from '../../commands/registry.ts';
import type { Workspace } from '../../state/workspace.ts';
import { focusPane, soon } from '../shell/focus.ts';
import { parseMailto } from './mailto.ts';
import { hasShell } from './shell.ts';

/** Shows what the system asks for: an address that was clicked, a notification, an entry of the menu. */
export function followOpen(workspace: Workspace): () => void {
  const { client, session, report } = workspace;
  const show = (opening: Events['open']): void => void open(workspace, opening).catch(report);
  const stop = client.on('open', show);
  // What was asked for before this page was there waits in the shell, once it is known that there is one.
  let asked = false;
  const ask = (): void => {
    if (asked || !hasShell(workspace)) return;
    asked = true;
    client
      .call('shell.opened', {})
      .then((missed) => missed.forEach(show))
      .catch(report);
  };
  const stopSession = session.subscribe(ask);
  ask();
  return () => {
    stop();
    stopSession();
  };
}

async function open(workspace: Workspace, opening: Events['open']): Promise<void> {
  const { navigation } = workspace;
  switch (opening.is) {
    case 'conversation':
      navigation.getState().show(null);
      navigation.getState().open(opening.conversation, opening.message);
      soon(() => focusPane('conversation'));
      return;
    case 'command': {
      const command = commandOf(opening.command);
      if (command) runCommand(workspace, command);
      return;
    }
    case 'archive':
      navigation.getState().show({ is: 'import' });
      // What goes wrong stands in that dialog.
      await workspace.imports.getState().start(opening.path);
      return;
    case 'link':
      return openLink(workspace, opening.url);
  }
}

/** A menu can be opened at any time: what lies over the panes gives way, and a command with nothing to act on says so. */
function runCommand(workspace: Workspace, command: Command): void {
  const { navigation, toasts, i18n } = workspace;
  if (navigation.getState().overlay !== null) navigation.getState().show(null);
  if (command.when?.(workspace) ?? true) command.run(workspace);
  else toasts.getState().show({ text: i18n.t('shell.notNow', { command: titleOf(command, i18n.t) }) });
}

/** `carillon://conversation/120/4551`: a conversation, and a message in it. */
const conversationLink = /^carillon:\/\/conversation\/([1-9]\d*)(?:\/([1-9]\d*))?\/?$/i;

async function openLink(workspace: Workspace, url: string): Promise<void> {
  const { composer, navigation } = workspace;
  const named = conversationLink.exec(url);
  if (named) {
    const message = named[2] === undefined ? null : (Number(named[2]) as MessageId);
    navigation.getState().open(Number(named[1]) as ConversationId, message);
    return;
  }
  const letter = parseMailto(url);
  if (!letter) return;
  const account = await mailAccount(workspace);
  const key = await composer.getState().start('new', { account, ...(letter.to === '' ? {} : { to: letter.to }) });
  const begun = composer.getState().composers[key]?.composition;
  if (!begun) return;
  const more = (role: 'cc' | 'bcc', all: readonly string[]) => all.map((key) => ({ role, key: asUserKey(key) }));
  composer.getState().edit(key, {
    recipients: [...begun.recipients, ...more('cc', letter.cc), ...more('bcc', letter.bcc)],
    ...(letter.subject === null ? {} : { subject: letter.subject }),
    ...(letter.text === null ? {} : { text: letter.text }),
  });
  navigation.getState().write(key);
  soon(() => focusPane('composer'));
}

/**
 * The account a letter goes out of: the first of mail. Before there is any it is waited for: whoever starts anew is
 * adding it just then.
 */
function mailAccount({ accounts }: Workspace): Promise<AccountId> {
  const found = (): AccountId | undefined => {
    const { accounts: all, channels } = accounts.getState();
    return all?.find((one) => channels.some(({ id, send }) => id === one.channel && send.style === 'mail'))?.id;
  };
  return new Promise((resolve) => {
    const now = found();
    if (now !== undefined) return resolve(now);
    const stop = accounts.subscribe(() => {
      const then = found();
      if (then === undefined) return;
      stop();
      resolve(then);
    });
  });
}
