import { defineChannel } from '../../src-shared/channel.ts';
import { features } from './features.ts';
import { flows, login } from './login.ts';
import { mailLimits } from './networks.ts';
import { openSession } from './session.ts';

/** A scripted world on no network at all: to look around in, and to test against. */
export const demo = defineChannel({
  id: 'demo',
  name: 'Demo world',
  features,
  send: mailLimits,
  risk: {
    official: 'local',
    needs: [],
    cannot: ['Reach anybody real: every person, message and file here is made up on this machine.'],
    encryption: 'none',
  },
  logins: flows,
  provenWithinMs: 120_000,
  login,
  open: openSession,
});
export default demo;
