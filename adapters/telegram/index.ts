import { defineChannel } from '../../src-shared/channel.ts';
import { features } from './features.ts';
import { limits } from './limits.ts';
import { flows, login } from './login.ts';
import { openSession } from './session.ts';

/** Telegram over MTProto, as one more device of the person's own account; README.md says what was tried against what. */
export const telegram = defineChannel({
  id: 'telegram',
  name: 'Telegram',
  features,
  send: limits,
  risk: {
    official: 'official-api',
    needs: [
      'A Telegram account, made in the Telegram app',
      'An api_id and api_hash of your own from https://my.telegram.org, "API development tools"',
    ],
    cannot: [
      'Secret chats: they stay on the device they were begun on',
      'Calls, stories and payments',
      'As a bot: earlier messages, and conversations nobody wrote to it in',
    ],
    encryption: 'transport',
    limits:
      'Telegram watches programs that use its API. Sending much to strangers can get an account limited or banned. Waits that Telegram asks for are kept.',
  },
  logins: flows,
  provenWithinMs: 90_000,
  login,
  open: openSession,
});
export default telegram;
