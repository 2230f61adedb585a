import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { ConversationId } from '../../../../src-shared/ids.ts';
import { type Client, errorMessage } from '../../../client/index.ts';
import { createI18n, pick } from '../../../i18n/index.ts';
import { WorkspaceProvider } from '../../../state/context.tsx';
import { createWorkspace } from '../../../state/workspace.ts';
import { uploadToHost } from '../../imports/upload.ts';
import { namesOf } from '../../list/names.ts';
import { hasShell } from '../shell.ts';
import { drawn } from './drawn.ts';
import { Paper } from './Paper.tsx';
import { wholeConversation } from './paper.ts';

/**
 * Draws a conversation for the printer, in ink on white whatever the window looks like. The shell that opened this page
 * is told when it may print; in a browser the page asks for its printer itself.
 */
export async function mountPaper(root: HTMLElement, client: Client, conversation: ConversationId): Promise<void> {
  const html = document.documentElement;
  Object.assign(html.dataset, { paper: '', theme: 'light', density: 'comfortable' });
  const i18n = createI18n(pick(navigator.languages));
  const workspace = createWorkspace({ client, i18n, page: window, upload: uploadToHost });
  const { session, accounts } = workspace;
  let problem: string | null = null;
  try {
    await Promise.all([session.getState().load(), accounts.getState().loadAccounts()]);
    i18n.choose(session.getState().settings?.language ?? 'system', navigator.languages);
    html.lang = i18n.language();
    const whole = await wholeConversation(client, conversation);
    if (whole === null) problem = i18n.t('conversation.missing');
    else {
      document.title = whole.view.title || namesOf(whole.view, i18n.t);
      const page = createRoot(root);
      flushSync(() =>
        page.render(
          <CSPProvider disableStyleElements>
            <WorkspaceProvider workspace={workspace}>
              <Tooltip.Provider>
                <Paper whole={whole} />
              </Tooltip.Provider>
            </WorkspaceProvider>
          </CSPProvider>,
        ),
      );
      await drawn(document);
    }
  } catch (error) {
    problem = errorMessage(error);
  }
  if (hasShell(workspace)) await client.call('shell.drawn', { problem });
  else if (problem === null) window.print();
  else root.textContent = problem;
}
