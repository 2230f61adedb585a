import { defineChannel } from '../../src-shared/channel.ts';
import { features } from './features.ts';
import { limits } from './limits.ts';
import { flow, login } from './login.ts';
import { openSession } from './session.ts';

export const slack = defineChannel({
  id: 'slack',
  name: 'Slack',
  features,
  send: limits,
  risk: {
    official: 'official-api',
    needs: [
      'An app of your own in your workspace, made from a text Carillon gives you; some workspaces let only administrators do that',
      'The app’s user token, and for news at once its app-level token',
    ],
    cannot: [
      'Join huddles or see who is typing',
      'Press the buttons of apps, or open canvases and lists: links lead to Slack for those',
      'Show what is beyond the limits of the workspace’s plan',
      'Notice at once what you read on other devices: it is looked for now and then',
      'Notice that an answer in an old thread, or a message far back in a conversation, was changed while Carillon was not running',
    ],
    encryption: 'transport',
    limits:
      'What you send carries a mark that other apps of the workspace may see (message metadata), so that nothing is ever sent twice. Without the app-level token Slack is asked every few seconds to minutes instead of telling by itself.',
  },
  logins: [flow],
  provenWithinMs: 180_000,
  login,
  open: openSession,
});
export default slack;
